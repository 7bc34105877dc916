"""Races: two people act at the same moment, on connections of their own, round after round."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection

from content_api.editions.models import PublishedRelease
from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.editorial.models import Version
from content_api.refusals import Refused
from content_api.releases.integrity import problems
from content_api.releases.models import ReleaseCounter
from tests.proofs.amounts import amount, report
from tests.proofs.sites import in_threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

DONE = "done"


@dataclass
class Race:
    """What two people do at once, how that may end (in their order), and what must hold afterwards."""

    first: Callable[[], object]
    second: Callable[[], object]
    endings: set[tuple[str, str]]
    holds: Callable[[tuple[str, str]], object] = bool


def run(one: Race, turn: int) -> tuple[str, str]:
    """Let both start at the same moment, and return how it ended for each; nothing but a refusal may stop anybody."""
    endings = ["", ""]
    gate = threading.Barrier(2)

    def perform(place: int, act: Callable[[], object]) -> None:
        connection.ensure_connection()
        gate.wait(30)
        try:
            act()
            endings[place] = DONE
        except Refused as refusal:
            endings[place] = refusal.code

    starters: list[Callable[[], object]] = [partial(perform, 0, one.first), partial(perform, 1, one.second)]
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns in the middle of things
    try:
        in_threads(starters[:: -1 if turn % 2 else 1])
    finally:
        sys.setswitchinterval(switch)
    return endings[0], endings[1]


def compete(name: str, prepare: Callable[[], Race]) -> None:
    """Run a race over and over, and look at the numbers at the end."""
    won: Counter[tuple[str, str]] = Counter()
    rounds = amount(2, 200)
    for turn in range(rounds):
        one = prepare()
        ending = run(one, turn)
        assert ending in one.endings, f"{name}: {ending}"
        one.holds(ending)
        won[ending] += 1
    assert_whole()
    report(f"race {name}", rounds=rounds, **{" | ".join(ending): times for ending, times in won.items()})


def assert_whole() -> None:
    """Look at the numbers of all releases, and at all that hangs together."""
    numbers = list(PublishedRelease.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert ReleaseCounter.objects.get(pk=1).number == len(numbers)
    assert list(problems()) == []


def one_of(code: str) -> set[tuple[str, str]]:
    """Return the endings of a race that one wins, whoever it is."""
    return {(DONE, code), (code, DONE)}


def verdict(version: Version, person: User, role: str, **comment: str) -> Callable[[], object]:
    """Return the verdict of a person who read the version: an approval, or a request for changes if it says why."""
    shown = queries.shown(version)
    give: Any = editorial.request_changes if comment else editorial.approve
    said = {"content_sha256": shown.content_sha256, "substance_sha256": shown.substance_sha256, **comment}
    return partial(give, version=Version.objects.get(pk=version.pk), person=person, role=role, **said)
