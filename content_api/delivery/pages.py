"""Lists in pages: keyset pages under a signed cursor, so that a walk sees one release from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

import orjson
from django.conf import settings

from content_api import kinds
from content_api.delivery.cursors import CURSOR, Cursor, abbreviated, question_of
from content_api.delivery.filters import EditionFilters
from content_api.delivery.openapi import page_of
from content_api.delivery.parameters import Parameter, refuse_invalid, whole_number
from content_api.delivery.views import ReadView
from content_api.editions import queries
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from content_api.editions.models import PublishedRelease

DEFAULT_SIZE = 20
MAX_SIZE = 200
PAGE_SIZE = Parameter(
    "page_size",
    "How many to a page.",
    whole_number(1, MAX_SIZE),
    {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
)


@dataclass(frozen=True)
class Page:
    """The rows of a page, in the order of the list, and whether there are more on either side."""

    rows: list[Any]
    has_more_after: bool
    has_more_before: bool


def cut(rows: QuerySet[Any], key: str, cursor: Cursor | None, size: int, *, is_descending: bool = False) -> Page:
    """Return the page that a cursor asks for; `key` is unique in the list and orders it. One query."""
    is_backwards = cursor is not None and cursor.is_backwards
    is_falling = is_backwards is not is_descending
    if cursor:
        rows = rows.filter(**{f"{key}__{'lt' if is_falling else 'gt'}": cursor.position})
    found = list(rows.order_by(f"-{key}" if is_falling else key)[: size + 1])
    has_more = len(found) > size
    page = found[:size]
    if is_backwards:
        return Page(page[::-1], has_more_after=True, has_more_before=has_more)
    return Page(page, has_more_after=has_more, has_more_before=cursor is not None)


class PagedView(ReadView):
    """A list in pages. Subclasses write `answer`, with `cut` and `envelope`."""

    refusals: ClassVar[tuple[int, ...]] = (400, 401, 404, 409)

    @property
    def cursor(self) -> Cursor | None:
        """Where the page starts, unless at the beginning."""
        cursor: Cursor | None = self.values.get("cursor")
        return cursor

    @property
    def size(self) -> int:
        """How many to a page."""
        return int(self.values.get("page_size", DEFAULT_SIZE))

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [*self.parameters, PAGE_SIZE, CURSOR, *super().all_parameters()[len(self.parameters) :]]

    def asked_release(self) -> int | None:
        """Return the release that the cursor pins, or else the one that the client named."""
        named = super().asked_release()
        if self.cursor and named not in {None, self.cursor.release}:
            self._refuse_cursor(f"It belongs to release {self.cursor.release}, and `release` says {named}.")
        return self.cursor.release if self.cursor else named

    def find_release(self) -> PublishedRelease | None:
        """Return the release to read; refuse a cursor that does not belong to it or to what is asked for."""
        release = super().find_release()
        if release and self.cursor:
            if self.cursor.release_hash != abbreviated(release.hash):
                message = f"The cursor continues in another release {release.number} than ours. Start the list again."
                raise Refused("history-diverged", message)
            if self.cursor.question != self.question:
                self._refuse_cursor("It belongs to a list with other filters. Start the list again without it.")
        return release

    @property
    def question(self) -> str:
        """What is asked for, whatever the page."""
        beside = {"cursor", "page_size", "release"}
        return question_of(self.request.path, *(list(one) for one in self.canonical_query() if one[0] not in beside))

    def links(self, page: Page, key: str) -> dict[str, str | None]:
        """Return the absolute addresses of the pages on either side."""
        first, last = (getattr(page.rows[0], key), getattr(page.rows[-1], key)) if page.rows else ("", "")
        return {
            "next": self._link(str(last), is_backwards=False) if page.has_more_after and page.rows else None,
            "previous": self._link(str(first), is_backwards=True) if page.has_more_before and page.rows else None,
        }

    def envelope(self, page: Page, key: str, count: int) -> dict[str, Any]:
        """Return the members of the envelope that stand before the results."""
        redacted = {"redacted": self.release.left_out} if self.is_pinned and self.kind else {}  # type: ignore[union-attr]
        return {"release": self.number, "count": count, **redacted, **self.links(page, key)}

    def _link(self, position: str, *, is_backwards: bool) -> str:
        digest = abbreviated(self.release.hash) if self.release else ""
        cursor = Cursor(self.number, digest, self.question, position, is_backwards)
        texts = {**self.texts, "cursor": cursor.signed()}
        return f"{settings.PUBLIC_BASE_URL}{self.request.path}?{urlencode(sorted(texts.items()), safe=',')}"

    def _refuse_cursor(self, detail: str) -> None:
        refuse_invalid([{"parameter": "cursor", "detail": detail}])


class ListView(PagedView):
    """The items of one kind: their stored bytes, joined."""

    operation = "list"
    summary = "All {plural}"
    description = (
        "Ordered by slug. `next` pins the release: a walk through the pages sees one release, whatever is published "
        "meanwhile. Filters narrow together; in one filter, a comma means any of."
    )
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    @property
    def shape(self) -> Any:
        """A page of the kind's own public shape."""
        kind = kinds.get(self.kind)
        return page_of(kind.serializer, kind.name)

    @property
    def filters(self) -> type[EditionFilters]:
        """What this list can be filtered by."""
        return kinds.get(self.kind).filters or EditionFilters

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [*self.filters.parameters(), *super().all_parameters()]

    def answer(self, **_path: str) -> HttpResponse:
        """Return a page of items."""
        live = queries.readable_of(self.kind, self.number)
        found = self.filters(self._filter_texts(), queryset=live, release=self.number).narrowed()
        return self.composed(lambda: self._body(found))

    def _body(self, found: Any) -> bytes:
        page = cut(found.only("content_id", "slug", "body"), "sort_key", self.cursor, self.size)
        self.tags = [self.kind, *(str(edition.content_id) for edition in page.rows)]
        head = orjson.dumps(self.envelope(page, "slug", found.count()))
        bodies = ",".join(edition.body for edition in page.rows)
        return b'%b,"results":[%b]}' % (head[:-1], bodies.encode())

    def _filter_texts(self) -> dict[str, str]:
        return {name: text for name, text in self.texts.items() if name in self.filters.base_filters}
