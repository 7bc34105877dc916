"""Three ways into one: what a version changed, put on top of what is live now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from content_api.canonical_json import Json


def merged(base: Json, mine: Json, live: Json) -> tuple[Json, list[str]]:
    """Return `live` with what `mine` changed since `base`, and the members that both changed, each its own way.

    In those the live one stands: mine is kept as a version, and a person decides. Rows with a key are merged by it.
    """
    content, both = {}, []
    for name in live:
        value, conflicts = _member(base.get(name), mine.get(name), live[name], name)
        content[name] = value
        both += conflicts
    return content, both


def _member(base: Any, mine: Any, live: Any, name: str) -> tuple[Any, list[str]]:
    if mine in (live, base):
        return live, []
    if live == base:
        return mine, []
    if _are_keyed(base) and _are_keyed(mine) and _are_keyed(live):
        return _rows(base, mine, live, name)
    return live, [name]


def _are_keyed(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) and "key" in row for row in rows)


def _rows(base: list[Json], mine: list[Json], live: list[Json], name: str) -> tuple[list[Json], list[str]]:
    old, ours, theirs = ({row["key"]: row for row in rows} for rows in (base, mine, live))
    rows, both = [], []
    for key in [*theirs, *(one for one in ours if one not in theirs)]:
        row, conflicts = _member(old.get(key), ours.get(key), theirs.get(key), f"{name}/{key}")
        rows += [row] if row else []
        both += conflicts
    return rows, both
