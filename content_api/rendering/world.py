"""The items that are live in a release, with what a change puts on top of them and takes away."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from content_api import kinds
from content_api.editions.models import Edition, Facet, OpenPull
from content_api.rendering.showing import card_of, facets_of, facts_in, facts_of, sorted_facets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from content_api.canonical_json import Json
    from content_api.editions.models import EditionQuerySet
    from content_api.kinds import Facets, Facts, Kind, SetKey

_BATCH = 500  # parameters of one statement; SQLite stops at 32,766


def in_batches(values: list[str]) -> Iterator[list[str]]:
    """Yield the values in lists short enough for one statement."""
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


class Draft:
    """The content of an item that enters the world, in today's schema; stored content is read when first needed."""

    def __init__(self, kind: Kind, read: Callable[[], Json]) -> None:
        self.kind = kind
        self._read = read

    @classmethod
    def stored(cls, kind: Kind, text: str, schema_version: int) -> Draft:
        """Return content that was stored in some version of its schema."""
        return cls(kind, lambda: kind.upcast(orjson.loads(text), schema_version))

    @cached_property
    def content(self) -> Json:
        """What the item says."""
        return self._read()

    @property
    def slug(self) -> str:
        """The address that it will have."""
        return str(self.content["slug"])


class EditionWorld:
    """A world over editions: implements kinds.World.

    `release` is the number whose live set lies underneath (0: nothing). `entering` items are rendered from their
    drafts, `leaving` items are gone (`pulls`: pulled), and the pulls of `confirmed` items wait no longer. Drafts that
    are `waiting` lie on top as well, to be shown and not to be rendered: nothing is read ahead for them. Cards, facets
    and facts of entering items are computed when first asked for.
    """

    def __init__(
        self,
        *,
        release: int,
        entering: Mapping[str, Draft] | None = None,
        waiting: Mapping[str, Draft] | None = None,
        leaving: AbstractSet[str] = frozenset(),
        pulls: bool = False,
        confirmed: AbstractSet[str] = frozenset(),
    ) -> None:
        self.release = release
        self.leaving = leaving
        self._pulls = pulls
        self._confirmed = confirmed
        self._entering = {**(waiting or {}), **(entering or {})}
        self._rendered = set(entering or {})
        self._stored: dict[str, Json | None] = {}
        self._stored_facets: dict[str, Facets] = {}
        self._stored_facts: dict[str, Facts | None] = {}
        self._stored_sets: dict[tuple[str, str], dict[str, list[Json]]] = {}
        self._entering_by_facet: dict[str, dict[tuple[str, str], set[str]]] = {}
        self._serializers: dict[str, Any] = {}
        self.seen: dict[str, tuple[Draft, Json]] = {}  # kept for showing.seen
        self._computed: dict[str, Json] = {}
        self._computed_facets: dict[str, Facets] = {}
        self._computed_facts: dict[str, Facts] = {}
        self._accompanying: list[Json] | None = None

    def with_drafts(self, drafts: Mapping[str, Draft]) -> EditionWorld:
        """Return another world with more drafts on top."""
        return EditionWorld(release=self.release, entering=drafts, waiting=self._entering, leaving=self.leaving)

    def enter(self, drafts: Mapping[str, Draft]) -> None:
        """Put more drafts on top; what was computed before may have read the old ones."""
        self._entering.update(drafts)
        self._rendered.update(drafts)
        self.forget()

    def forget(self) -> None:
        """Compute what entering items show of themselves anew when it is next asked for."""
        self._entering_by_facet.clear()
        self.seen.clear()
        self._computed.clear()
        self._computed_facets.clear()
        self._computed_facts.clear()
        self._accompanying = None

    @property
    def entering_ids(self) -> AbstractSet[str]:
        """The items whose drafts lie on top."""
        return self._entering.keys()

    def draft(self, content_id: str) -> Draft | None:
        """Return the draft of an entering item."""
        return self._entering.get(content_id)

    def serializer(self, kind: Kind, context: Json) -> Any:
        """Return the serializer of a kind, made once for all items of this world: its fields are many."""
        if kind.name not in self._serializers:
            self._serializers[kind.name] = kind.serializer()
        self._serializers[kind.name]._context = context  # of the item at hand
        return self._serializers[kind.name]

    def is_live(self, content_id: str) -> bool:
        """Tell whether an item is there for others to refer to; of one that enters, no card is made for that."""
        entering = content_id in self._entering and content_id not in self.leaving
        return entering or self.card(content_id) is not None

    def card(self, content_id: str) -> Json | None:
        """Return what an item shows of itself to others, or None if it is not live."""
        if content_id in self.leaving:
            return None
        if content_id in self._entering:
            return self._computed_card(content_id)
        if content_id not in self._stored:
            self.prefetch([content_id])
        return self._stored[content_id]

    def facets(self, content_id: str) -> Facets:
        """Return what a live item can be found by."""
        if content_id in self.leaving:
            return {}
        if content_id not in self._entering:
            return self.stored_facets([content_id])[content_id]
        if content_id not in self._computed_facets:
            draft = self._entering[content_id]
            self._computed_facets[content_id] = facets_of(content_id, draft, self)
        return self._computed_facets[content_id]

    def quotable(self, content_id: str) -> Facts | None:
        """Return what prose may quote of an item, or None if it is not live."""
        if content_id in self.leaving:
            return None
        if content_id not in self._entering:
            self.prefetch_facts([content_id])
            return self._stored_facts[content_id]
        if content_id not in self._computed_facts:
            self._computed_facts[content_id] = facts_of(content_id, self._entering[content_id], self)
        return self._computed_facts[content_id]

    def members(self, key: SetKey) -> list[Json]:
        """Return the cards of a set's live members, ordered by slug."""
        stored = self._stored_members(key)
        found = [card for card in stored if card["id"] not in self._entering and card["id"] not in self.leaving]
        found += [self._computed_card(one) for one in self._entering_members(key)]
        return sorted(found, key=lambda card: str(card["slug"]))

    def accompanying(self) -> list[Json]:
        """Return the cards of all live items that accompany others by rule, ordered by slug."""
        if self._accompanying is None:
            kind, moving = kinds.accompanying(), {*self._entering, *self.leaving}
            found = [card for card in self._stored_accompanying if card["id"] not in moving]
            entering = (one for one, draft in self._entering.items() if draft.kind is kind and one not in self.leaving)
            found += [self._computed_card(one) for one in entering]
            self._accompanying = sorted(found, key=lambda card: str(card["slug"]))
        return self._accompanying

    @cached_property
    def _stored_accompanying(self) -> list[Json]:
        kind = kinds.accompanying()
        rows = self._live().filter(kind=kind.name).values_list("card", flat=True) if kind else []
        return [orjson.loads(card) for card in rows]

    def pulled(self) -> list[Json]:
        """Return the last cards of items whose pull waits for its second person."""
        return [card for card, _ in self.open_pulls.values()]

    def pulled_members(self, key: SetKey) -> list[Json]:
        """Return those of them that were found in a set, ordered by slug."""
        found = [card for card, facets in self.open_pulls.values() if card["kind"] == key.kind and key.holds(facets)]
        return sorted(found, key=lambda card: str(card["slug"]))

    @cached_property
    def open_pulls(self) -> dict[str, tuple[Json, Facets]]:
        """Items whose pull waits for its second person: what each showed of itself, and was found by."""
        rows = OpenPull.objects.open_in(self.release).exclude(content_id__in=self._confirmed)
        found: dict[str, tuple[Json, Facets]] = {str(one.content_id): _last_seen(one) for one in rows}
        if self._pulls:
            facets = self.stored_facets(self.leaving)
            rows_of_cards = self._live().filter(content_id__in=self.leaving).values_list("content_id", "card")
            found |= {str(one): (orjson.loads(card), facets[str(one)]) for one, card in rows_of_cards}
        return found

    def prefetch(self, content_ids: Iterable[str]) -> None:
        """Read the stored cards of many items in one go."""
        wanted = [one for one in dict.fromkeys(content_ids) if one not in self._stored and one not in self._entering]
        for batch in in_batches(wanted):
            self._stored.update(dict.fromkeys(batch))
            rows = self._live().filter(content_id__in=batch).values_list("content_id", "card")
            self._stored.update({str(content_id): orjson.loads(card) for content_id, card in rows})

    def prefetch_facts(self, content_ids: Iterable[str]) -> None:
        """Read in one go what prose may quote of many live items, and their cards."""
        wanted = [one for one in dict.fromkeys(content_ids) if one not in self._stored_facts]
        for batch in in_batches([one for one in wanted if one not in self._entering]):
            self._stored_facts.update(dict.fromkeys(batch))
            rows = self._live().filter(content_id__in=batch).values_list("content_id", "facts")
            self._stored_facts.update({str(content_id): facts_in(facts) for content_id, facts in rows})
            self.prefetch(batch)

    def stored_facets(self, content_ids: Iterable[str]) -> dict[str, Facets]:
        """Return the facets under which items are live now, whatever is entering."""
        wanted = list(dict.fromkeys(content_ids))
        missing = [one for one in wanted if one not in self._stored_facets]
        for batch in in_batches(missing):
            found: dict[str, dict[str, list[str]]] = {one: {} for one in batch}
            rows = Facet.objects.filter(edition__in=self._live().filter(content_id__in=batch))
            for content_id, name, value in rows.values_list("edition__content_id", "name", "value"):
                found[str(content_id)].setdefault(name, []).append(value)
            self._stored_facets.update({one: sorted_facets(facets) for one, facets in found.items()})
        return {one: self._stored_facets[one] for one in wanted}

    def _stored_members(self, key: SetKey) -> list[Json]:
        """Return the stored cards of a set.

        A set is asked for by the item that it is about, so the first question answers those of all that are rendered.
        """
        if len(key.facets) > 1:
            live = self._live().filter(kind=key.kind)
            for name, value in key.facets:
                live = live.having(name, [value])
            return [orjson.loads(card) for card in live.values_list("card", flat=True)]
        ((name, value),) = key.facets
        known = self._stored_sets.setdefault((key.kind, name), {})
        if value not in known:
            self._read_sets(key.kind, name, [value, *(self._rendered - known.keys() - {value})])
        return known[value]

    def _read_sets(self, kind: str, name: str, values: list[str]) -> None:
        known = self._stored_sets[kind, name]
        for batch in in_batches(values):
            known.update({value: [] for value in batch})
            rows = Facet.objects.filter(name=name, value__in=batch, edition__in=self._live().filter(kind=kind))
            for value, card in rows.values_list("value", "edition__card"):
                known[value].append(orjson.loads(card))

    def _live(self) -> EditionQuerySet:
        return Edition.objects.live_in(self.release)

    def _entering_members(self, key: SetKey) -> set[str]:
        if key.kind not in self._entering_by_facet:
            self._entering_by_facet[key.kind] = self._indexed(key.kind)
        index = self._entering_by_facet[key.kind]
        return set.intersection(*(index.get(facet, set()) for facet in key.facets))

    def _indexed(self, kind: str) -> dict[tuple[str, str], set[str]]:
        """Return the entering items of a kind by facet and value."""
        index: dict[tuple[str, str], set[str]] = {}
        for content_id, draft in self._entering.items():
            if draft.kind.name == kind and content_id not in self.leaving:
                for name, values in self.facets(content_id).items():
                    for value in values:
                        index.setdefault((name, value), set()).add(content_id)
        return index

    def _computed_card(self, content_id: str) -> Json:
        if content_id not in self._computed:
            self._computed[content_id] = card_of(content_id, self._entering[content_id], self)
        return self._computed[content_id]


def _last_seen(pull: OpenPull) -> tuple[Json, Facets]:
    return orjson.loads(pull.card), pull.facets
