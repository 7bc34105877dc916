"""Rows that take a while to go through, and whoever wants to see how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    Row = TypeVar("Row", bound=Model)

AT_ONCE = 200  # rows that are held in memory
PATIENCE = 2  # seconds in which nobody asks how far it is


class Watch(Protocol):
    """What hands out rows one by one, and may tell somebody about it."""

    def __call__(self, rows: QuerySet[Row], /) -> Iterable[Row]:
        """Return the rows."""


def unwatched(rows: QuerySet[Row], /) -> Iterable[Row]:
    """Return rows, and tell nobody."""
    return rows.iterator(AT_ONCE)


def on_terminal(rows: QuerySet[Row], /) -> Iterable[Row]:
    """Return rows, and show on a terminal how far it is, if it takes longer than anybody waits without asking."""
    name = str(rows.model._meta.verbose_name_plural)
    return tqdm(rows.iterator(AT_ONCE), total=rows.count(), desc=name, delay=PATIENCE, disable=None, leave=False)
