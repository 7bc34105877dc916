"""What a text stands on, for the eye beside it: each source once, with every place in it that is cited, and by what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from content_api.editorial.admin.reading import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json


@dataclass
class Citation:
    """A source, and where it is cited: pairs of what cites it and the place in the source."""

    source: Json
    uses: list[tuple[str, str]] = field(default_factory=list)


def citations(substance: Json) -> list[Citation]:
    """Return the sources of a text, in the order in which it first cites them."""
    found: dict[str, Citation] = {}
    for source, what, locator in _cited(substance, (), ""):
        citation = found.setdefault(source["id"], Citation(source))
        if (what, locator) not in citation.uses:
            citation.uses.append((what, locator))
    return list(found.values())


def _cited(value: Any, path: tuple[str, ...], locator: str) -> Iterator[tuple[Json, str, str]]:
    if isinstance(value, list):
        for one in value:
            key = (one["key"],) if isinstance(one, dict) and "key" in one else ()
            yield from _cited(one, (*path, *key), locator)
    elif isinstance(value, dict) and value.get("kind") == "source" and "name" in value and path:
        yield value, _what(path), locator
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _cited(member, (*path, name), value.get("locator") or "")


def _what(path: tuple[str, ...]) -> str:
    names = [label_of(name) for name in path if name not in {"source", "sources"}]
    return " · ".join(names) or "The whole text"
