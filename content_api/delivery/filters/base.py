"""The base of every filter: a django-filter Filter whose value is read at the front door and refused by name."""

from __future__ import annotations

import re
import uuid
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from content_api.delivery.parameters import InvalidValue
from content_api.fields import SLUG_PATTERN, UUID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable

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


def address_in(value: str, what: str) -> str:
    """Return a slug, or an id in its canonical form; raise InvalidValue if the text is neither."""
    if UUID_PATTERN.match(value.lower()):
        return str(uuid.UUID(value))
    if len(value) > _SLUG_LENGTH or not re.fullmatch(SLUG_PATTERN, value):
        msg = f"“{value}” is neither a slug nor an id of {_article(what)}. A slug looks like “satri-cel”."
        raise InvalidValue(msg)
    return value


def _article(noun: str) -> str:
    words = noun.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
