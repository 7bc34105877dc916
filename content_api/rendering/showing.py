"""What an item shows of itself: its card, what it is found by, and what prose may quote of it.

All three read the item's own content and the cards of what that refers to, never an embed and never prose. So they
settle before any text is rendered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from content_api import shapes
from content_api.kinds import Fact

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import Facets, Facts, Kind
    from content_api.rendering.world import Draft, EditionWorld


def card_of(content_id: str, draft: Draft, world: EditionWorld) -> Json:
    """Return what an item shows of itself to others."""
    content = seen(content_id, draft, world)
    return {
        "id": content_id,
        "kind": draft.kind.name,
        "slug": draft.slug,
        "name": draft.kind.name_of(content),
        "url": url_of(draft.kind, draft.slug),
        **draft.kind.card(content, world),
    }


def facets_of(content_id: str, draft: Draft, world: EditionWorld) -> Facets:
    """Return what an item can be found by: names and values in alphabetical order, each once."""
    return sorted_facets(draft.kind.facets(seen(content_id, draft, world), world))


def facts_of(content_id: str, draft: Draft, world: EditionWorld) -> Facts:
    """Return what prose may quote of an item, by path."""
    facts = draft.kind.facts(seen(content_id, draft, world), world)
    return {path: facts[path] for path in sorted(facts)}


def stored_facts(facts: Facts) -> str:
    """Return facts as they are stored with an edition; nothing if there are none."""
    return orjson.dumps([_stored_fact(path, fact) for path, fact in facts.items()]).decode() if facts else ""


def facts_in(stored: str) -> Facts:
    """Return the facts that are stored with an edition."""
    return {path: _fact(*values) for path, *values in orjson.loads(stored)} if stored else {}


def seen(content_id: str, draft: Draft, world: EditionWorld) -> Json:
    """Return an item's content as a world lets it be seen: see kinds.Kind. The world keeps it until it moves."""
    known = world.seen.get(content_id)
    if known is None or known[0] is not draft:
        known = world.seen[content_id] = (draft, _pruned(content_id, draft, world))
    return dict(known[1])


def _pruned(content_id: str, draft: Draft, world: EditionWorld) -> Json:
    content = shapes.prune(draft.kind.shape, draft.content, world.is_live)
    pulled = world.open_pulls
    doubtful = bool(pulled) and any(one.target in pulled for one in draft.kind.references(draft.content))
    return {**content, "id": content_id, "under_correction": doubtful}


def url_of(kind: Kind, slug: str) -> str:
    """Return an item's path-absolute address."""
    return f"/api/v1/{kind.collection}/{slug}/"


def sorted_facets(facets: Facets) -> Facets:
    """Return names and values in alphabetical order, each once."""
    return {name: sorted({str(value) for value in facets[name]}) for name in sorted(facets) if facets[name]}


def _stored_fact(path: str, fact: Fact) -> list[object]:
    """Return a fact as a list: the first of its formats is the one that a slot gets, so their order is kept."""
    return [path, list(fact.formats.items()), fact.sources, fact.verification, fact.refusal]


def _fact(formats: list[list[str]], sources: list[str], verification: str | None, refusal: str) -> Fact:
    return Fact(dict(formats), tuple(sources), verification, refusal)
