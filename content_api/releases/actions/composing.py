"""Composing a release: open it, put versions and withdrawals in, take them out, sign off its impact, give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api.editions.models import Urgency
from content_api.editorial.moves import credentials_of, name_of
from content_api.refusals import Refused
from content_api.releases import policies
from content_api.releases.impact import impact_of
from content_api.releases.models import Release, ReleaseItem, ReleaseState, ReleaseWithdrawal, SignOff
from content_api.releases.moves import compose, lock, record, withdraw

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.editorial.models import Version


@transaction.atomic
def open_release(
    *,
    person: AbstractBaseUser,
    title: str,
    notes: str = "",
    urgency: str = Urgency.ROUTINE,
    act_by: datetime | None = None,
    now: datetime | None = None,
) -> Release:
    """Open a release, empty, for versions and withdrawals to go into."""
    policies.check_can_compose(person)
    now = now or timezone.now()
    if not title.strip():
        raise Refused("title-missing", "Give the release a title that tells readers what happened.")
    release = Release.objects.create(title=title.strip(), notes=notes, urgency=urgency, act_by=act_by, created_at=now)
    record(release, "open", person, now)
    return release


@transaction.atomic
def add_version(*, release: Release, version: Version, person: AbstractBaseUser) -> ReleaseItem:
    """Put an approved version into an open release."""
    policies.check_can_compose(person)
    release = lock(release)
    policies.check_can_add(release, [version])
    if release.items.filter(item_id=version.item_id).exists():
        raise Refused("already-here", "This release holds a version of the item. Take that one out first.")
    compose(release, person)
    return ReleaseItem.objects.create(release=release, item_id=version.item_id, version=version)


@transaction.atomic
def add_withdrawal(
    *,
    release: Release,
    item: ContentItem,
    person: AbstractBaseUser,
    reason: str,
    public_note: str,
    partner_action: str = "",
    act_by: datetime | None = None,
    replaced_by: ContentItem | None = None,
) -> ReleaseWithdrawal:
    """Let an open release take down an item, saying why in public."""
    policies.check_is_publisher(person)
    release = lock(release)
    policies.check_can_withdraw(release, item)
    return withdraw(
        release,
        item=item,
        person=person,
        reason=reason,
        public_note=public_note,
        partner_action=partner_action,
        act_by=act_by,
        replaced_by=replaced_by,
    )


@transaction.atomic
def remove(*, release: Release, item: ContentItem, person: AbstractBaseUser) -> None:
    """Take an item's version or withdrawal out of an open release."""
    policies.check_can_compose(person)
    release = lock(release)
    policies.check_is_open(release)
    compose(release, person)
    removed = [
        *release.items.filter(item=item).delete()[1],
        *release.withdrawals.filter(item=item).delete()[1],
    ]
    if not removed:
        raise Refused("not-here", "This release holds nothing of the item.")


@transaction.atomic
def sign_off(
    *, release: Release, person: AbstractBaseUser, role: str, impact_sha256: str, now: datetime | None = None
) -> SignOff:
    """Let everything that will read differently pass, in one role, bound to the list that was shown."""
    now = now or timezone.now()
    release = lock(release)
    policies.check_can_sign_off(release, person, role, impact_of(release), impact_sha256)
    signed = SignOff.objects.create(
        release=release,
        person_id=person.pk,
        role=role,
        impact_sha256=impact_sha256,
        person_name=name_of(person),
        person_credentials=credentials_of(person),
        at=now,
    )
    record(release, "sign_off", person, now, role=role, impact=impact_sha256)
    return signed


@transaction.atomic
def cancel(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> Release:
    """Give an open release up. Its versions stay approved."""
    policies.check_can_compose(person)
    release = lock(release)
    policies.check_is_open(release)
    release.state = ReleaseState.CANCELLED
    release.save(update_fields=["state"])
    record(release, "cancel", person, now or timezone.now(), from_state=ReleaseState.OPEN)
    return release
