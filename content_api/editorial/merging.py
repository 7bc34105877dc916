"""Three ways into one: what a version changed, put on top of what is live now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def chosen(content: Json, mine: Json, places: Iterable[str]) -> Json:
    """Return merged content with what `mine` says at some of the places where both had changed it."""
    for place in places:
        content = _put(content, mine, place.split("/"))
    return content


def at(content: Any, place: str) -> Any:
    """Return what content holds at a place, in which rows are named by their key; None if there is nothing."""
    for name in place.split("/"):
        content = _by_key(content).get(name) if isinstance(content, list) else (content or {}).get(name)
    return content


def _member(base: Any, mine: Any, live: Any, name: str) -> tuple[Any, list[str]]:
    if mine in (live, base):
        return live, []
    if live == base:
        return mine, []
    if _are_keyed(base) and _are_keyed(mine) and _are_keyed(live):
        return _rows(base, mine, live, name)
    if isinstance(base, dict) and isinstance(mine, dict) and isinstance(live, dict):
        row, both = merged(base, mine, live)
        return row, [f"{name}/{one}" for one in both]
    return live, [name]


def _are_keyed(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) and "key" in row for row in rows)


def _by_key(rows: list[Json]) -> dict[str, Json]:
    return {row["key"]: row for row in rows}


def _rows(base: list[Json], mine: list[Json], live: list[Json], name: str) -> tuple[list[Json], list[str]]:
    old, ours, theirs = _by_key(base), _by_key(mine), _by_key(live)
    is_ordered_by_me = list(old) == list(theirs) and theirs.keys() <= ours.keys()
    first, second = (ours, theirs) if is_ordered_by_me else (theirs, ours)
    rows, both = [], []
    for key in dict.fromkeys([*first, *second]):
        row, conflicts = _member(old.get(key), ours.get(key), theirs.get(key), f"{name}/{key}")
        rows += [row] if row else []
        both += conflicts
    return rows, both


def _put(content: Any, mine: Any, path: list[str]) -> Any:
    name, *rest = path
    if isinstance(content, list):
        rows: dict[str, Any] = _by_key(content)
        value = _by_key(mine).get(name)
        rows[name] = _put(rows[name], value, rest) if rest else value
        return [row for row in rows.values() if row]
    return {**content, name: _put(content[name], mine[name], rest) if rest else mine[name]}
