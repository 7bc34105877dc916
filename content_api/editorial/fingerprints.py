"""The fingerprint of a row: a hash of all that never changes in it. The audit trail keeps it from the move that wrote it."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from content_api.canonical_json import sha256
from content_api.editions.queries import instant
from content_api.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Model

    from content_api.editorial.models import Version
    from content_api.progress import Watch

# Later moves change these columns of rows that are otherwise frozen; the trail says so in moves of their own.
MOVING = frozenset({"state", "until_release"})


def fingerprints(rows: Iterable[Model]) -> dict[str, str]:
    """Return the fingerprint of each row, by the row's name."""
    return {f"{row._meta.verbose_name}:{row.pk}": fingerprint(row) for row in rows}


def fingerprint(row: Model) -> str:
    """Return the hash of a row's columns, as they are whether the row was just made or read back.

    What is empty is left out, so that a new optional column leaves the fingerprints of older rows as they were.
    """
    values = ((name, _plain(to_python(getattr(row, name)))) for name, to_python in _columns(type(row)))
    return sha256({name: value for name, value in values if value not in (None, "")})


@cache
def _columns(model: type[Model]) -> list[tuple[str, Callable[[object], object]]]:
    """Return the columns of a table that never change, each with what reads its value."""
    return [(one.attname, one.to_python) for one in model._meta.concrete_fields if one.name not in MOVING]


def rows_of(version: Version) -> list[Model]:
    """Return what was written about a version: itself, who wrote in it, whose review it needs, what they said of it."""
    said = (*version.reviews.all(), *version.comments.all())
    return [version, *version.contributors.all(), *version.required_reviews.all(), *said]


def unreadable(model: type[Model], watch: Watch = unwatched) -> Iterator[tuple[object, str]]:
    """Yield the rows of a table that cannot even be read, by key, with why; one by one only if there is any."""
    rows = model._default_manager.order_by("pk")
    try:
        for row in watch(rows):
            _refuse_blanks(row)
    except Exception:  # noqa: BLE001 - damaged rows may break anything
        for pk in _keys(model):
            try:
                _refuse_blanks(rows.get(pk=pk))
            except Exception as error:  # noqa: BLE001 - each must be named, and the next read
                yield pk, f"it cannot be read: {error!r}"


def _refuse_blanks(row: Model) -> None:
    """Refuse a row without what it must have: Django reads a time that is none as nothing."""
    for field in row._meta.concrete_fields:
        if getattr(row, field.attname) is None and not field.null:
            raise ValueError(field.name)


def _keys(model: type[Model]) -> list[object]:
    """Return the keys of a table as they are stored, because a damaged one cannot become what it should be."""
    column, table = model._meta.pk.column, model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {column}")  # noqa: S608 - our own names
        return [key for (key,) in cursor.fetchall()]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    return str(value) if isinstance(value, date | UUID) else value
