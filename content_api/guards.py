"""Triggers by which the database itself keeps the promises, on SQLite and PostgreSQL, from one registry.

Django's SQLite schema editor rebuilds a table to alter it, and its triggers are gone without a word. So triggers
live here and not in migrations: they are installed after every migrate (only what differs) and compared by
`check --database default` and by `/readyz`. Before one that changes something on SQLite they are taken out: SQLite
renames no table while a trigger of another one names it.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError, connection, models, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.apps import AppConfig

Engine = Literal["sqlite", "postgresql"]


@dataclass(frozen=True)
class Guard:
    """A statement that the database refuses.

    `when` is SQL over NEW and OLD that both engines read, with `IS DISTINCT FROM` for comparisons that know null.
    `only` names the engine, if the other one has no such hole.
    """

    name: str
    table: str
    event: Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]
    when: str
    message: str
    only: Engine | None = None

    @property
    def fingerprint(self) -> str:
        """Tell this definition from an older one of the same name."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:10]

    def sql(self, engine: Engine) -> list[str]:
        """Return the statements that install it."""
        return self._sqlite() if engine == "sqlite" else self._postgresql()

    def _sqlite(self) -> list[str]:
        when = self.when.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")
        head = f"CREATE TRIGGER {self.name}_{self.fingerprint} BEFORE {self.event} ON {self.table}"
        return [f"{head} WHEN {when} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"]

    def _postgresql(self) -> list[str]:
        name = f"{self.name}_{self.fingerprint}"
        back = "OLD" if self.event == "DELETE" else "NULL" if self.event == "TRUNCATE" else "NEW"
        level = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        refusal = f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'"
        body = f"BEGIN IF {self.when} THEN {refusal}; END IF; RETURN {back}; END"
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ {body} $guard$",
            f"CREATE TRIGGER {name} BEFORE {self.event} ON {self.table} FOR EACH {level} EXECUTE FUNCTION {name}()",
        ]


_registry: dict[str, Guard] = {}
_PREFIX = "guard_"


def guard(*guards: Guard) -> None:
    """Add guards to the registry; done once, when the app that owns the tables is ready."""
    for one in guards:
        _registry[one.name] = one


def refuse(
    name: str, model: type[models.Model], event: Literal["INSERT", "UPDATE", "DELETE"], when: str, message: str
) -> Guard:
    """Return a guard against one statement on a model's table."""
    return Guard(f"{_PREFIX}{name}", model._meta.db_table, event, when, message)


def frozen(model: type[models.Model], *, but: Iterable[str] = ()) -> list[Guard]:
    """Return the guards that keep every row of a model as it was written, except the columns in `but`.

    INSERT OR REPLACE deletes without a delete trigger on SQLite, so an insert over a row that is there is refused.
    """
    table, what = model._meta.db_table, _one(model)
    changed = [
        f"OLD.{field.column} IS DISTINCT FROM NEW.{field.column}"
        for field in model._meta.concrete_fields
        if field.name not in set(but)
    ]
    name = f"{_PREFIX}{table}"
    return [
        Guard(f"{name}_no_update", table, "UPDATE", " OR ".join(changed), f"{what} never changes"),
        *kept(model),
    ]


def kept(model: type[models.Model]) -> list[Guard]:
    """Return the guards that no row of a model is ever deleted or replaced."""
    table, what = model._meta.db_table, _one(model)
    name = f"{_PREFIX}{table}"
    return [
        Guard(f"{name}_no_delete", table, "DELETE", "TRUE", f"{what} is never deleted"),
        Guard(f"{name}_no_truncate", table, "TRUNCATE", "TRUE", f"{what} is never deleted", "postgresql"),
        Guard(f"{name}_no_replace", table, "INSERT", _is_there(model), f"{what} is never replaced", "sqlite"),
    ]


def _one(model: type[models.Model]) -> str:
    """Return the name of one row: `an edition`."""
    name = str(model._meta.verbose_name)
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _is_there(model: type[models.Model]) -> str:
    table = model._meta.db_table
    keys = [[field.column] for field in model._meta.concrete_fields if field.unique]
    keys += [
        [model._meta.get_field(name).column for name in constraint.fields]  # type: ignore[union-attr]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    ]
    same = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in same)  # noqa: S608 - our own names


def install() -> None:
    """Install the guards that are missing or differ, and drop those that are no longer wanted."""
    wanted, present = _wanted(), _present()
    with transaction.atomic(), connection.cursor() as cursor:
        for name in present.keys() - wanted.keys():
            _drop(cursor, name, present[name])
        for name in wanted.keys() - present.keys():
            for statement in wanted[name].sql(_engine()):
                cursor.execute(statement)


def remove() -> None:
    """Take all guards out, for a migration or a test."""
    with connection.cursor() as cursor:
        for name, table in _present().items():
            _drop(cursor, name, table)


def problems() -> list[str]:
    """Return what is wrong with the guards of this database; an empty list if nothing is."""
    wanted, present = _wanted(), _present()
    missing = [f"The guard {name} is missing." for name in sorted(wanted.keys() - present.keys())]
    strange = [
        f"The guard {name} is not of this release of the code." for name in sorted(present.keys() - wanted.keys())
    ]
    return missing + strange


@contextmanager
def lifted() -> Iterator[None]:
    """Take all guards away for a while: for tests that must do what nobody may."""
    remove()
    try:
        yield
    finally:
        install()


@register(Tags.database)
def check_guards(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None,
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Compare the guards of the database with the registry.

    Before the first migrate there is nothing to compare. A warning and not an error, because `migrate` runs the
    checks before it installs the guards of new code; `/readyz` answers 503 until it has.
    """
    if "default" not in (databases or []):
        return []
    try:
        tables = connection.introspection.table_names()
    except DatabaseError:
        return []
    if not {one.table for one in _registry.values()} <= set(tables):
        return []
    return [CheckWarning(problem, hint="Run `manage.py migrate`.", id="content_api.W001") for problem in problems()]


def _engine() -> Engine:
    return "sqlite" if connection.vendor == "sqlite" else "postgresql"


def _wanted() -> dict[str, Guard]:
    tables = set(connection.introspection.table_names())
    return {
        f"{one.name}_{one.fingerprint}": one
        for one in _registry.values()
        if one.only in {None, _engine()}
        and one.table in tables
        and not (one.event == "TRUNCATE" and _engine() == "sqlite")
    }


def _present() -> dict[str, str]:
    """Return the installed guards by name, each with its table; one that is switched off counts as missing."""
    queries = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'",
        "postgresql": (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE 'guard\\_%'"
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[_engine()])
        return dict(cursor.fetchall())


def _drop(cursor: Any, name: str, table: str) -> None:
    if _engine() == "sqlite":
        cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
