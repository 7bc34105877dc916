"""Letting a release out: publish it, pull an item at once, confirm a pull."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api import kinds
from content_api.editions.models import OpenPull, PublishedRelease, Urgency
from content_api.editorial.models import Version
from content_api.editorial.moves import lock_items
from content_api.editorial.queries import content_of
from content_api.releases import policies
from content_api.releases.models import PullConfirmation, Release, ReleaseItem
from content_api.releases.moves import compose, lock, lock_counter, publish_next, record, withdraw

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem


@transaction.atomic
def publish(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> PublishedRelease:
    """Publish an open release, whole or not at all."""
    policies.check_is_publisher(person)
    counter = lock_counter()
    release = lock(release)
    policies.check_is_open(release)
    return publish_next(release, counter, person, now or timezone.now())


@transaction.atomic
def publish_version(
    *, version: Version, person: AbstractBaseUser, title: str = "", now: datetime | None = None
) -> PublishedRelease:
    """Publish one approved version in a release of its own, if nobody else must read what it changes."""
    now = now or timezone.now()
    policies.check_is_publisher(person)
    counter = lock_counter()
    title = title.strip() or kinds.get(version.item.kind).name_of(content_of(version))
    release = Release.objects.create(title=title[:200], created_at=now)
    compose(release, person)
    lock_items([version.item_id])
    version = Version.objects.select_related("item").get(pk=version.pk)
    policies.check_can_add(release, [version])
    ReleaseItem.objects.create(release=release, item=version.item, version=version)
    return publish_next(release, counter, person, now)


@transaction.atomic
def pull(
    *,
    item: ContentItem,
    person: AbstractBaseUser,
    reason: str,
    public_note: str,
    partner_action: str = "",
    replaced_by: ContentItem | None = None,
    now: datetime | None = None,
) -> PublishedRelease:
    """Take an item down at once, from past releases too. It takes one person; a second confirms afterwards."""
    now = now or timezone.now()
    counter = lock_counter()
    policies.check_can_pull(item, person, reason)
    release = Release.objects.create(
        title=f"Pulled: {public_note.strip()}"[:200], urgency=Urgency.URGENT, is_pull=True, created_at=now
    )
    withdraw(
        release,
        item=item,
        person=person,
        reason=reason,
        public_note=public_note,
        partner_action=partner_action,
        replaced_by=replaced_by,
    )
    return publish_next(release, counter, person, now)


@transaction.atomic
def confirm_pull(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> PullConfirmation:
    """Confirm, as a second person, that a pull was right.

    A status that stood on what was pulled is known again: what now reads differently goes out at once, with the
    two people who pulled and confirmed as its four eyes.
    """
    now = now or timezone.now()
    counter = lock_counter()
    release = lock(release)
    policies.check_can_confirm_pull(release, person)
    confirmation = PullConfirmation.objects.create(release=release, person_id=person.pk, at=now)
    record(release, "confirm_pull", person, now)
    waiting = OpenPull.objects.filter(tombstone__release_id=release.number, until_release=None)
    confirmed = frozenset(str(one) for one in waiting.values_list("content_id", flat=True))
    closing = Release.objects.create(title=f"Confirmed: the pull of release {release.number}", created_at=now)
    compose(closing, person)
    publish_next(closing, counter, person, now, confirmed)
    return confirmation
