"""What every list can be filtered by, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters

from content_api.delivery import terms
from content_api.delivery.filters.base import QueryFilter, address_in
from content_api.delivery.parameters import (
    InvalidValue,
    Parameter,
    iso_date,
    refuse_invalid,
    split_list,
    whole_number,
)
from content_api.editions.searching import matching

if TYPE_CHECKING:
    from datetime import date

    from content_api.editions.models import EditionQuerySet
    from content_api.editions.searching import Term


class SlugFilter(QueryFilter):
    """A filter by address: slugs or ids of the items of the list itself. It needs no query of its own."""

    def parse(self, text: str) -> list[str]:
        """Return the slugs and canonical ids that are asked for."""
        return [address_in(value, "item") for value in split_list(text)]

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions at these addresses."""
        return qs if value is None else qs.at(value)


class UpdatedSinceFilter(QueryFilter):
    """A filter by the release in which a text became public: later than the one named."""

    is_list = False

    def parse(self, text: str) -> int:
        """Return the number of the release."""
        return whole_number(0, 2_147_483_647)(text)

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of the value."""
        return {"type": "integer", "minimum": 0, "maximum": 2_147_483_647}

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions that were opened after that release."""
        return qs if value is None else qs.filter(from_release__gt=value)


class NextReviewFilter(QueryFilter):
    """A filter by the day on which a text is due to be read again: that day or earlier."""

    is_list = False

    def parse(self, text: str) -> date:
        """Return the day."""
        return iso_date(text)

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of the value."""
        return {"type": "string", "format": "date"}

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions that are due by then."""
        return qs if value is None else qs.filter(next_review__lte=value)


class WordsFilter(QueryFilter):
    """A filter by the words of a text: all of them, as search finds them. The order of the list stays what it is."""

    is_list = False

    def parse(self, text: str) -> list[Term]:
        """Return the terms."""
        return terms.terms(text)

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of the value."""
        return dict(terms.parameter().schema)

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions that hold every term."""
        return qs if value is None else matching(qs, value)


class EditionFilters(django_filters.FilterSet):
    """What every list can be filtered by; the base of each kind's own filters."""

    slug = SlugFilter(help_text="Slugs (or ids) of the items wanted.")
    updated_since = UpdatedSinceFilter(help_text="Only what became public, as it now reads, after this release.")
    next_review_before = NextReviewFilter(help_text="Only what is due for its next review on that day or earlier.")
    q = WordsFilter(help_text=terms.HOW)

    def __init__(self, texts: dict[str, str], *, queryset: EditionQuerySet, release: int) -> None:
        super().__init__(texts, queryset)
        self.release = release

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Return what a list with these filters takes in its query string, as raw text."""
        return [
            Parameter(
                name,
                str(one.extra.get("help_text") or ""),
                schema=_list_of(one.schema()) if one.is_list else one.schema(),
                is_list=one.is_list,
                max_length=2_048 if one.is_list else 256,
            )
            for name, one in cls.base_filters.items()
        ]

    def narrowed(self) -> EditionQuerySet:
        """Return the editions that pass; raise Refused, listing every fault, if a value is wrong."""
        errors = [
            {"parameter": name, "detail": message}
            for name, faults in self.form.errors.get_json_data().items()
            for message in (fault["message"] for fault in faults)
        ]
        refuse_invalid(errors)
        editions: Any = self.queryset
        for name, one in self.filters.items():
            try:
                editions = one.filter(editions, self.form.cleaned_data.get(name))
            except InvalidValue as fault:
                errors.append({"parameter": name, "detail": str(fault)})
        refuse_invalid(errors)
        return editions  # type: ignore[no-any-return]


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema, "minItems": 1, "maxItems": 50, "uniqueItems": True}
