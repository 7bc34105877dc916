"""Questions to the keys of sites, and to what sites say that they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from content_api.partners.models import Acknowledgement, ApiKey

if TYPE_CHECKING:
    from datetime import datetime

    from content_api.partners.models import PartnerSite


def works(at: datetime, path: str = "") -> Q:
    """Return the condition that a site can read with a key at a moment; a key without `expires_at` never expires.

    `path` leads to the key from what is asked for, such as `keys__` from a site.
    """
    unexpired = Q((f"{path}expires_at", None)) | Q((f"{path}expires_at__gt", at))
    there = Q((f"{path}pk__isnull", False))  # joined to a site without keys stands a row of nulls
    return there & Q((f"{path}revoked_at", None)) & unexpired


def keys(at: datetime) -> QuerySet[Any]:
    """Return every key, annotated with whether it `works` at a moment."""
    return ApiKey.objects.annotate(works=works(at))


def active_keys(site: PartnerSite, at: datetime) -> QuerySet[ApiKey]:
    """Return the keys by which a site can read at a moment, the oldest first."""
    return ApiKey.objects.filter(works(at), site=site).order_by("created_at", "key_id")


def acknowledgements(site: PartnerSite) -> QuerySet[Acknowledgement]:
    """Return what a site said that it serves, the last first; the key grows under the lock of the site, whatever the clock."""
    return Acknowledgement.objects.filter(site=site).order_by("-pk")
