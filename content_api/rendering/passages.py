"""The passages of a delivered item that search looks into, and the words that its edition is found by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from content_api import kinds
from content_api.editions.searching import Rank
from content_api.editions.words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.editions.models import Edition
    from content_api.kinds import Searchable

_ADDRESS = re.compile(r"\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*(?:\s+\"[^\"]*\")?\)|<[a-z]+:[^\s>]*>")


class Passage(NamedTuple):
    """A text in a delivered item: where it stands, as a JSON pointer, and how much a hit there counts."""

    pointer: str
    text: str
    rank: Rank

    @property
    def prose(self) -> str:
        """The text without the addresses that links in it lead to; every character keeps its place."""
        if not self.pointer.endswith("_markdown"):
            return self.text
        return _ADDRESS.sub(lambda match: " " * len(match[0]), self.text)


def passages(item: Json, searchable: Searchable) -> Iterator[Passage]:
    """Yield the passages of an item, the weightiest first; a member that an older renderer did not write is left out."""
    for rank, paths in (
        (Rank.TITLE, searchable.title),
        (Rank.SHORT, searchable.short),
        (Rank.BODY, searchable.body),
    ):
        for path in paths:
            yield from (Passage(pointer, text, rank) for pointer, text in _texts(item, path.split("."), ""))


def words_of(edition: Edition) -> dict[str, Rank]:
    """Return the words of an edition, each with its best place: a function of its bytes and of what its kind declares."""
    ranks: dict[str, Rank] = {}
    for passage in passages(orjson.loads(edition.body), kinds.get(edition.kind).searchable):
        for word in words_in(passage.prose):
            ranks.setdefault(word, passage.rank)
    return ranks


def _texts(value: Any, path: list[str], pointer: str) -> Iterator[tuple[str, str]]:
    if not path:
        yield from [(pointer, value)] if isinstance(value, str) else []
    elif path[0] == "*":
        for index, row in enumerate(value if isinstance(value, list) else []):
            yield from _texts(row, path[1:], f"{pointer}/{index}")
    elif isinstance(value, dict) and path[0] in value:
        yield from _texts(value[path[0]], path[1:], f"{pointer}/{path[0]}")
