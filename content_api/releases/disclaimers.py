"""That no text goes out without the disclaimer that it must carry, and that none loses the last one that is mandatory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from content_api import kinds
from content_api.editions.models import Edition, EditionReference, ReferenceRole
from content_api.refusals import Refused
from content_api.rendering.accompaniment import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_api.canonical_json import Json
    from content_api.releases.models import ReleaseWithdrawal
    from content_api.releases.openings import Next
    from content_api.rendering.substance import Rendering

_NAMED = 5  # as many texts as a message names


def check_are_carried(following: Next) -> None:
    """Refuse a release after which a text lacks a mandatory disclaimer that it must have, or had."""
    closure = following.closure
    bare = {one: text for one, text in {**closure.entering, **closure.touched}.items() if not _is_covered(text)}
    moving = _moving(following)
    if moving:
        for withdrawal in following.withdrawals:
            _check_replacement(following, withdrawal, moving)
        _check_not_dropped(following, bare, moving)
    required = [text for text in bare.values() if kinds.get(text.card["kind"]).requires_disclaimer]
    if required:
        raise Refused(
            "disclaimer-missing",
            f"These texts may not go out without a mandatory disclaimer: {_names(required)}. Release with them a "
            "disclaimer that applies to them and has a mandatory clause.",
        )


def _is_covered(text: Rendering) -> bool:
    return any(one["mandatory"] for one in text.substance["disclaimers"])


def _moving(following: Next) -> dict[str, Json]:
    """Return the cards, as they are live now, of the mandatory disclaimers that change or leave with the release."""
    kind, closure = kinds.accompanying(), following.closure
    if kind is None:
        return {}
    changing = [one for one, text in {**closure.entering, **closure.touched}.items() if text.card["kind"] == kind.name]
    if not changing and not closure.world.leaving:
        return {}
    live = Edition.objects.live_in(following.number - 1).filter(kind=kind.name)
    rows = live.filter(content_id__in=[*changing, *closure.world.leaving]).values_list("content_id", "card")
    cards = {str(content_id): orjson.loads(card) for content_id, card in rows}
    return {one: card for one, card in cards.items() if rule_of(card).mandatory}


def _check_replacement(following: Next, withdrawal: ReleaseWithdrawal, moving: dict[str, Json]) -> None:
    """Refuse to take down a mandatory disclaimer that texts carry without saying which one takes its place."""
    one = str(withdrawal.item_id)
    if one not in moving or not _carrying(following, {one}):
        return
    replacement = str(withdrawal.replaced_by_id)
    live = {card["id"]: card for card in following.closure.world.accompanying()}
    if replacement not in live or not rule_of(live[replacement]).mandatory:
        raise Refused(
            "replacement-missing",
            f"Texts carry the mandatory disclaimer “{moving[one]['slug']}”. Name as its replacement a mandatory "
            "disclaimer that is live, or goes out in this release.",
        )


def _check_not_dropped(following: Next, bare: dict[str, Rendering], moving: dict[str, Json]) -> None:
    """Refuse to leave a text without any mandatory disclaimer that carried one of these."""
    lost = _carrying(following, moving) & bare.keys()
    if lost:
        raise Refused(
            "disclaimer-dropped",
            f"These texts would lose their last mandatory disclaimer: {_names(bare[one] for one in lost)}. Release with "
            "this another mandatory disclaimer that applies to them.",
        )


def _carrying(following: Next, disclaimers: Iterable[str]) -> set[str]:
    """Return the live items that carry any of these disclaimers and do not leave with this release."""
    live = Edition.objects.live_in(following.number - 1)
    uses = EditionReference.objects.filter(
        role=ReferenceRole.DISCLAIMER, target__in=list(disclaimers), edition__in=live
    ).values_list("edition__content_id", flat=True)
    return {str(one) for one in uses} - following.closure.world.leaving


def _names(texts: Iterable[Rendering]) -> str:
    slugs = sorted(str(text.card["slug"]) for text in texts)
    more = f", and {len(slugs) - _NAMED} more" if len(slugs) > _NAMED else ""
    return ", ".join(slugs[:_NAMED]) + more
