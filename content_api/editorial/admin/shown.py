"""What stands in fields that are stored in a form not meant for people: as a list shows it, and whoever may only read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from content_api.editorial.slot_names import by_slug
from content_api.fields import ChoiceListField, ProseField

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def shown(model: type[models.Model], name: str) -> Callable[[Any], str]:
    """Return what shows a field of a row in words; the same function each time, for the admin compares them."""
    field: Any = model._meta.get_field(name)

    def words(row: Any) -> str:
        return _in_words(field, getattr(row, name))

    words.__name__ = name
    words.short_description = field.verbose_name  # type: ignore[attr-defined] # the heading of the column
    return words


def readable_fields(model: type[models.Model]) -> dict[str, Callable[[Any], str]]:
    """Return what shows each field of a model that is not shown as it is stored, by its name."""
    return {
        field.name: shown(model, field.name)
        for field in model._meta.concrete_fields
        if isinstance(field, ProseField | models.JSONField)
    }


def _in_words(field: Any, value: Any) -> str:
    match field:
        case ProseField():
            return by_slug(value)
        case ChoiceListField():
            labels = dict(field.vocabulary.choices) if field.vocabulary else {}
            return ", ".join(str(labels.get(one, one)) for one in value)
        case _:
            return ", ".join(str(one).replace("_", " ") for one in value)
