"""Moves of a random history: a half-written text is set aside while what is live is corrected, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.proofs.choices import anybody, editor, nth, sensible, some
from tests.proofs.moves_of_texts import MovesOfTexts
from tests.proofs.rules_of_parking import MEMBERS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

kept_members = st.sets(st.sampled_from(MEMBERS))


class MovesOfParking(MovesOfTexts):
    """What people do to correct what is live."""

    @rule(which=some, by=anybody, sensible=sensible)
    def park(self, which: int, by: str, sensible: bool) -> None:  # noqa: FBT001
        able = [one for one in self.model.items.values() if not self.model.park_refusals(one, "ann")]
        item = nth(able, which) if sensible and able else self.item(which)
        self.history.park(item, self.who(by, sensible, lambda one: self.model.park_refusals(item, one)))

    @precondition(lambda self: self.model.parked)
    @rule(which=some, by=anybody, kept=kept_members, seen=st.sampled_from([True] * 7 + [False]), sensible=sensible)
    def bring_back(self, which: int, by: str, kept: AbstractSet[str], seen: bool, sensible: bool) -> None:  # noqa: FBT001
        waiting = [one for one in self.model.parked if one.state == "PARKED"]
        parked = nth(waiting if sensible and waiting else self.model.parked, which)
        by = self.who(by, sensible, lambda one: self.model.return_refusals(parked, one, kept))
        self.history.bring_back(parked, by, sorted(kept), seen=seen)

    @rule(which=some, other=some, by=editor, how=st.integers(0, 5), kept=kept_members)
    def correct(self, which: int, other: int, by: str, how: int, kept: AbstractSet[str]) -> None:
        """Set half a text aside, correct what is live, have that read, and bring the other back."""
        self.edit(which, other, by, how, unseen=False)
        self.history.park(self.item(which), by)
        self.edit(which, other + 1, by, (how + other) % 6, unseen=False)
        self.submit(which, by, "", "", sensible=True)
        self.pass_review(other)
        for parked in [one for one in self.model.parked if one.item is self.item(which) and one.state == "PARKED"]:
            self.history.bring_back(parked, by, sorted(kept))
