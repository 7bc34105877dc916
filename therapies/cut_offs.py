"""What a biomarker has to be, in words: “positive” alone says nothing, because every label and trial cuts elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies.vocabulary import CriterionStated

if TYPE_CHECKING:
    from content_api.canonical_json import Json


def cut_off(target: str, criterion: Json) -> str:
    """Return a biomarker with its cut-off: `Claudin18.2-positive: staining of at least 2+ in at least 40% of …`."""
    asked = " ".join(filter(None, [intensity(criterion), percent(criterion)]))
    told = f"{target}-{criterion['polarity'].lower()}: {asked or 'no cut-off is on record'}"
    if not asked and criterion["stated"] == CriterionStated.NOT_STATED:
        told = f"{target}-{criterion['polarity'].lower()}: the cut-off is not stated"
    return f"{told} ({criterion['assay']})" if criterion["assay"] else told


def intensity(criterion: Json) -> str:
    """Return how strongly tumor cells have to stain; empty if nothing is stated."""
    return f"staining of at least {criterion['intensity_min']}" if criterion["intensity_min"] else ""


def percent(criterion: Json) -> str:
    """Return how many tumor cells have to; empty if nothing is stated."""
    at_least = criterion["percent_min"]
    return "" if at_least is None else f"in at least {at_least}% of tumor cells"
