"""Search over everything public: which items hold every word, the best places first, and where the words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from rest_framework import serializers

from content_api import kinds
from content_api.delivery import terms
from content_api.delivery.openapi import ItemNameSerializer, page_of
from content_api.delivery.ordering import Key, Order
from content_api.delivery.pages import PagedView, cut
from content_api.delivery.parameters import InvalidValue, Parameter, nearest, split_list
from content_api.editions import queries, searching
from content_api.editions.queries import by_code_point
from content_api.editions.words import spots, trace_of
from content_api.rendering.passages import passages

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from django.http import HttpResponse

    from content_api.canonical_json import Json
    from content_api.editions.models import Edition
    from content_api.editions.searching import Term, Wanted
    from content_api.editions.words import Spot

MOST_HIGHLIGHTS = 50
BEST_FIRST: Order = (Key("hit_rank"), Key("sort_key"), Key("kind_key"))


def _kinds(text: str) -> list[str]:
    names = [kind.name for kind in kinds.all_kinds()]
    for name in split_list(text):
        if name not in names:
            msg = f"There is no kind “{name}”. {nearest(name, names)}".strip()
            raise InvalidValue(msg)
    return split_list(text)


def _kind_parameter() -> Parameter:
    names = [kind.name for kind in kinds.all_kinds()]
    schema = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "uniqueItems": True}
    return Parameter("kind", "Only items of these kinds.", _kinds, schema, is_list=True)


class HighlightSerializer(serializers.Serializer[Any]):
    """A place where a word was found."""

    field = serializers.CharField(
        help_text="A JSON Pointer into the item as it is delivered, such as `/aliases/0/name`."
    )
    start = serializers.IntegerField(help_text="The first Unicode code point of the word in that text, from 0.")
    end = serializers.IntegerField(help_text="The code point behind its last.")


class HitSerializer(ItemNameSerializer):
    """An item that was found."""

    highlights = HighlightSerializer(many=True, help_text=f"Names first; at most {MOST_HIGHLIGHTS}.")


class SearchView(PagedView):
    """What holds every word of a query."""

    operation = "search"
    summary = "Search"
    description = (
        "Items of all kinds that hold every word: first those that hold them all in their names, then in short texts, "
        "then in texts; equal ones by slug, then by kind. A pinned search finds the same for ever, less what was pulled."
    )
    shape = page_of(HitSerializer, "search")
    counts_redactions = True

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [terms.parameter(is_required=True), _kind_parameter(), *super().all_parameters()]

    def answer(self, **_path: str) -> HttpResponse:
        """Return a page of hits."""
        return self.composed(lambda: self._body(self.values["q"]))

    def _body(self, wanted: list[Term]) -> Json:
        live = queries.readable_in(self.number)
        if "kind" in self.values:
            live = live.filter(kind__in=self.values["kind"])
        found = searching.matching(live, wanted)
        ranked = found.annotate(hit_rank=searching.rank_of(wanted), kind_key=by_code_point("kind"))
        page = cut(ranked.only("content_id", "kind", "slug", "body"), BEST_FIRST, self.cursor, self.size)
        self.tags = [str(edition.content_id) for edition in page.rows]
        trace = trace_of({one.word for term in wanted for group in term for one in group})
        results = [_hit(edition, wanted, trace) for edition in page.rows]
        return {**self.envelope(page, BEST_FIRST, found.count()), "results": results}


def _hit(edition: Edition, wanted: Sequence[Term], trace: re.Pattern[str]) -> Json:
    item = orjson.loads(edition.body)
    marks = list(_highlights(item, edition.kind, wanted, trace))
    return {**{name: item[name] for name in ("id", "kind", "slug", "name", "url")}, "highlights": marks}


def _highlights(item: Json, kind: str, wanted: Sequence[Term], trace: re.Pattern[str]) -> Iterator[Json]:
    """Yield the places of the words by which an item was found; only where they may stand is text cut into words again."""
    places = [(one.pointer, list(spots(one.prose, trace))) for one in passages(item, kinds.get(kind).searchable)]
    words = {spot.word for _, found in places for spot in found}
    looked_for = [one for term in wanted for one in terms.group_in(term, words)]
    marks = ((pointer, start, end) for pointer, found in places for start, end in _marks(found, looked_for))
    for (pointer, start, end), _ in zip(marks, range(MOST_HIGHLIGHTS), strict=False):
        yield {"field": pointer, "start": start, "end": end}


def _marks(found: list[Spot], looked_for: list[Wanted]) -> list[tuple[int, int]]:
    """Return where the words stand in one text, as one mark where they touch."""
    marks: list[tuple[int, int]] = []
    for start, end in sorted((spot.start, spot.end) for spot in found if terms.met_by(spot.word, looked_for)):
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks
