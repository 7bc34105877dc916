"""Moves of a random history: texts go into a set, are submitted together and judged together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.proofs.choices import anybody, editor, note, nth, role, sensible, some
from tests.proofs.moves_of_parking import MovesOfParking
from tests.proofs.rules import MEDICAL, REGULATORY, required_roles
from tests.proofs.rules_of_sets import REWRITE, RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.proofs.rules_of_releases import Release


class MovesOfSets(MovesOfParking):
    """What people do to sets of texts."""

    @rule(which=some, what=some, by=anybody, many=st.integers(1, 3), sensible=sensible)
    def put_in(self, which: int, what: int, by: str, many: int, sensible: bool) -> None:  # noqa: FBT001
        release = self.release(which)
        able = [one for one in self.model.items if not self.model.put_in_refusals(release, [one], "ann")]
        chosen = able if sensible and able else list(self.model.items)
        items = list(dict.fromkeys(nth(chosen, what + one) for one in range(many)))
        by = self.who(by, sensible, lambda one: self.model.put_in_refusals(release, items, one))
        self.history.put_in(release, items, by)

    @rule(which=some, by=anybody, note=note, sensible=sensible)
    def submit_set(self, which: int, by: str, note: str, sensible: bool) -> None:  # noqa: FBT001
        release = self.set(which, lambda one: bool(self.model.to_submit(one)))
        later = [one.key for one in self.model.to_submit(release) if not one.is_first]
        changes = dict.fromkeys(later, ("CORRECTION", note))
        by = self.who(by, sensible, lambda one: self.model.submit_set_refusals(release, one, changes))
        self.history.submit_set(release, by, changes)

    @rule(which=some)
    def read_set(self, which: int) -> None:
        self.history.read_set(self.release(which))

    @rule(
        which=some,
        by=anybody,
        role=role,
        back=st.integers(0, 5),
        marks=st.lists(st.sampled_from([RIGHT, RIGHT, RIGHT, RIGHT, REWRITE, ""]), min_size=6, max_size=6),
        fresh=sensible,
        sensible=sensible,
    )
    def review_set(
        self,
        which: int,
        by: str,
        role: str,
        back: int,
        marks: list[str],
        *,
        fresh: bool,
        sensible: bool,
    ) -> None:
        release = self.set(which, lambda one: bool(self.model.in_review(one)))
        in_review = self.model.in_review(release)
        if sensible and not in_review:
            return
        role = nth(sorted(required_roles(in_review[0].text)), which) if sensible else role
        found = self.model.outcome(release)
        rows = sorted(row[0] for row in found.impact.rows)
        given = {one: mark for one, mark in zip(rows, marks, strict=False) if mark}
        waiting = [one for one in in_review if not sensible or role in required_roles(one.text)]
        verdicts = {one.key: place != back for place, one in enumerate(waiting)}
        by = self.who(
            by,
            sensible,
            lambda one: self.model.review_set_refusals(release, one, role, verdicts, given, found.impact),
        )
        self.history.review_set(release, by, role, verdicts, given, fresh=fresh)

    @rule(which=some, other=some, by=editor, how=st.integers(0, 5))
    def carry_set_through(self, which: int, other: int, by: str, how: int) -> None:
        """Edit two texts, put them into a set, submit it, judge it, and send it out."""
        self.history.open_release("pia")
        release = self.model.releases[-1]
        for one in (which, other):
            self.edit(one, other, by, how, unseen=False)
            self.history.put_in(release, [self.item(one).key], "pia")
        later = [one.key for one in self.model.to_submit(release) if not one.is_first]
        self.history.submit_set(release, by, dict.fromkeys(later, ("WORLD_CHANGED", "It moved.")))
        for person, wanted in (("mei", MEDICAL), ("rui", REGULATORY)):
            verdicts = {one.key: True for one in self.model.in_review(release) if wanted in required_roles(one.text)}
            marks = dict.fromkeys(self.model.outcome(release).unread, RIGHT)
            self.history.review_set(release, person, wanted, verdicts, marks)
        self.history.publish(release, "pia")

    def set(self, which: int, waits: Callable[[Release], bool]) -> Release:
        """Return a set that waits, if there is one, and now and then another release."""
        found = [one for one in self.model.releases if one.state == "OPEN" and waits(one)]
        return nth(found, which) if found and which % 5 else self.release(which)
