"""The steps that actions on releases share: lock, compose, withdraw, publish, record.

Locks are taken in one order everywhere: release counter, release, items by id, audit head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from content_api.canonical_json import sha256
from content_api.editions.models import PublishedRelease
from content_api.editorial import audit
from content_api.editorial.fingerprints import fingerprints
from content_api.editorial.moves import lock_items
from content_api.editorial.queries import current_release
from content_api.refusals import Refused
from content_api.releases import checks, policies, publishing, recorded_rows
from content_api.releases.impact import closure_of, impact_of_closure
from content_api.releases.models import Release, ReleaseComposer, ReleaseCounter, ReleaseState, ReleaseWithdrawal
from content_api.releases.openings import Next
from content_api.releases.sets import items_of, members_of, settle

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.releases.impact import SetReading


def compose(release: Release, person: AbstractBaseUser) -> None:
    """Note who put something into a release, once: they may not sign off its impact."""
    if not release.composers.filter(person_id=person.pk).exists():
        ReleaseComposer.objects.create(release=release, person_id=person.pk)


def lock(release: Release) -> Release:
    """Lock a release for the rest of the transaction, and return it as it is now, with all that was approved in it."""
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.state == ReleaseState.OPEN:
        settle(locked)
    return locked


def lock_counter() -> ReleaseCounter:
    """Lock the row behind which publishing queues; the first lock of all."""
    return ReleaseCounter.objects.select_for_update().get(pk=1)


def record(
    release: Release, verb: str, person: AbstractBaseUser, now: datetime, from_state: str = "", **details: object
) -> None:
    """Append what happened to a release to the audit trail."""
    audit.record(
        subject=f"release:{release.pk}",
        verb=verb,
        person=person,
        from_state=from_state,
        to_state=release.state,
        subject_sha256=sha256({"title": release.title, "notes": release.notes}),
        details={**details, "rows": fingerprints(recorded_rows.rows_of(release))},
        now=now,
    )


def withdraw(
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
    """Let a release take down an item; raises Refused if it does not say why, or what replaces it."""
    if not public_note.strip():
        raise Refused("note-missing", "Say in a sentence for readers why this is taken down.")
    if release.withdrawals.filter(item=item).exists():
        raise Refused("already-here", "This release withdraws the item already.")
    compose(release, person)
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


def publish_next(
    release: Release,
    counter: ReleaseCounter,
    person: AbstractBaseUser,
    now: datetime,
    confirmed: frozenset[str] = frozenset(),
) -> PublishedRelease:
    """Publish a locked release under the next number, or raise Refused; `confirmed` items' pulls end with it."""
    following = check_next(release, counter, now, confirmed)
    published = publishing.write(following)
    counter.number = published.number
    counter.save(update_fields=["number"])
    state, release.state = release.state, ReleaseState.PUBLISHED
    release.number, release.published_at = published.number, following.at
    release.save(update_fields=["state", "number", "published_at"])
    record(release, "publish", person, now, from_state=state, number=published.number, hash=published.hash)
    return published


def check_next(
    release: Release, counter: ReleaseCounter, now: datetime, confirmed: frozenset[str] = frozenset()
) -> Next:
    """Return what a locked release would do, were it published now; raises Refused if it may not be."""
    lock_items(release.items.values_list("item_id", flat=True))
    items = items_of(release)
    closure = closure_of(release, items, confirmed)
    following = Next(
        number=counter.number + 1,
        at=_not_before_the_last(now),
        release=release,
        items=items,
        withdrawals=list(release.withdrawals.order_by("item_id")),
        closure=closure,
        impact=impact_of_closure(release, items, closure),
        confirmed=confirmed,
    )
    checks.check_can_publish(following)
    return following


def why_not(release: Release, reading: SetReading, now: datetime) -> str:
    """Return what stands against publishing a release as it was just read, or nothing. It locks and changes nothing."""
    following = Next(
        number=current_release() + 1,
        at=now,
        release=release,
        items=reading.items,
        withdrawals=list(release.withdrawals.order_by("item_id")),
        closure=reading.closure,
        impact=reading.impact,
    )
    try:
        policies.check_is_complete([one for one in members_of(release) if not one.is_approved])
        checks.check_what_it_holds(following)
    except Refused as refusal:
        return refusal.message
    return ""


def _not_before_the_last(now: datetime) -> datetime:
    """Return when the next release goes out: a clock that was set back holds up no release, least of all a pull."""
    last: datetime | None = PublishedRelease.objects.aggregate(last=Max("published_at"))["last"]
    return max(now, last) if last else now
