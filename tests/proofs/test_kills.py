"""`kill -9` at every moment of an action: what is left is the state before it or the state after it, and whole."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.releases import actions as releases
from content_api.releases.integrity import problems
from tests.proofs.amounts import amount, report
from tests.proofs.interruptions import digest, in_child, moments, rehearse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.situations import Desk

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
    role, mei, draft, now = "Medical reviewer", people.mei, desk.write("draft"), timezone.now()
    return Stage(
        {
            "submit": partial(editorial.submit, item=draft, person=people.ann, now=now),
            "approve": partial(editorial.approve, version=opened, person=mei, role=role, now=now, **hashes),
            "publish": partial(releases.publish, release=going, person=people.pia, now=now),
            "withdraw": partial(releases.publish, release=leaving, person=people.pia, now=now),
            "pull": partial(releases.pull, item=out.item, person=mei, now=now, **harm),
        }
    )


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
