"""Lists of the items of a kind: found by filters and words, in an order, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import orjson

from content_api import kinds
from content_api.delivery import linked_data, ordering, shaping
from content_api.delivery.filters import EditionFilters
from content_api.delivery.openapi import page_of
from content_api.delivery.pages import PagedView, cut
from content_api.delivery.parameters import refuse_invalid
from content_api.delivery.shaping import Shaping
from content_api.delivery.site_words import WordedForSite
from content_api.editions import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from content_api.canonical_json import Json
    from content_api.delivery.ordering import Order
    from content_api.delivery.pages import Page
    from content_api.delivery.parameters import Parameter
    from content_api.kinds import Kind


class ListView(WordedForSite, PagedView):
    """The items of one kind: their stored bytes, joined."""

    operation = "list"
    summary = "All {plural}"
    description = (
        "`next` pins the release: a walk through the pages sees one release, whatever is published "
        "meanwhile. Filters narrow together; in one filter, a comma means any of."
    )
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    counts_redactions = True

    @property
    def of(self) -> Kind:
        """The kind of the items."""
        return kinds.get(self.kind)

    @property
    def shape(self) -> Any:
        """A page of the kind's own public shape."""
        return page_of(self.of.serializer, self.kind)

    @property
    def filters(self) -> type[EditionFilters]:
        """What this list can be filtered by."""
        return self.of.filters or EditionFilters

    @property
    def has_linked_data(self) -> bool:
        """Whether the list can be answered in JSON-LD too."""
        return bool(self.of.linked_data and self.of.linked_data.page)

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [
            *self.filters.parameters(),
            ordering.parameter(self.of),
            *shaping.parameters(self.kind),
            *super().all_parameters(),
        ]

    def answer(self, **_path: str) -> HttpResponse:
        """Return a page of items."""
        live = queries.readable_of(self.kind, self.number)
        found = self.filters(self._filter_texts(), queryset=live, release=self.number).narrowed()
        made = self.of.linked_data
        if made and made.page and linked_data.is_asked_for(self.request):
            return self._linked(found, made.page)
        if "include" in self.values and self.size > shaping.MOST_WITH_INCLUDE:
            detail = f"With include, ask for at most {shaping.MOST_WITH_INCLUDE} to a page."
            refuse_invalid([{"parameter": "page_size", "detail": detail}])
        return self.composed(lambda: self._body(found))

    def _linked(self, found: Any, make: Callable[[list[Json], str], Json]) -> HttpResponse:
        """Return a page of the list as JSON-LD; its neighbors are in the Link header, where JSON-LD has no place."""
        linked_data.refuse_shaping(self.values)
        links: dict[str, str | None] = {}

        def made(base: str) -> Json:
            page, order = self._page(found)
            self.tags = [self.kind, *(str(edition.content_id) for edition in page.rows)]
            links.update(self.links(page, order))
            return make([orjson.loads(edition.body) for edition in page.rows], base)

        response = linked_data.answered(self.request, made, self.digest())
        if shown := [f'<{url}>; rel="{way}"' for way, url in links.items() if url]:
            response.headers["Link"] = ", ".join(shown)
        return response

    def _page(self, found: Any) -> tuple[Page, Order]:
        asked = self.values.get("ordering", self.of.default_ordering)
        rows, order = ordering.ordered(found.only("content_id", "slug", "body"), self.of, asked)
        return cut(rows, order, self.cursor, self.size), order

    def _body(self, found: Any) -> bytes:
        page, order = self._page(found)
        self.tags = [self.kind, *(str(edition.content_id) for edition in page.rows)]
        envelope = self.envelope(page, order, found.count())
        bodies = [edition.body for edition in page.rows]
        asked_for = Shaping.asked_for(self.values)
        return self._shaped(envelope, bodies, asked_for) if asked_for else _joined(envelope, bodies)

    def _shaped(self, envelope: Json, bodies: list[str], asked_for: Shaping) -> bytes:
        """Return the items in the shape asked for; on a pinned read, what an include leaves out counts as redacted."""
        shaped = asked_for.apply([orjson.loads(body) for body in bodies], self.number)
        self.tags = [*self.tags, *shaped.included]
        redacted = {"redacted": envelope["redacted"] + shaped.redacted} if "redacted" in envelope else {}
        return orjson.dumps({**envelope, **redacted, "results": shaped.items})

    def _filter_texts(self) -> dict[str, str]:
        return {name: text for name, text in self.texts.items() if name in self.filters.base_filters}


def _joined(envelope: Json, bodies: list[str]) -> bytes:
    """Return whole items as they were published, byte for byte."""
    return b'%b,"results":[%b]}' % (orjson.dumps(envelope)[:-1], ",".join(bodies).encode())
