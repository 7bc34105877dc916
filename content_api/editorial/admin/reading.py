"""Public JSON as a person reads it: names, labels and rendered prose in place of members and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from content_api.editorial.slot_names import by_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

    from content_api.canonical_json import Json

OF_A_REFERENCE = {"id", "kind", "slug", "name", "url"}
OF_A_FACT = {"ref", "text", "sources"}
ABSENT = mark_safe('<span class="absent">not stated</span>')


def readable(value: object) -> SafeString:
    """Return a JSON value as HTML for a reader."""
    match value:
        case None | "":
            return ABSENT
        case bool():
            return format_html("{}", "Yes" if value else "No")
        case dict():
            return _object(value)
        case list():
            return _list(value)
        case _:
            return format_html("{}", value)


def _object(value: Json) -> SafeString:
    if value.keys() >= OF_A_REFERENCE:
        return _reference(value)
    return _fact(value) if value.keys() >= OF_A_FACT else _members(value)


def rows_of(members: Json) -> list[tuple[str, SafeString]]:
    """Return the members of an object, each with its label for people and its value as HTML."""
    return [(label_of(name), _member(members, name)) for name in shown_members(members)]


def label_of(name: str) -> str:
    """Return a member's name for people: `prior_lines_min` is “Prior lines min”."""
    words = name.removesuffix("_html").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def shown_members(members: Json) -> Iterator[str]:
    """Yield the members worth reading: not the Markdown behind HTML, nor the words that stand beside their code."""
    for name in members:
        twin = name.removesuffix("_markdown") + "_html"
        beside = name.removesuffix("_labels") if name.endswith("_labels") else name.removesuffix("_label")
        if not ((name.endswith("_markdown") and twin in members) or (name == "html" and "text" in members)) and (
            beside == name or beside not in members
        ):
            yield name


def _member(members: Json, name: str) -> SafeString:
    value = members.get(name)
    words = members.get(f"{name}_label") or members.get(f"{name}_labels")
    if value and words:
        return format_html('{} <code class="quiet">{}</code>', _plain(words), _plain(value))
    if name.endswith("_html") and isinstance(value, str) and value:
        # Cleaned a second time: this page is opened by people who can approve.
        return format_html('<div class="prose">{}</div>', mark_safe(nh3.clean(value)))  # noqa: S308
    return readable(value)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _members(members: Json) -> SafeString:
    return format_html("<dl>{}</dl>", format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows_of(members)))


def _reference(reference: Json) -> SafeString:
    more = {name: value for name, value in reference.items() if name not in OF_A_REFERENCE}
    kind = str(reference["kind"]).replace("_", " ")
    name = format_html('{} <code class="quiet">{} {}</code>', reference["name"], kind, reference["slug"])
    return format_html("{}{}", name, _members(more)) if more else name


def _fact(fact: Json) -> SafeString:
    """Return what a text quotes: the words, the slot as editors type it, and what it stands on."""
    words = format_html('{} <code class="quiet">{}</code>', fact["text"], by_slug(f"{{{{ {fact['ref']} }}}}"))
    return format_html("{}{}", words, _list(fact["sources"])) if fact["sources"] else words


def _list(values: list[Any]) -> SafeString:
    if not values:
        return mark_safe('<span class="absent">none</span>')
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((readable(one),) for one in values)))
