"""From a slot to its words: what a world lets prose quote, and why it may not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_api.fields import UUID_PATTERN

if TYPE_CHECKING:
    from content_api.kinds import Fact, World
    from content_api.rendering.slots import Slot

_SPACES = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
# Control characters, and those that turn the direction of the text around them.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Quote:
    """A slot, and the words for it. With a `problem`, the words say that there are none, and nothing may go out."""

    slot: Slot
    words: str
    kind: str
    sources: tuple[str, ...] = ()
    verification: str | None = None
    problem: str = ""


def quote(slot: Slot, world: World) -> Quote:
    """Return the words for a slot in a world."""
    kind = slot.kind
    name = kind.name if kind else slot.name
    fact, problem = _of_set(slot, world) if slot.of_set else _of_item(slot, world)
    if fact is None:
        return Quote(slot, f"[not available: {slot.path}]", name, problem=problem)
    words, missing = words_of(fact, slot.format)
    problem = fact.refusal or missing
    if problem:
        return Quote(slot, f"[not available: {slot.path}]", name, problem=problem)
    return Quote(slot, words, name, fact.sources, fact.verification)


def words_of(fact: Fact, wanted: str) -> tuple[str, str]:
    """Return the words of a fact in a format (the first unless one is named), and what is wrong with that."""
    name = wanted or next(iter(fact.formats), "")
    words = plain(fact.formats.get(name, ""))
    if words:
        return words, ""
    return "", f"it has no words in the format “{name}”; the formats are {', '.join(fact.formats) or 'none'}"


def plain(words: str) -> str:
    """Return words as one line of text, without what no reader sees."""
    one_line = _SPACES.sub(" ", unicodedata.normalize("NFC", words))
    return _INVISIBLE.sub("", one_line).strip()


def _of_item(slot: Slot, world: World) -> tuple[Fact | None, str]:
    facts = world.quotable(slot.item) if UUID_PATTERN.match(slot.item) else None
    if facts is None:
        return None, "what it quotes is not live"
    return facts.get(slot.path), f"“{slot.path}” is not there"


def _of_set(slot: Slot, world: World) -> tuple[Fact | None, str]:
    kind = slot.kind
    make = kind.set_facts.get(slot.path) if kind else None
    if make is None:
        return None, f"“{slot.path}” is nothing that can be said of {slot.name}"
    return make(slot.set_key, world.members(slot.set_key), world.pulled_members(slot.set_key)), ""
