"""What is done with sites and keys, and what sites say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from content_api.partners.keys import new_key
from content_api.partners.models import Acknowledgement, ApiKey, PartnerSite
from content_api.partners.policies import check_can_acknowledge, check_can_issue_key, check_can_revoke_key
from content_api.partners.queries import acknowledgements
from content_api.refusals import Refused

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def create_site(*, slug: str, name: str, is_demo: bool = False) -> PartnerSite:
    """Make a partner site; it cannot read before it is issued a key."""
    site = PartnerSite(slug=slug, name=name, is_demo=is_demo)
    site.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError:  # another made it a moment ago, or long ago
        message = f"There is a partner site “{slug}” already. Choose another slug."
        raise Refused("site-exists", message) from None
    return site


@transaction.atomic
def issue_key(*, site: PartnerSite, expires_at: datetime | None = None, now: datetime | None = None) -> str:
    """Make a key for a site and return it in plain text: the only time that it can be read."""
    now = now or timezone.now()
    site = PartnerSite.objects.select_for_update().get(pk=site.pk)
    check_can_issue_key(site=site, now=now, expires_at=expires_at)
    key = new_key()
    ApiKey.objects.create(
        site=site, key_id=key.key_id, secret_sha256=key.secret_sha256, created_at=now, expires_at=expires_at
    )
    return str(key)


@transaction.atomic
def revoke_key(*, key: ApiKey, now: datetime | None = None) -> None:
    """Make a key useless, from the next request on."""
    stored = ApiKey.objects.select_for_update().get(pk=key.pk)
    check_can_revoke_key(key=stored)
    stored.revoked_at = now or timezone.now()
    stored.save(update_fields=["revoked_at"])


@transaction.atomic
def acknowledge(*, site: PartnerSite, release: int, release_hash: str, now: datetime | None = None) -> Acknowledgement:
    """Record that a site serves a release from now on.

    What it said last is not recorded again: then a request whose answer was lost can be sent once more, a site can say
    it as often as it asks for changes, and the moment stays the one since which it serves the release.
    """
    site = PartnerSite.objects.select_for_update().get(pk=site.pk)
    check_can_acknowledge(release=release, release_hash=release_hash)
    last = acknowledgements(site).first()
    if last and (last.release, last.hash) == (release, release_hash):
        return last
    return Acknowledgement.objects.create(
        site=site, release=release, hash=release_hash, acknowledged_at=now or timezone.now()
    )
