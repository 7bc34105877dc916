"""Many rows in one statement, handed over as one JSON text that the database takes apart itself.

A release of a thousand texts writes some ten thousand rows and more; a placeholder for each value is what takes time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[Any, ...]  # as JSON holds them: a UUID may be text, bytes are the UTF-8 that they are
_EACH = {"sqlite": "json_each(%s)", "postgresql": "jsonb_array_elements(CAST(%s AS jsonb))"}


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of a table, given as the values of the named fields; the guards see each row as ever."""
    if not rows:
        return
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(field.column for field in fields)
    values = ", ".join(_value(place, field) for place, field in enumerate(fields))
    each = _EACH[connection.vendor]
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM {each}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, [orjson.dumps(rows).decode()])


def insert_all(model: type[models.Model], objects: Sequence[models.Model]) -> None:
    """Insert objects of a model; those whose key the database counts are not told theirs."""
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    rows = [tuple(one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields) for row in objects]
    insert(model, [one.name for one in fields], rows)


def _value(place: int, field: models.Field[Any, Any]) -> str:
    """Return the SQL for what stands at a place of a row, as the column of a field holds it."""
    return _value_on_sqlite(place, field) if connection.vendor == "sqlite" else _value_on_postgresql(place, field)


def _value_on_sqlite(place: int, field: models.Field[Any, Any]) -> str:
    found = f"json_extract(value, '$[{place}]')"
    if isinstance(field, models.UUIDField):
        return f"replace({found}, '-', '')"
    return f"CAST({found} AS BLOB)" if isinstance(field, models.BinaryField) else found


def _value_on_postgresql(place: int, field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.BinaryField):
        return f"convert_to(value->>{place}, 'UTF8')"
    of_any_length = str(field.db_type(connection)).split("(")[0]  # a cast to varchar(9) would cut what is longer
    return f"CAST(value->>{place} AS {of_any_length})"
