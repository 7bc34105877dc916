"""Who moves in a history, and with what: at random, or such that it may go well."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from tests.proofs.agreement import Agreement
from tests.proofs.rules import EDITOR, MEDICAL, PUBLISHER, REGULATORY, ROLES_OF, Item, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tests.proofs.rules_of_releases import Release

One = TypeVar("One")
EVERYBODY = sorted(ROLES_OF)
EDITORS = [name for name in EVERYBODY if EDITOR in ROLES_OF[name]]
SLUGS = ["amber", "basalt", "chalk", "diorite", "flint", "gneiss"]
TITLES = ["Amber", "Basalt", "Chalk", "Diorite", "Flint", "Gneiss", "Marble", "Onyx", "Forbidden stone"]
REASONS = ["SAFETY", "LEGAL", "ENTERED_IN_ERROR", "OUTDATED", "CORRECTION"]

some = st.integers(0, 999)
anybody = st.sampled_from(EVERYBODY)
editor = st.sampled_from(EDITORS)
role = st.sampled_from([MEDICAL, MEDICAL, REGULATORY, PUBLISHER])
note = st.sampled_from(["A note.", "A note.", "A note.", ""])
sensible = st.sampled_from([True, True, True, False])  # whether to look for a person who may


class Choosing(Agreement):
    """A machine that knows whom and what to choose."""

    def who(self, by: str, sensible: bool, refusals: Callable[[str], set[str]]) -> str:  # noqa: FBT001
        able = [one for one in EVERYBODY if not refusals(one)] if sensible else []
        return nth(able, EVERYBODY.index(by)) if able else by

    def item(self, which: int) -> Item:
        return self.model.items[nth(self.model.items, which)]

    def live_item(self, which: int) -> str:
        return nth(self.model.live or self.model.items, which)

    def version_to_judge(self, which: int) -> Version:
        waiting = [one for one in self.model.versions if one.state == "IN_REVIEW"]
        return nth(waiting or self.model.versions, which)

    def release(self, which: int) -> Release:
        opened = [one for one in self.model.releases if one.state == "OPEN"]
        return nth(opened if opened and which % 5 else self.model.releases, which)


def nth(some: Collection[One], which: int) -> One:
    return list(some)[which % len(some)]
