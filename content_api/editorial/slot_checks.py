"""What is looked at in the slots of a text when it is submitted: each must be fillable, now or with what is on its way.

Existence is asked of what is live, of what is in review or approved, and of working copies, in this order: a text may
be written before what it quotes is out. When a release is built, only what is live or goes out with it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content_api import kinds, shapes
from content_api.content_items import ContentItem
from content_api.editorial import queries
from content_api.editorial.slot_names import by_id, slot_by_slug
from content_api.fields import UUID_PATTERN
from content_api.kinds import Finding, SetKey, Severity
from content_api.refusals import nearest
from content_api.rendering.filling import is_read_as_words
from content_api.rendering.prose import MAX_LENGTH
from content_api.rendering.quoting import words_of
from content_api.rendering.showing import facts_of
from content_api.rendering.slots import OPENS, slots_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.kinds import Fact, Facts, Kind
    from content_api.rendering.slots import Slot
    from content_api.rendering.world import Draft, EditionWorld


_REACH = 2  # facts read the cards of what an item refers to, and these may read one further


def slot_findings(kind: Kind, content: Json, world: EditionWorld) -> Iterator[Finding]:
    """Yield what keeps the slots of content from being filled, and which wait for something that is not out yet."""
    shelf = _Shelf(world)
    for one in shapes.prose(kind.shape, content):
        if OPENS not in one.text or len(one.text) > MAX_LENGTH:
            continue
        if not is_read_as_words(one.text):
            text = "A slot stands where its words would become an address. Take it out of the brackets, or after the colon."
            yield Finding(Severity.ERROR, "slot-in-address", one.pointer, f"{one.pointer}: {text}")
        for slot in dict.fromkeys(slots_in(one.text)):
            yield from _of_slot(slot, one.pointer, shelf)


def _of_slot(slot: Slot, pointer: str, shelf: _Shelf) -> Iterator[Finding]:
    problem = _problem(slot, shelf)
    place = f"{pointer}: {slot_by_slug(slot)}:"
    if problem:
        yield Finding(Severity.ERROR, "slot-unfillable", pointer, f"{place} {problem}")
    elif not slot.of_set and not shelf.is_live(slot.item):
        yield Finding(Severity.WARNING, "slot-waits", pointer, f"{place} what it quotes goes out before it or with it.")


def _problem(slot: Slot, shelf: _Shelf) -> str:
    """Return why a slot cannot be filled, and what to write instead; nothing if it can."""
    kind = slot.kind
    if kind is None:
        return _unknown_kind(slot)
    return _set_problem(slot, kind, shelf) if slot.of_set else _item_problem(slot, kind, shelf)


def _unknown_kind(slot: Slot) -> str:
    names = [kind.plural if slot.of_set else kind.name for kind in kinds.all_kinds()]
    what = "kind of which sets can be asked for" if slot.of_set else "kind"
    return f"there is no {what} “{slot.name}”. {nearest(slot.name, names)}"


def _item_problem(slot: Slot, kind: Kind, shelf: _Shelf) -> str:
    if missing := _no_such_item(kind, slot.item):
        return missing
    candidates = list(shelf.facts(slot.item))
    found = [facts[slot.path] for facts in candidates if slot.path in facts]
    if found:
        return _words_problem(next((fact for fact in found if not fact.refusal), found[0]), slot)
    paths = dict.fromkeys(path for facts in candidates for path in facts)
    return f"this {kind.label} has no “{slot.path}”. {nearest(slot.path, paths)}"


def _set_problem(slot: Slot, kind: Kind, shelf: _Shelf) -> str:
    if slot.path not in kind.set_facts:
        return f"nothing called “{slot.path}” can be said of {kind.plural}. {nearest(slot.path, kind.set_facts)}"
    names = [name for name, _ in slot.keys]
    for name, value in slot.keys:
        if name not in kind.set_keys:
            return f"sets of {kind.plural} are not asked for by “{name}”. {nearest(name, kind.set_keys)}"
        if names.count(name) > 1:
            return f"“{name}” is given twice. Give it once."
        if problem := _value_problem(kind, name, value, shelf):
            return problem
    key, world = slot.set_key, shelf.world
    fact = kind.set_facts[slot.path](key, world.members(key), world.pulled_members(key))
    return _words_problem(fact, slot)


def _value_problem(kind: Kind, name: str, value: str, shelf: _Shelf) -> str:
    """Return why a set cannot be asked for by a value: a set over a typo would be empty, and say so as if it were true."""
    if kind.set_keys[name]:
        about = kinds.get(kind.set_keys[name])
        return _no_such_item(about, value) or _branch_problem(about, value, shelf)
    known = kind.set_values[name]
    if value in known:
        return ""
    by_word = {word.casefold().removeprefix("the "): one for one, word in known.items()}
    meant = value.upper() if value.upper() in known else by_word.get(value.replace("-", " ").casefold())
    return f"there is no {name.replace('_', ' ')} “{value}”. {nearest(meant or value, known)}"


def _branch_problem(kind: Kind, item: str, shelf: _Shelf) -> str:
    below = shelf.world.members(SetKey.of(kind.name, **{kind.branches: item})) if kind.branches else []
    if not below:
        return ""
    slugs = ", ".join(f"“{card['slug']}”" for card in below)
    return f"below this {kind.label} lie others, which the set would leave out. Name the one that is meant: {slugs}."


def _words_problem(fact: Fact, slot: Slot) -> str:
    if fact.refusal:
        return fact.refusal
    if slot.format and slot.format not in fact.formats:
        return f"it has no format “{slot.format}”. {nearest(slot.format, fact.formats)}"
    return words_of(fact, slot.format)[1]


def _no_such_item(kind: Kind, item: str) -> str:
    if UUID_PATTERN.match(item):
        known = ContentItem.objects.filter(pk=item, kind=kind.name).exists()
        return "" if known else f"there is no {kind.label} with the id {item}. Write its slug."
    probe = f"{{{{ {kind.name}:{item}.x }}}}"
    if by_id(probe) != probe:
        return f"the {kind.label} “{item}” came after this was saved. Save the working copy once more."
    slugs = kind.model._default_manager.order_by("slug").values_list("slug", flat=True)
    return f"there is no {kind.label} “{item}”. {nearest(item, slugs)}"


@dataclass
class _Shelf:
    """Where the facts of an item may be: out, on its way, or only written."""

    world: EditionWorld  # what is live, and the newest open or approved version of what is not
    written: dict[str, Draft] = field(default_factory=dict)

    def is_live(self, content_id: str) -> bool:
        """Tell whether an item is out."""
        return self.world.draft(content_id) is None and self.world.card(content_id) is not None

    def facts(self, content_id: str) -> Iterator[Facts]:
        """Yield what may be quoted of an item, wherever it is."""
        live = self.world.quotable(content_id)
        if live is not None:
            yield live
        for draft in self._drafts(content_id):
            yield facts_of(content_id, draft, self.world.with_drafts(self._around(content_id, draft)))

    def _drafts(self, content_id: str) -> Iterator[Draft]:
        version = queries.newest_waiting(ContentItem.objects.get(pk=content_id))
        if version:
            yield queries.draft_of(version)
        yield self._written(content_id)

    def _around(self, content_id: str, draft: Draft) -> dict[str, Draft]:
        """Return a draft with what it stands on and is not out yet: a fact without its sources would be no fact."""
        found, ring = {content_id: draft}, [draft]
        for _ in range(_REACH):
            targets = {one.target for draft in ring for one in draft.kind.references(draft.content)} - found.keys()
            around = {one: self._written(one) for one in targets if not self.world.is_live(one)}
            found |= around
            ring = list(around.values())
        return found

    def _written(self, content_id: str) -> Draft:
        if content_id not in self.written:
            self.written[content_id] = queries.working_draft(ContentItem.objects.get(pk=content_id))
        return self.written[content_id]
