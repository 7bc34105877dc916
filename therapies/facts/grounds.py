"""What a fact stands on: its sources, the best of their verifications, and why it may not be quoted, if so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_api.kinds import Fact
from therapies.evidence import cited, verification_of
from therapies.vocabulary import Verification

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_api.canonical_json import Json
    from content_api.kinds import World

_NOT_VERIFIED = "no source of it is verified. Cite one that is in the record, or leave this out."


@dataclass(frozen=True)
class Ground:
    """What some facts of one row stand on."""

    sources: tuple[str, ...] = ()
    verification: str | None = None
    refusal: str = ""

    @classmethod
    def of_names(cls, row: Json) -> Ground:
        """Return the ground of what something is called: that is no statement, so nothing has to prove it."""
        return cls(cited(row))

    @classmethod
    def of(cls, row: Json, world: World) -> Ground:
        """Return the ground of what a row states, by the sources that it cites."""
        verification = verification_of(row, world)
        refusal = _NOT_VERIFIED if verification is Verification.UNVERIFIED else ""
        return cls(cited(row), verification.value, refusal)

    def says(self, formats: Mapping[str, str]) -> Fact:
        """Return a fact with these words by format; what has no words is left out."""
        known = {name: words for name, words in formats.items() if words}
        return Fact(known, self.sources, self.verification, self.refusal)

    def value(self, words: str | None) -> Fact:
        """Return a fact that can be said in one way only."""
        return self.says({"value": words or ""})

    def date(self, words: str) -> Fact:
        """Return a fact that is a day."""
        return self.says({"date": words})

    def count(self, number: int | None, total: int | None = None) -> Fact:
        """Return a fact that is a number of people, also as part of all of them."""
        counted = "" if number is None else f"{number:,}"
        return self.says({"count": counted, "count-of": f"{counted} of {total:,}" if counted and total else ""})


def present(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts that have words."""
    return {path: fact for path, fact in facts.items() if fact.formats}


def below(path: str, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return facts of a child row by their paths in the item."""
    return {f"{path}.{name}": fact for name, fact in facts.items()}


def named(content_ids: list[str], world: World, member: str = "name") -> str:
    """Return what some items are called, as a list in a sentence; those that show no such name by their own."""
    cards = [card for one in content_ids if (card := world.card(one))]
    return joined(sorted(str(card.get(member) or card["name"]) for card in cards))


def name_of(content_id: str | None, world: World, member: str = "name") -> str:
    """Return what one item is called; empty if there is none."""
    return named([content_id], world, member) if content_id else ""


def joined(words: list[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
