"""What reads differently between two substances: one entry for each place that a reviewer would look at.

Rows are followed by their key and not by their place, so a row that moved is no difference and one that changed is
named. Each difference knows the field of the working copy that it comes from, for comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html

from content_api.editorial.admin.reading import OF_A_REFERENCE, label_of, readable, shown_members
from content_api.editorial.admin.words import html_changes, text_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

    from content_api.canonical_json import Json

FOLLOWS = {"checksum", "url", "attribution", "license"}  # moves with the name or the address, and says no more


@dataclass(frozen=True)
class Difference:
    """One place that reads differently: `path` are the public names that lead to it, `marked` shows what changed."""

    label: str
    path: tuple[str, ...]
    marked: SafeString
    is_prose: bool = False


def differences(before: Json, after: Json) -> list[Difference]:
    """Return what reads differently, in the order of the text."""
    return [one for one in _of_members(before, after, ()) if one.path[0] not in FOLLOWS]


def _of_members(before: Json, after: Json, path: tuple[str, ...]) -> Iterator[Difference]:
    for name in dict.fromkeys([*shown_members(after), *shown_members(before)]):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield from _of_value(_worded(before, name), _worded(after, name), (*path, name))


def _of_value(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    if path[-1].endswith("_html"):
        marked = format_html('<div class="prose">{}</div>', html_changes(old or "", new or ""))
        yield Difference(_label(path), path, marked, is_prose=True)
    elif _is_object(old) and _is_object(new):
        yield from _of_members(old or {}, new or {}, path)
    elif isinstance(old or new, list):
        yield from _of_lists(old or [], new or [], path)
    else:
        yield Difference(_label(path), path, _replaced(old, new))


def _of_lists(old: list[Any], new: list[Any], path: tuple[str, ...]) -> Iterator[Difference]:
    if any(isinstance(one, dict) and "key" in one for one in [*old, *new]):
        befores, afters = ({one["key"]: one for one in rows} for rows in (old, new))
        for key in dict.fromkeys([*afters, *befores]):
            yield from _of_rows(befores.get(key), afters.get(key), (*path, key))
    elif len(old) == len(new) and all(_is_object(one) and one for one in [*old, *new]):
        for place, (before, after) in enumerate(zip(old, new, strict=True), start=1):
            yield from _of_rows(before, after, (*path, str(_worded(after, "jurisdiction") or place)))
    else:
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        if gone or come:
            marks = [*(_mark("del", one) for one in gone), *(_mark("ins", one) for one in come)]
            yield Difference(_label(path), path, format_html("{}" * len(marks), *marks))


def _of_rows(old: Json | None, new: Json | None, path: tuple[str, ...]) -> Iterator[Difference]:
    if old and new:
        yield from _of_members(old, new, path)
    else:
        yield Difference(_label(path), path, _mark("del", old) if old else _mark("ins", new))


def _replaced(old: Any, new: Any) -> SafeString:
    if isinstance(old, str) and isinstance(new, str):
        return format_html("<p>{}</p>", text_changes(old, new))
    return format_html("{}{}", _mark("del", old) if old is not None else "", _mark("ins", new))


def _mark(tag: str, value: Any) -> SafeString:
    """Return a whole value as gone or come; a block may not stand inside <ins>, so its box is marked instead."""
    word = "Removed" if tag == "del" else "Added"
    return format_html('<div class="whole is-{}"><span class="tag">{}</span> {}</div>', tag, word, readable(value))


def _worded(members: Json, name: str) -> Any:
    """Return a value in its words, where it has some."""
    return members.get(f"{name}_label") or members.get(f"{name}_labels") or members.get(name)


def _is_object(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and not value.keys() >= OF_A_REFERENCE and "key" not in value)


def _label(path: tuple[str, ...]) -> str:
    return " · ".join(label_of(name) for name in path)
