"""What the dashboard is made of: sections, each a question with its first rows and the count of all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

SHOWN = 8  # rows of a section


def first_of(found: QuerySet[Any]) -> tuple[list[Any], int]:
    """Return the first rows that a query finds, and how many it finds in all; the database looks once for both."""
    rows = list(found.annotate(in_all=Window(Count("*")))[:SHOWN])
    return rows, rows[0].in_all if rows else 0


@dataclass(frozen=True)
class Row:
    """One thing to do, and the page on which it is done."""

    title: str
    url: str
    what: str
    side: str = ""
    at: datetime | date | None = None
    state: str = ""
    state_label: str = ""


@dataclass(frozen=True)
class Section:
    """One question that the dashboard answers; `empty` says what will appear here."""

    title: str
    icon: str
    empty: str
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    url: str = ""  # of all of them

    def holding(self, rows: list[Row], count: int) -> Section:
        """Return the section with its first rows, and how many there are in all."""
        return replace(self, rows=rows, count=count)

    def asking(self, found: QuerySet[Any], row_of: Callable[[Any], Row]) -> Section:
        """Return the section with what a query finds."""
        first, count = first_of(found)
        return self.holding([row_of(one) for one in first], count)

    def listing(self, found: Sequence[Any], row_of: Callable[[Any], Row]) -> Section:
        """Return the section with what was found already."""
        return self.holding([row_of(one) for one in found[:SHOWN]], len(found))
