"""How far a statement can be trusted: as far as the best of its sources, of those that were not taken back.

And for how long: a result holds until a later one of the same trial takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies.vocabulary import Verification

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import World


def verification_of(row: Json, world: World) -> Verification:
    """Return the best verification among the sources of a row; without any it is UNVERIFIED."""
    cards = [card for one in cited(row) if (card := world.card(one))]
    found = {card["verification"] for card in cards if not card["retracted"]}
    return next((level for level in Verification if level in found), Verification.UNVERIFIED)


def cited(row: Json) -> tuple[str, ...]:
    """Return the content ids of the sources that a row cites, each once, in its order."""
    sources = [citation["source"] for citation in row.get("sources", [])] + [row.get("source")]
    return tuple(dict.fromkeys(source for source in sources if source))


def weakest(verifications: list[str]) -> str | None:
    """Return how far a statement made of several can be trusted: as far as the weakest; None if there are none."""
    return next((level.value for level in reversed(Verification) if level in verifications), None)


def successors(content: Json, key: str) -> list[str]:
    """Return the keys of the results that took a result's place, one after the other; a key twice means a circle."""
    next_of = {one["key"]: one["superseded_by"] for one in content["results"]}
    found: list[str] = []
    while (key := next_of.get(key, "")) and found.count(key) < 2:  # noqa: PLR2004 - the second time closes the circle
        found.append(key)
    return found
