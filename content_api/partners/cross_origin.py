"""From which pages browsers may read: those of the origins that partner sites named, and any where access is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corsheaders.signals import check_request_enabled
from django.conf import settings
from django.db import DatabaseError

from content_api.partners.models import PartnerSite

if TYPE_CHECKING:
    from django.http import HttpRequest


def register() -> None:
    """Answer django-cors-headers when it asks about an origin that no setting names."""
    check_request_enabled.connect(may_read, dispatch_uid="content_api.partners.cross_origin")


def may_read(sender: Any, request: HttpRequest, **_signal: Any) -> bool:  # noqa: ARG001 - the signal passes it
    """Tell whether pages of the request's origin may read; not while the database does not answer.

    django-cors-headers asks about every address, not only those that its setting names.
    """
    if not request.path.startswith("/api/"):
        return False
    if settings.OPEN_ACCESS:
        return True
    origin = request.headers.get("Origin", "")
    try:
        return any(origin in origins for origins in PartnerSite.objects.values_list("origins", flat=True))
    except DatabaseError:
        return False
