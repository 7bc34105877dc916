"""Whatever reads differently when some items enter and others leave: rendered once, in one pass.

Cards settle first: when an item's card, facets or presence moves, what refers to it is looked at, and so on until
no card moves (cards never read embeds, so this ends). Then every text that was touched is rendered once. The cost
follows what enters and what refers to it, never what the corpus holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import orjson

from content_api import kinds
from content_api.editions.models import Edition, EditionReference, OpenPull, PublishedContent, ReferenceRole
from content_api.kinds import SetKey
from content_api.rendering.substance import Rendering, render
from content_api.rendering.world import Draft, EditionWorld, in_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from django.db.models import QuerySet

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
    """
    cascaded = _cascade(release, leaving, entering)
    gone = leaving | cascaded.keys()
    world = EditionWorld(release=release, entering=entering, leaving=gone, pulls=pulls, confirmed=confirmed)
    closure = Closure(world=world, cascaded=cascaded)
    _settle_cards(closure, {*entering, *gone, *confirmed})
    world.forget()
    closure.entering = {one: render(one, draft, world) for one, draft in entering.items()}
    _render_touched(closure)
    return closure


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
        rows = _live_uses(release).filter(target__in=frontier, cascades=True, shown=True)
        found: dict[str, str] = {}
        for content_id, target in rows.values_list("edition__content_id", "target"):
            one = str(content_id)
            if one not in leaving and one not in cascaded and one not in entering:
                found.setdefault(one, str(target))
        cascaded.update(found)
        frontier = list(found)
    return cascaded


def _settle_cards(closure: Closure, moved: set[str]) -> None:
    world, fixed = closure.world, set(moved)
    known: dict[str, tuple[Json | None, Facets]] = {}
    while moved:
        referrers = _referrers(closure, moved)
        _note(closure, referrers)
        found = {one for one in referrers if one not in fixed}
        world.enter(live_drafts([one for one in found if world.draft(one) is None], world.release))
        moved = {one for one in found if _card_moved(one, world, known)}


def _card_moved(one: str, world: EditionWorld, known: dict[str, tuple[Json | None, Facets]]) -> bool:
    before = known.get(one) or (_stored_card(one, world), world.stored_facets([one])[one])
    after = (world.card(one), world.facets(one))
    known[one] = after
    return before != after


def _stored_card(one: str, world: EditionWorld) -> Json | None:
    card = Edition.objects.live_in(world.release).filter(content_id=one).values_list("card", flat=True).first()
    return orjson.loads(card) if card else None


def _referrers(closure: Closure, moved: set[str]) -> dict[str, set[str]]:
    """Return who refers to, or follows a set of, what moved: each with the ids that moved it."""
    found: dict[str, set[str]] = {}
    for batch in in_batches(sorted(moved)):
        rows = _live_uses(closure.world.release).filter(target__in=batch)
        for content_id, target in rows.values_list("edition__content_id", "target"):
            found.setdefault(str(content_id), set()).add(str(target))
    keys = _set_keys(closure, moved)
    for batch in in_batches(sorted(keys)):
        rows = _live_uses(closure.world.release).filter(set_key__in=batch)
        for content_id, key in rows.values_list("edition__content_id", "set_key"):
            found.setdefault(str(content_id), set()).update(keys[key])
    return found


def _set_keys(closure: Closure, moved: set[str]) -> dict[str, set[str]]:
    """Return the keys of the sets that what moved was or will be a member of, each with those members."""
    shapes = _followed_shapes(closure.world.release)
    stored = closure.world.stored_facets(moved)
    kind_of = _kinds_of(moved, closure.world)
    waited = _facets_of_pulled(moved)
    keys: dict[str, set[str]] = {}
    for one in moved:
        for names in shapes.get(kind_of.get(one, ""), []):
            for facets in (stored[one], closure.world.facets(one), waited.get(one, {})):
                for values in product(*(facets.get(name, []) for name in names)):
                    key = SetKey.of(kind_of[one], **dict(zip(names, values, strict=True)))
                    keys.setdefault(str(key), set()).add(one)
    return keys


def _facets_of_pulled(content_ids: set[str]) -> dict[str, Facets]:
    rows = OpenPull.objects.filter(until_release=None, content_id__in=content_ids)
    return {str(one): facets for one, facets in rows.values_list("content_id", "facets")}


def _kinds_of(content_ids: set[str], world: EditionWorld) -> dict[str, str]:
    found = {one: draft.kind.name for one in content_ids if (draft := world.draft(one))}
    for batch in in_batches([one for one in content_ids if one not in found]):
        rows = Edition.objects.filter(content_id__in=batch).values_list("content_id", "kind").distinct()
        found.update({str(one): kind for one, kind in rows})
    return found


def _followed_shapes(release: int) -> dict[str, list[list[str]]]:
    """Return which facets the followed sets of each kind ask for."""
    rows = _live_uses(release).filter(role=ReferenceRole.SET).values_list("set_shape", flat=True).distinct()
    shapes: dict[str, list[list[str]]] = {}
    for shape in rows:
        kind, _, names = shape.removesuffix(")").partition("(")
        shapes.setdefault(kind, []).append(names.split(","))
    return shapes


def _note(closure: Closure, referrers: dict[str, set[str]]) -> None:
    for one, causes in referrers.items():
        closure.because.setdefault(one, set()).update(causes)


def _render_touched(closure: Closure) -> None:
    world = closure.world
    candidates = [one for one in closure.because if one not in closure.entering and one not in world.leaving]
    before = _stored_hashes(candidates, world.release)
    stored_facets = world.stored_facets(candidates)
    for one in sorted(candidates):
        draft = world.draft(one)
        if draft is None:
            continue
        rendering = render(one, draft, world)
        same = (rendering.sha256, rendering.facets, rendering.card) == (
            before[one][0],
            stored_facets[one],
            before[one][1],
        )
        if same:
            closure.unchanged.add(one)
        else:
            closure.touched[one] = rendering


def _stored_hashes(content_ids: list[str], release: int) -> dict[str, tuple[str, Json]]:
    found: dict[str, tuple[str, Json]] = {}
    for batch in in_batches(content_ids):
        rows = Edition.objects.live_in(release).filter(content_id__in=batch)
        values = rows.values_list("content_id", "substance_sha256", "card")
        found.update({str(one): (sha, orjson.loads(card)) for one, sha, card in values})
    return found


def _live_uses(release: int) -> QuerySet[EditionReference]:
    return EditionReference.objects.filter(edition__in=Edition.objects.live_in(release))
