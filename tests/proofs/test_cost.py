"""What a release costs: the texts that it touches and those that refer to them, never what the corpus holds."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.releases import actions as releases
from tests.proofs.amounts import IS_FULL, amount, report

if TYPE_CHECKING:
    from content_api.editorial.models import Version
    from tests.situations import Desk

TOUCHED, REFERRING = 5, 20
AT_ONCE = 25  # texts that a release of the corpus holds: more at once wait for each other's names
SECONDS = 2.0  # for a thousand texts in one release, on PostgreSQL


def _approved(desk: Desk, names: list[str]) -> list[Version]:
    return [desk.approved(name, note="Seen once.") for name in names]


def _grow(desk: Desk, since: int, size: int) -> None:
    """Add texts that have nothing to do with the rest."""
    names = [f"pebble-{number}" for number in range(since, size)]
    for start in range(0, len(names), AT_ONCE):
        desk.publish(*_approved(desk, names[start : start + AT_ONCE]))


def _cost_of_a_change(desk: Desk, round_: int) -> tuple[int, float]:
    """Return the queries and seconds of a release in which some texts change, and what refers to them with them."""
    changed = [desk.write(f"ground-{number}", title=f"Ground {number} at {round_}") for number in range(TOUCHED)]
    release = desk.compose(*[desk.approve(desk.submit(one)) for one in changed])
    desk.sign(release)
    begun = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        published = releases.publish(release=release, person=desk.people.pia)
    causes = [one["cause"] for one in published.published]
    assert (causes.count("VERSION"), causes.count("RERENDER")) == (TOUCHED, REFERRING)
    return len(queries), perf_counter() - begun


def test_a_release_costs_what_it_touches_however_large_the_corpus(desk: Desk) -> None:
    grounds = [desk.write(f"ground-{number}") for number in range(TOUCHED)]
    first = [desk.approve(desk.submit(one)) for one in grounds]
    desk.publish(*first)
    stones = [desk.write(f"stone-{n}", stands_on=grounds[n % TOUCHED]) for n in range(REFERRING)]
    desk.publish(*[desk.approve(desk.submit(one)) for one in stones])
    sizes = [amount(10, 100), amount(30, 10_000)]
    costs = []
    for since, size in pairwise([0, *sizes]):
        _grow(desk, since, size)
        costs.append(_cost_of_a_change(desk, size))
    assert costs[0][0] == costs[1][0], "queries"
    for size, (queries, seconds) in zip(sizes, costs, strict=True):
        report(
            f"cost at {size} texts", touches=TOUCHED + REFERRING, queries=queries, milliseconds=round(1000 * seconds)
        )


@pytest.mark.django_db(transaction=True)
def test_many_texts_go_out_in_one_release(desk: Desk) -> None:
    many = amount(40, 1_000)
    release = desk.compose(*_approved(desk, [f"stone-{number}" for number in range(many)]))
    begun, worked = perf_counter(), process_time()
    published = releases.publish(release=release, person=desk.people.pia)
    seconds, of_work = perf_counter() - begun, process_time() - worked
    assert published.item_count == many
    report("a large release", texts=many, seconds=round(seconds, 2), of_work_here=round(of_work, 2))
    if IS_FULL and connection.vendor == "postgresql":
        assert seconds < SECONDS
