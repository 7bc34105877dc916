"""Filters over the facets of editions: vocabularies, patterns, references, days, outside codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import models

from content_api.delivery.filters.base import QueryFilter, address_in
from content_api.delivery.parameters import InvalidValue, iso_date, nearest, split_list
from content_api.editions import queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from content_api.editions.models import EditionQuerySet


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
        return [address_in(value, self.kind) for value in split_list(text)]

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


class CodeFilter(QueryFilter):
    """A look-up by outside codes, each written as `SYSTEM|value`; the facet `code` holds them in the same way."""

    def __init__(self, systems: Iterable[str], *, help_text: str = "") -> None:
        self.systems = list(systems)
        words = f"Outside codes, each as `SYSTEM|value`. Systems: {', '.join(self.systems)}."
        super().__init__(help_text=help_text or words)

    def parse(self, text: str) -> list[str]:
        """Return the codes that are asked for."""
        codes = split_list(text)
        for code in codes:
            self._check(code)
        return codes

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of one code."""
        return {"type": "string", "pattern": rf"^(?:{'|'.join(self.systems)})\|[^\s,|]+$"}

    def _check(self, code: str) -> None:
        system, bar, value = code.partition("|")
        if not bar or not re.fullmatch(r"[^\s|]+", value):
            msg = f"“{code}” is not a code. Write the system, a bar and the value: {self.systems[0]}|…"
            raise InvalidValue(msg)
        if system not in self.systems:
            msg = f"There is no code system “{system}” here. {nearest(system, self.systems)}".strip()
            raise InvalidValue(msg)
