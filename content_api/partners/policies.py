"""Which keys a site may have: two, so that the old one works until the new one is in place.

The site “leukemia-guide” has one key from May. Issuing a second is allowed, and a third is refused until one of
the two is revoked or has expired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.partners.queries import active_keys
from content_api.refusals import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from content_api.partners.models import ApiKey, PartnerSite

MOST_ACTIVE_KEYS = 2


def check_can_issue_key(*, site: PartnerSite, now: datetime, expires_at: datetime | None) -> None:
    """Refuse a key too many, and one that would never work."""
    held = [str(key) for key in active_keys(site, now)]
    if len(held) >= MOST_ACTIVE_KEYS:
        message = f"{site.name} has {len(held)} active keys already ({', '.join(held)}). Revoke one first."
        raise Refused("too-many-keys", message)
    if expires_at is not None and expires_at <= now:
        raise Refused("expired-at-birth", "The key would have expired already. Choose a later time, or none.")


def check_can_revoke_key(*, key: ApiKey) -> None:
    """Refuse to revoke a key twice: the first time is what happened."""
    if key.revoked_at is not None:
        raise Refused("already-revoked", f"{key} was revoked on {key.revoked_at:%Y-%m-%d}.")
