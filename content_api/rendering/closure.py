"""Whatever reads differently when some items enter and others leave: rendered once, in one pass.

What items show of themselves settles first: when an item's card, facets, facts or presence moves, what refers to it
is looked at, and so on until nothing moves (cards never read embeds, and facts no prose, so this ends). Then every
text that was touched is rendered once. The cost follows what enters and what refers to it, never what the corpus holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from content_api import kinds
from content_api.editions.models import Edition, PublishedContent
from content_api.rendering.referrers import live_uses, referrers
from content_api.rendering.showing import stored_facts
from content_api.rendering.slots import items_quoted
from content_api.rendering.substance import Rendering, render
from content_api.rendering.world import Draft, EditionWorld, in_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from content_api.canonical_json import Json
    from content_api.kinds import Facets


@dataclass
class Closure:
    """What a change does to the live set.

    `touched` are live items that read differently, with the ids that moved them in `because`; `unchanged` were
    looked at and read as before. `cascaded` leave because something without which they make no sense leaves.
    """

    world: EditionWorld
    entering: dict[str, Rendering] = field(default_factory=dict)
    touched: dict[str, Rendering] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    cascaded: dict[str, str] = field(default_factory=dict)
    because: dict[str, set[str]] = field(default_factory=dict)

    def roots(self, content_id: str, among: AbstractSet[str]) -> set[str]:
        """Return which of these items, directly or by way of others, moved a text."""
        found: set[str] = set()
        seen, frontier = {content_id}, set(self.because[content_id])
        while frontier:
            one = frontier.pop()
            seen.add(one)
            if one in among:
                found.add(one)
            else:
                frontier |= self.because.get(one, set()) - seen
        return found


def close(
    *,
    release: int,
    entering: Mapping[str, Draft],
    leaving: AbstractSet[str],
    pulls: bool = False,
    confirmed: AbstractSet[str] = frozenset(),
) -> Closure:
    """Return what becomes of the live set of a release when items enter and leave it.

    With `pulls`, what leaves is pulled and waits for a second person; the pulls of `confirmed` items have got one.
    In both, a text whose slots can no longer be filled goes too, because nobody is there to correct it.
    """
    cascaded: dict[str, str] = {}
    while True:
        cascaded |= _cascade(release, leaving | cascaded.keys(), entering)
        world = EditionWorld(
            release=release, entering=entering, leaving=leaving | cascaded.keys(), pulls=pulls, confirmed=confirmed
        )
        closure = _closed(world, entering, confirmed, cascaded)
        lost = _unfillable(closure, {*world.leaving, *confirmed}) if pulls or confirmed else {}
        if not lost:
            return closure
        cascaded |= lost


def _closed(
    world: EditionWorld, entering: Mapping[str, Draft], confirmed: AbstractSet[str], cascaded: dict[str, str]
) -> Closure:
    closure = Closure(world=world, cascaded=cascaded)
    _settle(closure, entering, {*world.leaving, *confirmed})
    _read_ahead(closure)
    closure.entering = {one: render(one, draft, world) for one, draft in entering.items()}
    _render_touched(closure)
    return closure


def _unfillable(closure: Closure, gone: AbstractSet[str]) -> dict[str, str]:
    """Return the touched texts with a slot that has no words left, each with what took them away."""
    lost = [one for one, rendering in closure.touched.items() if rendering.unfilled]
    return {one: min(closure.roots(one, gone)) for one in lost}


def live_drafts(content_ids: Iterable[str], release: int) -> dict[str, Draft]:
    """Return the approved content of live items, in today's schema."""
    drafts: dict[str, Draft] = {}
    for batch in in_batches(list(content_ids)):
        editions = Edition.objects.live_in(release).filter(content_id__in=batch)
        hashes = {str(one): sha for one, sha in editions.values_list("content_id", "content_sha256")}
        contents = PublishedContent.objects.in_bulk(set(hashes.values()))
        drafts.update({one: draft_of(contents[sha]) for one, sha in hashes.items()})
    return drafts


def draft_of(stored: PublishedContent) -> Draft:
    """Return published content in today's schema."""
    return Draft.stored(kinds.get(stored.kind), stored.content, stored.schema_version)


def _cascade(release: int, leaving: AbstractSet[str], entering: Mapping[str, Draft]) -> dict[str, str]:
    """Return who must leave too, each with the one because of which it leaves."""
    cascaded: dict[str, str] = {}
    frontier = list(leaving)
    while frontier:
        rows = live_uses(release).filter(target__in=frontier, cascades=True, shown=True)
        found: dict[str, str] = {}
        for content_id, target in rows.values_list("edition__content_id", "target"):
            one = str(content_id)
            if one not in leaving and one not in cascaded and one not in entering:
                found.setdefault(one, str(target))
        cascaded.update(found)
        frontier = list(found)
    return cascaded


