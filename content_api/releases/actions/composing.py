"""Composing a release: open it, put working copies, versions and withdrawals in, take them out, give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api.editions.models import Urgency
from content_api.editorial import queries
from content_api.editorial.moves import lock_items
from content_api.refusals import Refused
from content_api.releases import policies
from content_api.releases.models import Release, ReleaseItem, ReleaseState, ReleaseWithdrawal
from content_api.releases.moves import compose, lock, record, withdraw
from content_api.releases.sets import take_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import Model

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
    policies.check_holds_nothing_of(release, version.item)
    compose(release, person)
    return ReleaseItem.objects.create(release=release, item_id=version.item_id, version=version)


@transaction.atomic
def put_in(*, release: Release, items: Sequence[ContentItem], person: AbstractBaseUser) -> list[Model]:
    """Put texts into an open release, all or none.

    Of a text whose approved version waits to go out and was not changed since, that version goes in; of any other the
    working copy, whose next version will go out with the release.
    """
    policies.check_can_compose(person)
    release = lock(release)
    policies.check_is_open(release)
    locked = lock_items(item.pk for item in items)
    compose(release, person)
    return [_put_in(release, item, person) for item in locked]


def _put_in(release: Release, item: ContentItem, person: AbstractBaseUser) -> Model:
    policies.check_can_put_in(release, item)
    waiting = queries.waiting_version(item)
    if waiting is None:
        return take_in(release, item, person)
    policies.check_can_add(release, [waiting])
    return ReleaseItem.objects.create(release=release, item=item, version=waiting)


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
    """Take an item's working copy, version or withdrawal out of an open release."""
    policies.check_can_compose(person)
    release = lock(release)
    policies.check_is_open(release)
    compose(release, person)
    removed = [
        *release.items.filter(item=item).delete()[1],
        *release.working_copies.filter(item=item).delete()[1],
        *release.withdrawals.filter(item=item).delete()[1],
    ]
    if not removed:
        raise Refused("not-here", "This release holds nothing of the item.")


@transaction.atomic
def cancel(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> Release:
    """Give a release up that is open or scheduled. Its versions stay approved."""
    policies.check_can_compose(person)
    release = lock(release)
    policies.check_is_unfinished(release)
    from_state, release.state = release.state, ReleaseState.CANCELLED
    release.save(update_fields=["state"])
    record(release, "cancel", person, now or timezone.now(), from_state=from_state)
    return release
