r"""What lists can be filtered by: django-filter FilterSets over the facets of editions.

A content app declares one FilterSet for each kind, and names it in its Kind:

    class ApprovalFilters(EditionFilters):
        therapy = ReferenceFilter("therapy", help_text="…")              # slugs or ids; facet values are ids
        tumor_type = ReferenceFilter("tumor_type", descends="parent")    # with what lies below it
        status = FacetFilter(Status, help_text="…")                      # a closed vocabulary
        authorized = FacetFilter(("true", "false"))
        doi = FacetFilter(pattern=r"10\..+", says="Write a DOI, such as 10.1056/NEJMoa2410000.")
        decided_after = DateFilter("decided_on", "gte", help_text="…")   # facet values are ISO dates

The facet is called as the filter, unless `facet=` says otherwise. A comma means any of; filters narrow together.
"""

from __future__ import annotations

import re
import uuid
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from content_api.delivery.parameters import (
    InvalidValue,
    Parameter,
    iso_date,
    nearest,
    refuse_invalid,
    split_list,
    whole_number,
)
from content_api.editions import queries
from content_api.fields import SLUG_PATTERN, UUID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from content_api.editions.models import EditionQuerySet

_SLUG_LENGTH = 100


class QueryField(forms.Field):
    """A form field whose cleaning is a parser of the front door."""

    def __init__(self, *, parse: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(required=False, **{name: kwargs[name] for name in ("label", "help_text") if name in kwargs})
        self.parse = parse

    def clean(self, value: Any) -> Any:
        """Return the parsed value, or None if the parameter is absent."""
        if value is None:
            return None
        try:
            return self.parse(value)
        except InvalidValue as fault:
            raise ValidationError(str(fault)) from fault


class QueryFilter(django_filters.Filter, ABC):
    """A filter over one facet, which takes a comma-separated list of values."""

    field_class = QueryField
    is_list = True

    def __init__(self, *, facet: str | None = None, help_text: str = "") -> None:
        super().__init__(field_name=facet, parse=self.parse, help_text=help_text)

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Return the value that `text` stands for; raise InvalidValue if it stands for none."""

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of one value."""
        return {"type": "string"}

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions that have any of the values."""
        return qs if value is None else qs.having(self.field_name, value)


class FacetFilter(QueryFilter):
    """A filter by the values of a facet: any of a vocabulary, or any that match a pattern.

    `vocabulary` is a TextChoices or a list of words; a value outside of it is refused with the nearest ones.
    `pattern` (with `says`: how to write a value) is for facets that have no vocabulary. `expand` returns the facet
    values that one value asks for, where that is not the value itself.
    """

    def __init__(
        self,
        vocabulary: type[models.TextChoices] | Iterable[str] = (),
        *,
        pattern: str = "",
        says: str = "",
        expand: Callable[[str], Iterable[str]] | None = None,
        facet: str | None = None,
        help_text: str = "",
    ) -> None:
        is_choices = isinstance(vocabulary, type) and issubclass(vocabulary, models.TextChoices)
        self.vocabulary = list(vocabulary.values if is_choices else vocabulary)  # type: ignore[union-attr]
        self.pattern, self.says, self.expand = pattern, says, expand
        super().__init__(facet=facet, help_text=help_text)

    def parse(self, text: str) -> list[str]:
        """Return the facet values that are asked for."""
        values = split_list(text)
        for value in values:
            self._check(value)
        if self.expand is None:
            return values
        return list(dict.fromkeys(word for value in values for word in self.expand(value)))

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of one value."""
        if self.vocabulary:
            return {"type": "string", "enum": self.vocabulary}
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"} if self.pattern else {"type": "string"}

    def _check(self, value: str) -> None:
        if self.vocabulary and value not in self.vocabulary:
            msg = f"There is no value “{value}”. {nearest(value, self.vocabulary)}".strip()
            raise InvalidValue(msg)
        if self.pattern and not re.fullmatch(self.pattern, value):
            msg = f"“{value}” is not a value of this parameter. {self.says}".strip()
            raise InvalidValue(msg)


class ReferenceFilter(QueryFilter):
    """A filter by other items, written as slugs or ids; facet values are content ids.

    One that is not live in the release is refused. With `descends`, what lies below an item counts too: it names the
    facet of the items of that kind that holds the id of the one above. Either way it costs one query.
    """

    def __init__(self, kind: str, *, descends: str = "", facet: str | None = None, help_text: str = "") -> None:
        super().__init__(facet=facet, help_text=help_text)
        self.kind = kind
        self.descends = descends

    def parse(self, text: str) -> list[str]:
        """Return the slugs and canonical ids that are asked for."""
        return [_address(value, self.kind) for value in split_list(text)]

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions that have any of the items (or what lies below them)."""
        if value is None:
            return qs
        release = self.parent.release
        if self.descends:
            return qs.having(self.field_name, self._with_descendants(value, release))
        found = queries.addresses_of(self.kind, value, release)
        self._refuse_missing(value, found, release)
        return qs.having(self.field_name, sorted(set(found.values())))

    def _with_descendants(self, value: list[str], release: int) -> list[str]:
        tree = queries.tree_of(self.kind, self.descends, release)
        self._refuse_missing(value, tree.ids, release)
        return sorted(tree.below(tree.ids[address] for address in value))

    def _refuse_missing(self, value: list[str], found: dict[str, str], release: int) -> None:
        missing = [address for address in value if address not in found]
        if missing:
            offer = nearest(missing[0], queries.slugs_of(self.kind, release))
            name = self.kind.replace("_", " ")
            msg = f"There is no {name} “{missing[0]}” in release {release}. {offer}".strip()
            raise InvalidValue(msg)


class DateFilter(QueryFilter):
    """A filter by a day, inclusive: `gte` keeps that day and later, `lte` that day and earlier."""

    is_list = False

    def __init__(self, facet: str, lookup: str, *, help_text: str = "") -> None:
        super().__init__(facet=facet, help_text=help_text)
        self.lookup = lookup

    def parse(self, text: str) -> str:
        """Return the day as it stands in facets."""
        return iso_date(text).isoformat()

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of the value."""
        return {"type": "string", "format": "date"}

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions whose facet lies on that side of the day."""
        return qs if value is None else qs.having_between(self.field_name, self.lookup, value)


class SlugFilter(QueryFilter):
    """A filter by address: slugs or ids of the items of the list itself. It needs no query of its own."""

    def parse(self, text: str) -> list[str]:
        """Return the slugs and canonical ids that are asked for."""
        return [_address(value, "item") for value in split_list(text)]

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


class EditionFilters(django_filters.FilterSet):
    """What every list can be filtered by; the base of each kind's own filters."""

    slug = SlugFilter(help_text="Slugs (or ids) of the items wanted.")
    updated_since = UpdatedSinceFilter(help_text="Only what became public, as it now reads, after this release.")

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


def _address(value: str, what: str) -> str:
    if UUID_PATTERN.match(value.lower()):
        return str(uuid.UUID(value))
    if len(value) > _SLUG_LENGTH or not re.fullmatch(SLUG_PATTERN, value):
        msg = f"“{value}” is neither a slug nor an id of {_article(what)}. A slug looks like “satri-cel”."
        raise InvalidValue(msg)
    return value


def _article(noun: str) -> str:
    words = noun.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
