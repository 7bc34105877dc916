"""The grammar of a slot: a place in prose that is filled with a fact when a release is built. No logic.

    {{ kind:item.path | format }}                    a fact of one item
    {{ plural(key=value, …).name | format }}         a fact of a set of items

Editors see slugs where stored text holds content ids; the grammar takes both, and knows neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from content_api import kinds, shapes
from content_api.fields import UUID_PATTERN
from content_api.kinds import SetKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_api.canonical_json import Json
    from content_api.kinds import Kind, ReviewRole

OPENS = "{{"
TOKEN = re.compile(r"\{\{([^{}\n]*)\}\}")

_NAME = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_PATH = rf"\.(?P<path>{_NAME}(?:\.{_NAME})*)(?: *\| *(?P<format>{_NAME}))?"
_KEY = r"[a-z][a-z_]*=[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*"
_ITEM = re.compile(rf" *(?P<kind>[a-z][a-z_]*):(?P<item>{_NAME}){_PATH} *")
_SET = re.compile(rf" *(?P<plural>[a-z][a-z_]*)\( *(?P<keys>{_KEY}(?: *, *{_KEY})*) *\){_PATH} *")


@dataclass(frozen=True)
class Slot:
    """What a slot asks for: a fact (`path`) of an `item` of a kind, or of the set that `keys` describe.

    `name` is the kind of an item, and of a set the plural of its kind.
    """

    name: str
    path: str
    format: str = ""
    item: str = ""  # a content id, or a slug where an editor reads
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def of_set(self) -> bool:
        """Tell whether it asks for a fact of a set."""
        return bool(self.keys)

    @property
    def kind(self) -> Kind | None:
        """The kind that it names, if there is one."""
        named = (kind for kind in kinds.all_kinds() if self.name == (kind.plural if self.of_set else kind.name))
        return next(named, None)

    @property
    def ref(self) -> str:
        """What stands between the braces, in its normal form."""
        keys = ", ".join(f"{name}={value}" for name, value in self.keys)
        of = f"{self.name}({keys})" if self.of_set else f"{self.name}:{self.item}"
        return f"{of}.{self.path} | {self.format}" if self.format else f"{of}.{self.path}"

    @property
    def set_key(self) -> SetKey:
        """The key of the set that it asks for."""
        return SetKey(self.kind.name if self.kind else self.name, tuple(sorted(self.keys)))

    def __str__(self) -> str:
        return f"{{{{ {self.ref} }}}}"

    def named(self, name_of: Callable[[str, str], str]) -> Slot:
        """Return the slot with every item in it called by what `name_of(kind, item)` says."""
        kind = self.kind
        if kind is None:
            return self
        wanted = {name: kind.set_keys.get(name, "") for name, _ in self.keys}
        keys = tuple((name, name_of(wanted[name], value) if wanted[name] else value) for name, value in self.keys)
        return replace(self, item=name_of(kind.name, self.item) if self.item else "", keys=keys)


def parse(text: str) -> Slot | None:
    """Return the slot that stands between braces, or None if these words are none."""
    if match := _ITEM.fullmatch(text):
        return Slot(match["kind"], match["path"], match["format"] or "", item=match["item"])
    if match := _SET.fullmatch(text):
        keys = tuple((name.strip(), value) for name, _, value in (one.partition("=") for one in _keys(match["keys"])))
        return Slot(match["plural"], match["path"], match["format"] or "", keys=keys)
    return None


def slots_in(text: str) -> list[Slot]:
    """Return the slots of a text, in its order."""
    return [slot for match in TOKEN.finditer(text) if (slot := parse(match[1]))]


def rewritten(text: str, change: Callable[[Slot], Slot]) -> str:
    """Return a text with other slots in it; what is no slot, and a slot that stays the same, stays as it was typed."""

    def again(match: re.Match[str]) -> str:
        slot = parse(match[1])
        changed = change(slot) if slot else None
        return match[0] if changed == slot else str(changed)

    return TOKEN.sub(again, text)


def slots_of(kind: Kind, content: Json) -> list[Slot]:
    """Return every slot in the prose of an item's content."""
    return [slot for one in shapes.prose(kind.shape, content) if OPENS in one.text for slot in slots_in(one.text)]


def items_quoted(kind: Kind, content: Json) -> list[str]:
    """Return the content ids of the items that an item's prose quotes, each once."""
    found = [slot.item for slot in slots_of(kind, content) if UUID_PATTERN.match(slot.item)]
    return list(dict.fromkeys(found))


def kinds_quoted(shape: shapes.Shape, content: Json) -> frozenset[str]:
    """Return the names of the kinds that the prose of content quotes facts of, of an item or of a set."""
    slots = [slot for one in shapes.prose(shape, content) for slot in slots_in(one.text)]
    return frozenset(slot.kind.name for slot in slots if slot.kind)


def roles_of_quotes(shape: shapes.Shape, content: Json) -> frozenset[ReviewRole]:
    """Return whose approval content needs for what its prose quotes."""
    return frozenset(role for name in kinds_quoted(shape, content) for role in kinds.get(name).quoting_roles)


def _keys(text: str) -> list[str]:
    return [one.strip() for one in text.split(",")]
