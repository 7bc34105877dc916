"""For whom an indication is, in words: one criterion is always said in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def for_whom(tumor_types: str, cut_offs: Iterable[str], prior_lines_min: int | None, age_min_years: int | None) -> str:
    """Return all criteria of an indication as one list: `gastric cancer; HER2-negative: …; at least 2 …`."""
    return "; ".join(filter(None, [tumor_types, *cut_offs, lines_words(prior_lines_min), age_words(age_min_years)]))


def lines_words(prior_lines_min: int | None) -> str:
    """Return how many earlier lines of treatment are asked for; empty if nothing is stated."""
    match prior_lines_min:
        case None:
            return ""
        case 0:
            return "no earlier line of treatment needed"
        case 1:
            return "at least 1 earlier line of treatment"
        case _:
            return f"at least {prior_lines_min} earlier lines of treatment"


def age_words(age_min_years: int | None) -> str:
    """Return from which age on it is; empty if nothing is stated."""
    return "" if age_min_years is None else f"{age_min_years} years or older"
