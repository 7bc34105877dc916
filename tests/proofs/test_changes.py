"""Whoever applies the changes ends up with the release, byte for byte; over random histories of everything there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from content_api import kinds
from content_api.partners.actions import create_site, issue_key
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.proofs.amounts import IS_FULL, amount, report
from tests.proofs.replicas import Delta, State, delta, exported
from tests.proofs.rules import ROLES_OF
from tests.proofs.test_histories import REVIEWED_BY_SHADE, Histories
from tests.situations import Desk

if TYPE_CHECKING:
    import pytest


class Followed(Histories):
    """A history that a site looks on at: it keeps each release as it was when it came out."""

    reader: ClassVar[Reader]
    found: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.then: dict[int, State] = {0: {}}

    @invariant()
    def keep(self) -> None:
        """Keep what is out, before anything of it is pulled."""
        if self.model.number not in self.then:
            self.then[self.model.number] = exported(self.reader, self.model.number)

    def teardown(self) -> None:
        """Hold every release against every later one, and then end."""
        try:
            self.check_every_pair()
        finally:
            super().teardown()

    def check_every_pair(self) -> None:
        now: dict[int, State] = {0: {}} | {one: exported(self.reader, one) for one in self.then if one}
        pairs = (pair for pair in combinations_with_replacement(sorted(now), 2) if pair[1])
        deltas = {pair: delta(self.reader, *pair) for pair in pairs}
        for (since, until), found in deltas.items():
            assert found.applied(now[since]) == now[until], (since, until)
            assert found.applied(self.then[since]) == now[until], f"{since} as it was, to {until}"
            assert not found.gone & found.fresh.keys()
        self.check_manifests(now)
        self.check_composition(deltas)
        self.found["pairs"] += len(deltas)
        self.found["withdrawals"] += sum(len(one.gone) for one in deltas.values())
        self.found["upserts"] += sum(len(one.fresh) for one in deltas.values())
        self.found["pulled_since"] += sum(len(self.then[one]) - len(now[one]) for one in now)

    def check_manifests(self, now: dict[int, State]) -> None:
        """What can be read of a release is its manifest, less what was pulled since."""
        for number in now.keys() - {0}:
            rows = self.reader.get(f"releases/{number}/manifest/").json()["items"]
            assert {row["id"] for row in rows} == self.then[number].keys()
            assert {row["id"] for row in rows if not row["redacted"]} == now[number].keys()

    def check_composition(self, deltas: dict[tuple[int, int], Delta]) -> None:
        """Going there in one step or in two comes to the same."""
        for (since, between), first in deltas.items():
            for until in range(between, max(self.then) + 1):
                direct, composed = deltas[since, until], deltas[between, until].after(first)
                assert direct.fresh == composed.fresh
                assert direct.gone == composed.gone & self.then[since].keys(), (since, between, until)


def test_changes_lead_from_every_release_to_every_later_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    _people_and_reader(monkeypatch)
    run_state_machine_as_test(
        Followed,
        settings=settings(
            max_examples=amount(4, 200),
            stateful_step_count=amount(25, 50),
            derandomize=not IS_FULL,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if IS_FULL else [Phase.generate],
        ),
    )
    report("changes", histories=Followed.done["histories"], releases=Followed.done["releases"], **Followed.found)
    assert Followed.found["pairs"] > Followed.done["releases"]
    assert (Followed.found["withdrawals"] and Followed.found["pulled_since"]) or not IS_FULL


def test_changes_lead_past_what_was_taken_down_and_came_back(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told, because few random histories get so far: withdrawn, out again in other words, and pulled."""
    _people_and_reader(monkeypatch)
    site = Followed()
    site.begin(cites=True, stands=False, dark=False)
    first, second = site.model.items.values()
    site.keep()
    release = site.history.open_release("pia")
    assert release
    site.history.withdraw(release, second.key, "pia", "OUTDATED", "It is out of date.")
    site.history.publish(release, "pia")
    site.keep()
    site.history.edit(second, replace(second.draft, title="Said anew"), "eve")
    site.history.submit(second, "eve", "CORRECTION", "It holds again.")
    site.pass_review(len(site.model.versions) - 1)
    site.send_out(0)
    site.keep()
    site.history.pull(first.key, "pia", "SAFETY", "It was wrong.")
    site.keep()
    site.teardown()
    assert site.model.number == 4
    assert Followed.found["withdrawals"]
    assert Followed.found["pulled_since"]


def _people_and_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._registry, REVIEWED_BY_SHADE.name, REVIEWED_BY_SHADE)
    people = People()
    Followed.people = {name: people.make(name, *sorted(roles)) for name, roles in ROLES_OF.items()}
    Followed.source = Desk(people).source()
    Followed.reader = Reader(issue_key(site=create_site(slug="site", name="A site")))
    Followed.done, Followed.found = Counter(), Counter()
