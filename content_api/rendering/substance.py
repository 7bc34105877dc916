"""The substance of an item: its text and facts as the public reads them, with no clock and no number in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from content_api.canonical_json import Json, canonical, sha256_of_text
from content_api.editions.models import ReferenceRole
from content_api.fields import UUID_PATTERN, OnWithdrawal
from content_api.rendering.accompaniment import carried, rule_of
from content_api.rendering.quoting import Quote, quote
from content_api.rendering.showing import card_of, facets_of, facts_of, seen, stored_facts, url_of
from content_api.rendering.slots import items_quoted

if TYPE_CHECKING:
    from content_api.kinds import Facets, Facts, SetKey
    from content_api.rendering.slots import Slot
    from content_api.rendering.world import Draft, EditionWorld

RENDERER = 2  # raise it when any output moves; the golden bytes in the tests fail if you forget

SOURCE_SUMMARY = (  # what a fact shows of a source: the members of a SourceSummarySerializer
    *("id", "kind", "slug", "name", "url", "type", "type_label"),
    *("external_url", "verification", "verification_label", "retracted"),
)
_LAST = ("facts", "sources", "disclaimers")  # of the members, they stand behind the kind's own
LICENSE = {"id": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}


@dataclass(frozen=True)
class Use:
    """Something that a text uses: an item (`target`), or a set that it follows."""

    role: ReferenceRole
    target: str | None = None
    cascades: bool = False
    shown: bool = True
    key: SetKey | None = None


@dataclass(frozen=True)
class Rendering:
    """An item as it reads in a world."""

    substance: Json
    canonical: str
    card: Json
    facets: Facets
    facts: str
    uses: list[Use]
    unfilled: tuple[Quote, ...] = ()  # slots without words: such a text may not go out

    @property
    def sha256(self) -> str:
        """The hash of the substance."""
        return sha256_of_text(self.canonical)


@dataclass
class _Recorder:
    """A world that remembers which sets a text asked for, whom it met there, and what it quoted."""

    world: EditionWorld
    quotes: dict[str, Quote] = field(default_factory=dict)
    followed: dict[SetKey, None] = field(default_factory=dict)
    met: dict[str, None] = field(default_factory=dict)

    def card(self, content_id: str) -> Json | None:
        return self.world.card(content_id)

    def facets(self, content_id: str) -> Facets:
        return self.world.facets(content_id)

    def quotable(self, content_id: str) -> Facts | None:
        return self.world.quotable(content_id)

    def quote(self, slot: Slot) -> Quote:
        """Return the words for a slot of a text, and note that the text quotes it."""
        if slot.ref not in self.quotes:
            self.quotes[slot.ref] = quote(slot, self)
        return self.quotes[slot.ref]

    def members(self, key: SetKey) -> list[Json]:
        cards = self.world.members(key)
        self.followed[key] = None
        self.met.update(dict.fromkeys(card["id"] for card in cards))
        return cards

    def pulled(self) -> list[Json]:
        return self.world.pulled()

    def pulled_members(self, key: SetKey) -> list[Json]:
        return self.world.pulled_members(key)


def render(content_id: str, draft: Draft, world: EditionWorld) -> Rendering:
    """Return an item as it reads in a world, with all that it uses there."""
    recorder = _Recorder(world)
    world.prefetch_facts(items_quoted(draft.kind, draft.content))
    card, found_by, own_facts = _shown(content_id, draft, world)
    context = {"world": recorder, "content_id": content_id}
    members = world.serializer(draft.kind, context).to_representation(seen(content_id, draft, world))
    quotes = list(recorder.quotes.values())
    facts = [_fact(one, world) for one in quotes if not one.problem]
    disclaimers = carried(draft.kind, found_by, world)
    members |= {"facts": facts, "disclaimers": [_carried(one) for one in disclaimers]}
    substance = _substance(card, members, url_of(draft.kind, draft.slug))
    return Rendering(
        substance=substance,
        canonical=canonical(substance),
        card=card,
        facets=found_by,
        facts=stored_facts(own_facts),
        uses=[
            *_references(draft, quotes, world),
            *_facts(quotes, world),
            *_sets(recorder),
            *(Use(ReferenceRole.DISCLAIMER, target=one["id"]) for one in disclaimers),
        ],
        unfilled=tuple(one for one in quotes if one.problem),
    )


def _shown(content_id: str, draft: Draft, world: EditionWorld) -> tuple[Json, Facets, Facts]:
    """Return what an item shows of itself: what the world has computed already, where this very draft lies on top of it."""
    card = world.card(content_id) if world.draft(content_id) is draft else None
    if card is not None:
        return card, world.facets(content_id), world.quotable(content_id) or {}
    return card_of(content_id, draft, world), facets_of(content_id, draft, world), facts_of(content_id, draft, world)


def _substance(card: Json, members: Json, url: str) -> Json:
    common = {name: card[name] for name in ("id", "kind", "slug", "url", "name")}
    rest = {name: value for name, value in members.items() if name not in {*common, *_LAST}}
    return {
        **common,
        **rest,
        "facts": members["facts"],
        "sources": members.get("sources", []),
        "disclaimers": members["disclaimers"],
        "attribution": _attribution(str(card["name"]), url),
        "license": LICENSE,
    }


def _attribution(name: str, url: str) -> Json:
    text = f"Cell Therapy Content API: {name}"
    return {"text": text, "html": f'<a href="{escape(url)}">{escape(text)}</a>', "url": url, "required": True}


def _fact(quoted: Quote, world: EditionWorld) -> Json:
    """Return a quoted fact as the item lists it; the envelope adds the version of what it was taken from."""
    item = world.card(quoted.slot.item) if quoted.slot.item else None
    sources = [card for one in quoted.sources if (card := world.card(one))]
    labels = {card.get("verification"): card.get("verification_label") for card in sources}
    return {
        "ref": quoted.slot.ref,
        "text": quoted.words,
        "id": item["id"] if item else None,
        "kind": quoted.kind,
        "slug": item["slug"] if item else None,
        "sources": [{name: card.get(name) for name in SOURCE_SUMMARY} for card in sources],
        "verification": quoted.verification,
        "verification_label": labels.get(quoted.verification),
    }


def _carried(card: Json) -> Json:
    return {"id": card["id"], "slug": card["slug"], "mandatory": rule_of(card).mandatory}


def _references(draft: Draft, quotes: list[Quote], world: EditionWorld) -> list[Use]:
    """Return the items that a text names: in its own fields, and as what its quotes stand on."""
    cascading = {source: False for one in quotes for source in one.sources}
    for reference in draft.kind.references(draft.content):
        cascades = reference.on_withdrawal is OnWithdrawal.CASCADE
        cascading[reference.target] = cascading.get(reference.target, False) or cascades
    world.prefetch(cascading)
    return [
        Use(ReferenceRole.REFERENCE, target=target, cascades=cascades, shown=world.is_live(target))
        for target, cascades in sorted(cascading.items())
    ]


def _facts(quotes: list[Quote], world: EditionWorld) -> list[Use]:
    """Return the items that prose quotes: without them the sentence makes no sense."""
    quoted = sorted({one.slot.item for one in quotes if UUID_PATTERN.match(one.slot.item)})
    return [Use(ReferenceRole.FACT, target=one, cascades=True, shown=world.is_live(one)) for one in quoted]


def _sets(recorder: _Recorder) -> list[Use]:
    followed = [Use(ReferenceRole.SET, key=key) for key in recorder.followed]
    return [*followed, *(Use(ReferenceRole.EMBED, target=target) for target in recorder.met)]
