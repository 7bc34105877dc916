"""Which disclaimers a text carries, by their rules; and which texts carry one that appears or changes its rule.

Nothing is written down for a disclaimer that may come one day: a rule is itself the question whom it reaches. So a
disclaimer costs what carries it, and whatever carries none costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api import kinds
from content_api.editions.models import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_api.canonical_json import Json
    from content_api.editions.models import EditionQuerySet
    from content_api.kinds import Facets, Kind, Rule
    from content_api.rendering.world import EditionWorld


def carried(kind: Kind, facets: Facets, world: EditionWorld) -> list[Json]:
    """Return the cards of the disclaimers that an item carries in a world, by slug; a disclaimer carries none."""
    if kind.accompanies:
        return []
    return [card for card in world.accompanying() if rule_of(card).applies(kind.name, facets)]


def carriers(world: EditionWorld, moved: Iterable[str]) -> dict[str, set[str]]:
    """Return the live items that the rules of moved disclaimers reach now, each with those disclaimers.

    Who carried one before is known from what each edition uses.
    """
    found: dict[str, set[str]] = {}
    wanted = set(moved)
    for card in world.accompanying():
        if card["id"] in wanted:
            reached = _reached_by(rule_of(card), world.release)
            for content_id in reached.values_list("content_id", flat=True):
                found.setdefault(str(content_id), set()).add(card["id"])
    return found


def rule_of(card: Json) -> Rule:
    """Return the rule of a disclaimer, by its card."""
    accompanies = kinds.get(card["kind"]).accompanies
    if accompanies is None:
        msg = f"Items of the kind {card['kind']} accompany nothing."
        raise TypeError(msg)
    return accompanies(card)


def _reached_by(rule: Rule, release: int) -> EditionQuerySet:
    names = [kind.name for kind in kinds.all_kinds() if kind.accompanies is None and rule.reaches(kind.name)]
    reached: EditionQuerySet = Edition.objects.live_in(release).filter(kind__in=names)
    for name, wanted in rule.facets.items():
        if wanted:
            reached = reached.having_or_open(name, wanted)
    return reached
