"""`kill -9` at every moment of an action: what is left is the state before it or the state after it, and whole."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.releases import actions as releases
from content_api.releases.impact import reading_of
from content_api.releases.integrity import problems
from content_api.releases.sets import Judgment
from tests.proofs.amounts import amount, report
from tests.proofs.interruptions import digest, in_child, moments, rehearse

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_api.releases.models import Release
    from tests.situations import Desk

LATER = timezone.now() + timedelta(days=1)

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Stage:
    """A store in which everything may be done next."""

    actions: dict[str, Callable[[], object]]


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """Set a stage: two texts out, one approved and in a release, one in review, one written, one to be taken down."""
    people = desk.people
    out = desk.approved("out")
    old = desk.approved("old")
    desk.publish(out, old, desk.approved("beside", cites=[out.item]))
    going = desk.compose(desk.approved("next", cites=[out.item]), desk.approved("out", title="Out, said better"))
    desk.sign(going)
    leaving = releases.open_release(person=people.pia, title="Taken down")
    why: dict[str, Any] = {"reason": "OUTDATED", "public_note": "It is out of date."}
    releases.add_withdrawal(release=leaving, item=old.item, person=people.pia, **why)
    desk.sign(leaving)
    opened = desk.submit(desk.write("opened"))
    shown = queries.shown(opened)
    hashes: dict[str, Any] = {"content_sha256": shown.content_sha256, "substance_sha256": shown.substance_sha256}
    harm: dict[str, Any] = {"reason": "SAFETY", "public_note": "It harms."}
    news = releases.open_release(person=people.ann, title="News")
    releases.put_in(release=news, items=[desk.write("first"), desk.write("second")], person=people.ann)
    judged = desk.compose()
    releases.put_in(release=judged, items=[desk.submit(desk.write("third")).item], person=people.ann)
    due = releases.schedule(release=desk.compose(desk.approved("due")), person=people.pia, at=LATER, zone="UTC")
    assert due.publish_at
    soon = desk.compose(desk.approved("soon"))
    role, mei, draft, now = "Medical reviewer", people.mei, desk.write("draft"), timezone.now()
    return Stage(
        {
            "submit": partial(editorial.submit, item=draft, person=people.ann, now=now),
            "approve": partial(editorial.approve, version=opened, person=mei, role=role, now=now, **hashes),
            "publish": partial(releases.publish, release=going, person=people.pia, now=now),
            "withdraw": partial(releases.publish, release=leaving, person=people.pia, now=now),
            "submit a set": partial(releases.submit_set, release=news, person=people.ann, changes={}, now=now),
            "review a set": partial(releases.review_set, **verdict_of(judged), person=mei, role=role, now=now),
            "schedule": partial(releases.schedule, release=soon, person=people.pia, at=LATER, zone="UTC", now=now),
            "publish what is due": partial(releases.publish_due, now=due.publish_at),
            "pull": partial(releases.pull, item=out.item, person=mei, now=now, **harm),
        }
    )


def verdict_of(release: Release) -> dict[str, Any]:
    """Return what the page of a set shows, judged in its favor."""
    reading = reading_of(release)
    shown = [(one.version, reading.shown(one.version)) for one in reading.items]
    judgments = {
        str(one.pk): Judgment("APPROVED", as_read.content_sha256, as_read.substance_sha256) for one, as_read in shown
    }
    return {"release": release, "judgments": judgments, "marks": {}, "impact_sha256": reading.impact.sha256}


def test_leaves_the_old_state_or_the_new(stage: Stage) -> None:
    assert not list(problems())
    for name, action in stage.actions.items():
        before = digest()
        total, after = rehearse(action)
        assert before == digest() != after, f"{name} was only rehearsed"

        for moment in chosen(total):
            ended = killed_at(moment, action)

            assert ended == -signal.SIGKILL
            assert digest() == (after if moment == total - 1 else before), f"{name} killed at {moment} of {total}"
            report("kills", kills=1)
        assert not list(problems())
        report("kills", **{f"moments of {name}": total})


def killed_at(moment: int, action: Callable[[], object]) -> int:
    """Begin an action in a process that is killed at a moment of it; return how the process ended."""

    def kill(now: int, is_commit: bool) -> None:  # noqa: FBT001
        if now == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def perform(_answer: Callable[[object], None]) -> None:
        with moments(kill):
            action()

    return in_child(perform)[0]


def chosen(total: int) -> list[int]:
    """Return the moments to kill at: all of them, or the first, some between, and both sides of the commit."""
    rounds = amount(2, total)
    spread = {step * (total - 1) // (rounds - 1) for step in range(rounds)}
    return sorted(spread | {total - 2, total - 1})