@dataclass(frozen=True)
class _Shown:
    """What an item shows of itself to others; None of an item that is not live."""

    card: Json | None
    facets: Facets
    facts: str

    def moved_from(self, before: _Shown) -> bool:
        """Tell whether more than facts is different."""
        return (self.card, self.facets) != (before.card, before.facets)


_NOTHING = _Shown(None, {}, "")


def _settle(closure: Closure, entering: Mapping[str, Draft], gone: set[str]) -> None:
    """Follow what moved to what refers to it, until nothing moves.

    An item that enters and shows of itself what it showed before moves nothing: a new wording costs one rendering,
    however many texts refer to it. Facts that moved reach only those who quote them.
    """
    world = closure.world
    uses = _uses_of_entering(entering)
    known = _stored(entering, world)
    moved, restated = _compared(entering, closure, known)
    moved |= gone
    while moved or restated:
        found_by = referrers(world, moved, restated)
        _note(closure, found_by)
        found = {*found_by, *(one for target in moved for one in uses.get(target, []))} - gone
        world.enter(live_drafts([one for one in found if world.draft(one) is None], world.release))
        known |= _stored([one for one in found if one not in known], world)
        world.prefetch(_targets(closure, found))
        moved, restated = _compared(found, closure, known)


def _compared(content_ids: Iterable[str], closure: Closure, known: dict[str, _Shown]) -> tuple[set[str], set[str]]:
    """Return which items show something else than is known of them, and which of the others state other facts."""
    moved, restated = set(), set()
    for one in content_ids:
        before, after = known[one], _shown(one, closure.world)
        known[one] = after
        if after.moved_from(before):
            moved.add(one)
        elif after != before:
            restated.add(one)
    return moved, restated


def _shown(one: str, world: EditionWorld) -> _Shown:
    return _Shown(world.card(one), world.facets(one), stored_facts(world.quotable(one) or {}))


def _stored(content_ids: Iterable[str], world: EditionWorld) -> dict[str, _Shown]:
    """Return what items show of themselves in the release underneath."""
    wanted = list(content_ids)
    facets = world.stored_facets(wanted)
    found = dict.fromkeys(wanted, _NOTHING)
    for batch in in_batches(wanted):
        rows = Edition.objects.live_in(world.release).filter(content_id__in=batch)
        for content_id, card, facts in rows.values_list("content_id", "card", "facts"):
            found[str(content_id)] = _Shown(orjson.loads(card), facets[str(content_id)], facts)
    return found


def _uses_of_entering(entering: Mapping[str, Draft]) -> dict[str, list[str]]:
    """Return who of those that enter refers to what: their live editions may not have done so yet."""
    uses: dict[str, list[str]] = {}
    for one, draft in entering.items():
        for reference in draft.kind.references(draft.content):
            uses.setdefault(reference.target, []).append(one)
    return uses


def _targets(closure: Closure, content_ids: Iterable[str]) -> set[str]:
    """Return what items refer to: to be read in one go before each of them is looked at."""
    drafts = [draft for one in content_ids if (draft := closure.world.draft(one))]
    return {reference.target for draft in drafts for reference in draft.kind.references(draft.content)}


def _read_ahead(closure: Closure) -> None:
    """Read what every text of this change will ask for, so that it is not asked for text by text."""
    world = closure.world
    texts = {*closure.because, *world.entering_ids} - world.leaving
    world.prefetch(_targets(closure, texts))
    drafts = [draft for one in texts if (draft := world.draft(one))]
    world.prefetch_facts(one for draft in drafts for one in items_quoted(draft.kind, draft.content))


def _note(closure: Closure, referrers: dict[str, set[str]]) -> None:
    for one, causes in referrers.items():
        closure.because.setdefault(one, set()).update(causes)


def _render_touched(closure: Closure) -> None:
    world = closure.world
    candidates = [one for one in closure.because if one not in closure.entering and one not in world.leaving]
    before, hashes = _stored(candidates, world), _stored_hashes(candidates, world.release)
    for one in sorted(candidates):
        draft = world.draft(one)
        if draft is None:
            continue
        rendering = render(one, draft, world)
        shown = _Shown(rendering.card, rendering.facets, rendering.facts)
        if rendering.sha256 == hashes[one] and shown == before[one]:
            closure.unchanged.add(one)
        else:
            closure.touched[one] = rendering


def _stored_hashes(content_ids: list[str], release: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in in_batches(content_ids):
        rows = Edition.objects.live_in(release).filter(content_id__in=batch)
        found.update({str(one): sha for one, sha in rows.values_list("content_id", "substance_sha256")})
    return found
