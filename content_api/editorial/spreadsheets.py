"""Rows as CSV that a spreadsheet reads and never runs."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What makes a spreadsheet take a cell for a formula, or part one cell into two, in plain and in full-width form.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula: one that looks like it gets an apostrophe."""
    text = "" if value is None else str(value)
    is_formula = text.startswith(_STARTS) or text.lstrip(" \u00a0\u3000").startswith(_STARTS)
    return f"'{text}" if is_formula else text


def lines(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file, one row at a time."""
    writer = csv.writer(_Passing())
    yield writer.writerow([cell(one) for one in header])
    for row in rows:
        yield writer.writerow([cell(one) for one in row])


class _Passing:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
