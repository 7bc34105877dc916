"""How far a statement can be trusted: as far as the best of its sources, of those that were not taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies.vocabulary import Verification

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import World


def verification_of(row: Json, world: World) -> Verification:
    """Return the best verification among the sources of a row; without any it is UNVERIFIED."""
    found = {card["verification"] for card in _cards(row, world) if not card["retracted"]}
    return next((level for level in Verification if level in found), Verification.UNVERIFIED)


def _cards(row: Json, world: World) -> list[Json]:
    cited = [citation["source"] for citation in row.get("sources", [])] + [row.get("source")]
    cards = [world.card(source) for source in cited if source]
    return [card for card in cards if card]
