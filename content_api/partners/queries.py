"""Questions to the keys of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from content_api.partners.models import ApiKey

if TYPE_CHECKING:
    from datetime import datetime

    from content_api.partners.models import PartnerSite


def active_keys(site: PartnerSite, at: datetime) -> QuerySet[ApiKey]:
    """Return the keys by which a site can read at a moment; a key without `expires_at` never expires."""
    unexpired = Q(expires_at=None) | Q(expires_at__gt=at)
    return ApiKey.objects.filter(unexpired, site=site, revoked_at=None).order_by("created_at", "key_id")
