"""Every move of a release: one atomic, keyword-only function for each verb.

Locks are taken in one order everywhere: release counter, items by id, audit head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from content_api.canonical_json import sha256
from content_api.content_items import ContentItem
from content_api.editions.models import OpenPull, PublishedRelease, Urgency
from content_api.editorial import audit
from content_api.editorial.models import Review
from content_api.editorial.moves import credentials_of, name_of
from content_api.refusals import Refused
from content_api.releases import checks, policies, publishing
from content_api.releases.impact import closure_of, impact_of
from content_api.releases.models import (
    PullConfirmation,
    Release,
    ReleaseComposer,
    ReleaseCounter,
    ReleaseItem,
    ReleaseState,
    ReleaseWithdrawal,
    SignOff,
)
from content_api.releases.openings import Next

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.editorial.models import Version

PULL_REASONS = {"SAFETY", "LEGAL", "ENTERED_IN_ERROR"}


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
    _record(release, "open", person, now)
    return release


@transaction.atomic
def add_version(*, release: Release, version: Version, person: AbstractBaseUser) -> ReleaseItem:
    """Put an approved version into an open release."""
    policies.check_can_compose(person)
    release = _lock(release)
    policies.check_can_add(release, version)
    if release.items.filter(item_id=version.item_id).exists():
        raise Refused("already-here", "This release holds a version of the item. Take that one out first.")
    _compose(release, person)
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
    release = _lock(release)
    policies.check_can_withdraw(release, item)
    return _withdraw(
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
    release = _lock(release)
    policies.check_is_open(release)
    _compose(release, person)
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
    release = _lock(release)
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
    _record(release, "sign_off", person, now, role=role, impact=impact_sha256)
    return signed


@transaction.atomic
def cancel(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> Release:
    """Give an open release up. Its versions stay approved."""
    policies.check_can_compose(person)
    release = _lock(release)
    policies.check_is_open(release)
    release.state = ReleaseState.CANCELLED
    release.save(update_fields=["state"])
    _record(release, "cancel", person, now or timezone.now(), from_state=ReleaseState.OPEN)
    return release


@transaction.atomic
def publish(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> PublishedRelease:
    """Publish a release, whole or not at all."""
    policies.check_is_publisher(person)
    counter = _lock_counter()
    return _publish(_lock(release), counter, person, now or timezone.now())


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
    counter = _lock_counter()
    policies.check_can_pull(item, person, reason, PULL_REASONS)
    release = Release.objects.create(
        title=f"Pulled: {public_note.strip()}"[:200], urgency=Urgency.URGENT, is_pull=True, created_at=now
    )
    _withdraw(
        release,
        item=item,
        person=person,
        reason=reason,
        public_note=public_note,
        partner_action=partner_action,
        replaced_by=replaced_by,
    )
    return _publish(release, counter, person, now)


@transaction.atomic
def confirm_pull(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> PullConfirmation:
    """Confirm, as a second person, that a pull was right.

    A status that stood on what was pulled is known again: what now reads differently goes out at once, with the
    two people who pulled and confirmed as its four eyes.
    """
    now = now or timezone.now()
    counter = _lock_counter()
    release = _lock(release)
    policies.check_can_confirm_pull(release, person)
    confirmation = PullConfirmation.objects.create(release=release, person_id=person.pk, at=now)
    _record(release, "confirm_pull", person, now)
    waiting = OpenPull.objects.filter(tombstone__release_id=release.number, until_release=None)
    confirmed = frozenset(str(one) for one in waiting.values_list("content_id", flat=True))
    closing = Release.objects.create(title=f"Confirmed: the pull of release {release.number}", created_at=now)
    _compose(closing, person)
    _publish(closing, counter, person, now, confirmed)
    return confirmation


def _publish(
    release: Release,
    counter: ReleaseCounter,
    person: AbstractBaseUser,
    now: datetime,
    confirmed: frozenset[str] = frozenset(),
) -> PublishedRelease:
    following = _next(release, counter, now, confirmed)
    checks.check_can_publish(following)
    published = publishing.write(following)
    counter.number = published.number
    counter.save(update_fields=["number"])
    release.state, release.number, release.published_at = ReleaseState.PUBLISHED, published.number, now
    release.save(update_fields=["state", "number", "published_at"])
    _record(release, "publish", person, now, from_state=ReleaseState.OPEN, number=published.number, hash=published.hash)
    return published


def _next(release: Release, counter: ReleaseCounter, now: datetime, confirmed: frozenset[str]) -> Next:
    reviews = Prefetch("version__reviews", Review.objects.order_by("pk"))
    items = list(release.items.select_related("version__item").prefetch_related(reviews).order_by("item_id"))
    list(ContentItem.objects.select_for_update().filter(pk__in=[one.item_id for one in items]).order_by("pk"))
    closure = closure_of(release, confirmed)
    return Next(
        number=counter.number + 1,
        at=now,
        release=release,
        items=items,
        withdrawals=list(release.withdrawals.order_by("item_id")),
        closure=closure,
        impact=impact_of(release, closure),
        confirmed=confirmed,
    )


def _withdraw(
    release: Release,
    *,
    item: ContentItem,
    person: AbstractBaseUser,
    reason: str,
    public_note: str,
    partner_action: str = "",
    act_by: datetime | None = None,
    replaced_by: ContentItem | None = None,
) -> ReleaseWithdrawal:
    if not public_note.strip():
        raise Refused("note-missing", "Say in a sentence for readers why this is taken down.")
    if release.withdrawals.filter(item=item).exists():
        raise Refused("already-here", "This release withdraws the item already.")
    _compose(release, person)
    withdrawal = ReleaseWithdrawal(
        release=release,
        item=item,
        reason=reason,
        public_note=public_note.strip(),
        partner_action=partner_action,
        act_by=act_by,
        replaced_by=replaced_by,
    )
    checks.check_withdrawal(withdrawal)
    withdrawal.save(force_insert=True)
    return withdrawal


def _compose(release: Release, person: AbstractBaseUser) -> None:
    if not release.composers.filter(person_id=person.pk).exists():
        ReleaseComposer.objects.create(release=release, person_id=person.pk)


def _lock(release: Release) -> Release:
    return Release.objects.select_for_update().get(pk=release.pk)


def _lock_counter() -> ReleaseCounter:
    return ReleaseCounter.objects.select_for_update().get(pk=1)


def _record(
    release: Release, verb: str, person: AbstractBaseUser, now: datetime, from_state: str = "", **details: object
) -> None:
    audit.record(
        subject=f"release:{release.pk}",
        verb=verb,
        person=person,
        from_state=from_state,
        to_state=release.state,
        subject_sha256=sha256({"title": release.title, "notes": release.notes}),
        details=details,
        now=now,
    )
