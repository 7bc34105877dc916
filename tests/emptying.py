"""The tables as the migrations left them, after a test that committed: only what moved is put back, past the guards."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from content_api import guards

if TYPE_CHECKING:
    from collections.abc import Iterator

_at_first: dict[str, list[Any]] = {}


def remember() -> None:
    """Keep the rows that the migrations made."""
    _at_first.update({table: _rows(table) for table in _filled()})


def put_back() -> None:
    """Empty the tables that were empty, and fill the others again. A flush rebuilds every table: 3 s on PostgreSQL."""
    moved = [
        table for table in _filled() | _at_first.keys() if table not in _at_first or _rows(table) != _at_first[table]
    ]
    with _unguarded(moved), connection.cursor() as cursor:
        for table in moved:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for table in moved:
            _fill(cursor, table, _at_first.get(table, []))
    guards.install()


def _filled() -> set[str]:
    """Return the tables that hold something."""
    names = [(table, connection.ops.quote_name(table)) for table in connection.introspection.table_names()]
    if not names:
        return set()
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quoted})" for table, quoted in names)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table for (table,) in cursor.fetchall()}


def _rows(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
        return list(cursor.fetchall())


def _fill(cursor: Any, table: str, rows: list[Any]) -> None:
    if rows:
        values = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({values})", rows)


@contextmanager
def _unguarded(tables: list[str]) -> Iterator[None]:
    """Let one transaction write into tables; PostgreSQL can pause a trigger, SQLite only drop it."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), guards.lifted() if is_sqlite else nullcontext(), connection.cursor() as cursor:
        paused = [] if is_sqlite else [connection.ops.quote_name(table) for table in tables]
        for table in paused:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        if paused:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # else their deferred checks keep a table from being altered
        for table in paused:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
