"""A set on its way through review: all of it submitted together, judged together, its impact signed off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from content_api.content_items import ContentItem
from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.editorial.models import State, Verdict, Version
from content_api.editorial.moves import credentials_of, lock_items, name_of
from content_api.editorial.policies import check_is_editor
from content_api.refusals import Refused
from content_api.releases import policies
from content_api.releases.impact import impact_of, reading_of
from content_api.releases.models import Mark, Release, SetVerdict, SignOff
from content_api.releases.moves import lock, record
from content_api.releases.sets import items_of, members_of, settle, take_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.editorial.models import Review
    from content_api.releases.impact import Impact, SetReading
    from content_api.releases.sets import Judgment, Member

Change = tuple[str, str]  # type and note


@transaction.atomic
def submit_set(
    *,
    release: Release,
    person: AbstractBaseUser,
    changes: Mapping[str, Change],
    now: datetime | None = None,
) -> list[Version]:
    """Send every working copy of a release to review that is not there yet: all of them, or none.

    `changes` says by content id what changed in a text that was approved before.
    """
    now = now or timezone.now()
    check_is_editor(person)
    release = lock(release)
    policies.check_is_open(release)
    waiting = [one for one in members_of(release) if one.is_to_submit]
    if not waiting:
        raise Refused("nothing-to-submit", "No working copy of this release waits to be submitted.")
    lock_items(one.row.item_id for one in waiting)
    versions = _submitted(waiting, person, changes, now)
    record(release, "submit_set", person, now, versions=[str(one.pk) for one in versions])
    return versions


@transaction.atomic
def review_set(
    *,
    release: Release,
    person: AbstractBaseUser,
    role: str,
    judgments: Mapping[str, Judgment],
    marks: Mapping[str, str],
    impact_sha256: str,
    comment: str = "",
    now: datetime | None = None,
) -> SetVerdict:
    """Judge a set in one role, as it will read when all of it is out: each version (by id), and each text of the impact.

    By somebody who made nothing of it, it is the sign-off of that impact, too. What needs rewriting joins the set.
    """
    now = now or timezone.now()
    release = lock(release)
    lock_items({one.item_id for one in items_of(release)} | _marked(marks))
    reading = reading_of(release)
    policies.check_can_review_set(release, person, role, reading.impact, impact_sha256)
    policies.check_marks(release, reading.impact, marks)
    bound = _bound(release, person, role, reading.impact, now)
    if _signs(release, person, role, reading.impact, marks):
        SignOff.objects.create(**bound)
    reviews = _judge(reading, person, role, judgments, now)
    policies.check_something_was_judged(reviews, marks)
    given = {"marks": dict(marks), "reviews": [one.pk for one in reviews], "comment": comment.strip()}
    judged = SetVerdict.objects.create(**bound, **given)
    _rewrite(release, person, marks)
    settle(release)
    record(release, "review_set", person, now, role=role, impact=impact_sha256, verdict=judged.pk)
    return judged


@transaction.atomic
def sign_off(
    *, release: Release, person: AbstractBaseUser, role: str, impact_sha256: str, now: datetime | None = None
) -> SignOff:
    """Let everything that will read differently pass, in one role, bound to the list that was shown."""
    now = now or timezone.now()
    release = lock(release)
    impact = impact_of(release)
    policies.check_can_sign_off(release, person, role, impact, impact_sha256)
    signed = SignOff.objects.create(**_bound(release, person, role, impact, now))
    record(release, "sign_off", person, now, role=role, impact=impact_sha256)
    return signed


def _submitted(
    waiting: Sequence[Member], person: AbstractBaseUser, changes: Mapping[str, Change], now: datetime
) -> list[Version]:
    """Submit each beside the others, and tell of every one that cannot go why not."""
    beside = {str(one.row.item_id): queries.working_draft(one.row.item) for one in waiting}
    versions, refusals = [], []
    for one in waiting:
        change_type, note = changes.get(str(one.row.item_id), ("", ""))
        said = {"change_type": change_type, "change_note": note, "beside": beside}
        try:
            with transaction.atomic():
                versions.append(editorial.submit(item=one.row.item, person=person, now=now, **said))  # type: ignore[arg-type]
        except Refused as refusal:
            refusals.append((one, refusal))
    _refuse_all(refusals)
    return versions


def _refuse_all(refusals: Sequence[tuple[Member, Refused]]) -> None:
    if refusals:
        told = [f"{member.name}: {refusal.message}" for member, refusal in refusals]
        raise Refused(
            "set-not-submitted",
            f"Nothing of this release was submitted, because {len(told)} of its texts cannot go to review yet. "
            + " ".join(told),
            errors=[
                {"pointer": f"/{member.row.item_id}", "detail": line}
                for (member, _), line in zip(refusals, told, strict=True)
            ],
        )


def _judge(
    reading: SetReading, person: AbstractBaseUser, role: str, judgments: Mapping[str, Judgment], now: datetime
) -> list[Review]:
    waiting = {str(one.version.pk): one.version for one in reading.items if one.version.state == State.IN_REVIEW}
    if not judgments.keys() <= waiting.keys():
        raise Refused("not-in-review", "A text of this verdict is in review no longer. Reload the page and read again.")
    return [_review(waiting[one], reading, person, role, judgments[one], now) for one in sorted(judgments)]


def _review(
    version: Version, reading: SetReading, person: AbstractBaseUser, role: str, judgment: Judgment, now: datetime
) -> Review:
    give: Any = editorial.approve if judgment.verdict == Verdict.APPROVED else editorial.request_changes
    review: Review = give(
        version=version,
        person=person,
        role=role,
        content_sha256=judgment.content_sha256,
        substance_sha256=judgment.substance_sha256,
        comment=judgment.comment,
        reading=reading.shown(version),
        now=now,
    )
    return review


def _marked(marks: Mapping[str, str]) -> set[UUID]:
    """Return the items that marks are of; refuse what is the id of nothing."""
    try:
        return {UUID(one) for one in marks}
    except ValueError:
        raise Refused(
            "not-what-was-shown", "A mark is of no text on the list. Reload the page and read it again."
        ) from None


def _signs(release: Release, person: AbstractBaseUser, role: str, impact: Impact, marks: Mapping[str, str]) -> bool:
    """Tell whether a verdict is the sign-off of the impact, too: it finds all of it right, and its person may sign."""
    if role not in impact.required_roles or Mark.NEEDS_REWRITING in marks.values():
        return False
    try:
        policies.check_can_sign_off(release, person, role, impact, impact.sha256)
    except Refused:
        return False
    return True


def _bound(release: Release, person: AbstractBaseUser, role: str, impact: Impact, now: datetime) -> dict[str, Any]:
    return {
        "release": release,
        "person_id": person.pk,
        "role": role,
        "impact_sha256": impact.sha256,
        "person_name": name_of(person),
        "person_credentials": credentials_of(person),
        "at": now,
    }


def _rewrite(release: Release, person: AbstractBaseUser, marks: Mapping[str, str]) -> None:
    """Let what needs rewriting join the set as a working copy; a version of it in the set makes room."""
    for content_id in sorted(UUID(one) for one, mark in marks.items() if mark == Mark.NEEDS_REWRITING):
        release.items.filter(item_id=content_id).delete()
        item = ContentItem.objects.get(pk=content_id)
        policies.check_can_put_in(release, item)
        take_in(release, item, person)
