"""Which keys a site may have, and which release it may say that it serves.

Keys: two, so that the old one works until the new one is in place. The site “leukemia-guide” has one key from May.
Issuing a second is allowed, and a third is refused until one of the two is revoked or has expired.

Releases: any that is out, under the hash that we have. The site may serve release 41 again after release 42, because it
restored a backup; it may not serve a release 41 that we do not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editions import queries as editions
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


def check_can_acknowledge(*, release: int, release_hash: str) -> None:
    """Refuse a release that is not out yet, and one that has another hash here: the histories are two."""
    known = editions.hash_of(release)
    if known == release_hash:
        return
    what = f"Release {release} has another hash here" if known else f"There is no release {release} here"
    message = f"{what}. Start over: ask for the changes since 0, and put what you get in place of all that you hold."
    raise Refused("history-diverged", message)
