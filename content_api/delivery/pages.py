"""Lists in pages: keyset pages under a signed cursor, so that a walk sees one release from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q

from content_api.delivery.cursors import CURSOR, Cursor, abbreviated, question_of
from content_api.delivery.ordering import Key, Order
from content_api.delivery.parameters import Parameter, refuse_invalid, whole_number
from content_api.delivery.views import ReadView
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

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


def cut(
    rows: QuerySet[Any], order: str | Order, cursor: Cursor | None, size: int, *, is_descending: bool = False
) -> Page:
    """Return the page that a cursor asks for; the keys of the order are unique together. One query.

    An order of one unique column may be given by its name.
    """
    keys = keys_of(order, is_descending=is_descending)
    is_backwards = cursor is not None and cursor.is_backwards
    if cursor:
        rows = rows.filter(_beyond(keys, cursor))
    columns = (f"-{key.name}" if key.is_descending is not is_backwards else key.name for key in keys)
    found = list(rows.order_by(*columns)[: size + 1])
    has_more = len(found) > size
    page = found[:size]
    if is_backwards:
        return Page(page[::-1], has_more_after=True, has_more_before=has_more)
    return Page(page, has_more_after=has_more, has_more_before=cursor is not None)


def keys_of(order: str | Order, *, is_descending: bool = False) -> Order:
    """Return the keys of an order that may be given by the name of its one column."""
    return (Key(order, is_descending),) if isinstance(order, str) else order


def _beyond(keys: Order, cursor: Cursor) -> Q:
    """Return the condition for rows on the far side of the cursor: a later first key, or the same and a later second…"""
    if len(cursor.position) != len(keys):
        refuse_invalid([{"parameter": "cursor", "detail": "It belongs to a list in another order. Start again."}])
    beyond, same = Q(), Q()
    for key, value in zip(keys, cursor.position, strict=True):
        is_falling = key.is_descending is not cursor.is_backwards
        beyond |= same & Q(**{f"{key.name}__{'lt' if is_falling else 'gt'}": value})
        same &= Q(**{key.name: value})
    return beyond


class PagedView(ReadView):
    """A list in pages. Subclasses write `answer`, with `cut` and `envelope`."""

    beside: ClassVar[frozenset[str]] = frozenset({"cursor", "page_size", "release", "at"})  # what is asked for
    refusals: ClassVar[tuple[int, ...]] = (400, 401, 404, 409)
    counts_redactions = False  # a pinned page says how much was pulled since

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
        release = self._release_or_diverged()
        if release and self.cursor:
            if self.cursor.release != release.number:
                self._refuse_cursor(f"It belongs to release {self.cursor.release}, and `at` says {release.number}.")
            if self.cursor.release_hash != abbreviated(release.hash):
                raise self._diverged(self.cursor.release)
            if self.cursor.question != self.question:
                self._refuse_cursor("It belongs to a list with other filters. Start the list again without it.")
        return release

    @property
    def question(self) -> str:
        """What is asked for, whatever the page."""
        asked = (list(one) for one in self.canonical_query() if one[0] not in self.beside)
        return question_of(self.request.path, *asked)

    def links(self, page: Page, order: str | Order) -> dict[str, str | None]:
        """Return the absolute addresses of the pages on either side."""
        keys, rows = keys_of(order), page.rows
        return {
            "next": self.link(_position(rows[-1], keys)) if page.has_more_after and rows else None,
            "previous": self.link(_position(rows[0], keys), is_backwards=True)
            if page.has_more_before and rows
            else None,
        }

    def envelope(self, page: Page, order: str | Order, count: int) -> dict[str, Any]:
        """Return the members of the envelope that stand before the results."""
        redacted = {"redacted": self.release.left_out} if self.is_pinned and self.counts_redactions else {}  # type: ignore[union-attr]
        return {"release": self.number, "count": count, **redacted, **self.links(page, order)}

    def link(self, position: list[Any], *, is_backwards: bool = False) -> str:
        """Return the absolute address of the page that starts there."""
        digest = abbreviated(self.release.hash) if self.release else ""
        cursor = Cursor(self.number, digest, self.question, position, is_backwards)
        texts = {**self.linked_texts(), "cursor": cursor.signed()}
        return f"{settings.PUBLIC_BASE_URL}{self.request.path}?{urlencode(sorted(texts.items()), safe=',')}"

    def linked_texts(self) -> dict[str, str]:
        """Return the parameters that the other pages are asked with."""
        return self.texts

    def _release_or_diverged(self) -> PublishedRelease | None:
        try:
            return super().find_release()
        except Refused as refusal:
            if self.cursor and refusal.code == "release-not-found":
                raise self._diverged(self.cursor.release) from None
            raise

    def _diverged(self, number: int) -> Refused:
        message = f"The cursor continues in another release {number} than ours. Start again without the cursor."
        return Refused("history-diverged", message)

    def _refuse_cursor(self, detail: str) -> None:
        refuse_invalid([{"parameter": "cursor", "detail": detail}])


def _position(row: Any, keys: Order) -> list[Any]:
    """Return the values by which a row stands where it stands, as JSON has them."""
    values = (getattr(row, key.name) for key in keys)
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
