"""Lists of the items of a kind: found by filters and words, in an order, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import orjson

from content_api import kinds
from content_api.delivery import ordering
from content_api.delivery.filters import EditionFilters
from content_api.delivery.openapi import page_of
from content_api.delivery.pages import PagedView, cut
from content_api.editions import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from content_api.delivery.parameters import Parameter
    from content_api.kinds import Kind


class ListView(PagedView):
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

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [*self.filters.parameters(), ordering.parameter(self.of), *super().all_parameters()]

    def answer(self, **_path: str) -> HttpResponse:
        """Return a page of items."""
        live = queries.readable_of(self.kind, self.number)
        found = self.filters(self._filter_texts(), queryset=live, release=self.number).narrowed()
        return self.composed(lambda: self._body(found))

    def _body(self, found: Any) -> bytes:
        asked = self.values.get("ordering", self.of.default_ordering)
        rows, order = ordering.ordered(found.only("content_id", "slug", "body"), self.of, asked)
        page = cut(rows, order, self.cursor, self.size)
        self.tags = [self.kind, *(str(edition.content_id) for edition in page.rows)]
        head = orjson.dumps(self.envelope(page, order, found.count()))
        bodies = ",".join(edition.body for edition in page.rows)
        return b'%b,"results":[%b]}' % (head[:-1], bodies.encode())

    def _filter_texts(self) -> dict[str, str]:
        return {name: text for name, text in self.texts.items() if name in self.filters.base_filters}
