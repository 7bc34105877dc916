"""How a request says whose it is: a site's key as a bearer token.

A key that does not work is refused, and never treated as no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from content_api.partners.keys import read_key
from content_api.partners.queries import keys

if TYPE_CHECKING:
    from rest_framework.request import Request

    from content_api.partners.keys import Key
    from content_api.partners.models import ApiKey, PartnerSite
    from content_api.readers import Reader

MALFORMED = "This is not a key of ours, or it was not copied whole. Send “Authorization: Bearer cak_…”."
UNKNOWN = "There is no such key. Check that it was copied whole, or ask for a new one."


@dataclass(frozen=True)
class Caller:
    """Who is asking: a partner site. `request.user` of every keyed request."""

    site: PartnerSite
    is_authenticated: bool = True

    @property
    def reader(self) -> Reader:
        """What the words that depend on a site know of it."""
        return self.site.reader


class BearerKeyAuthentication(BaseAuthentication):
    """Know a site by its key, in one query."""

    def authenticate(self, request: Request) -> tuple[Caller, ApiKey] | None:
        """Return the site and its key, or None where no key is sent."""
        header = request.META.get("HTTP_AUTHORIZATION", "").strip()
        if not header:
            return None
        scheme, _, text = header.partition(" ")
        key = read_key(text.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise AuthenticationFailed(MALFORMED)
        stored = _stored(key)
        return Caller(stored.site), stored

    def authenticate_header(self, request: Request) -> str:
        """Return how to authenticate."""
        return "Bearer"


def _stored(key: Key) -> Any:
    stored: Any = keys(timezone.now()).select_related("site").filter(key_id=key.key_id).first()
    # An unknown id costs the same comparison as a wrong secret, and gets the same words.
    if not key.opens(stored.secret_sha256 if stored else "") or stored is None:
        raise AuthenticationFailed(UNKNOWN)
    if not stored.works:
        what = "was revoked" if stored.revoked_at else "has expired"
        raise AuthenticationFailed(f"This key {what}. Use your site's other key, or ask for a new one.")
    return stored
