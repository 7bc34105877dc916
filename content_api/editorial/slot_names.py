"""Slots as people read them, by slug, and as they are stored, by content id: so no renamed slug breaks a text."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from content_api import kinds
from content_api.editions.models import PublicSlug
from content_api.fields import UUID_PATTERN
from content_api.rendering.slots import OPENS, rewritten, slots_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_api.rendering.slots import Slot

_Names = dict[tuple[str, str], str]  # kind and name → the other name


def by_id(text: str) -> str:
    """Return a text with its slots as they are stored; one whose slug nobody has stays as it was typed."""
    return _renamed(text, _ids_of)


def by_slug(text: str) -> str:
    """Return a stored text with its slots as people read and type them."""
    return _renamed(text, _slugs_of)


def slot_by_slug(slot: Slot) -> Slot:
    """Return a slot as people read it."""
    known = _slugs_of(_items_of([slot]))
    return slot.named(lambda kind, item: known.get((kind, item), item))


def _renamed(text: str, names_of: Callable[[set[tuple[str, str]]], _Names]) -> str:
    if OPENS not in text:
        return text
    known = names_of(_items_of(slots_in(text)))
    return rewritten(text, lambda slot: slot.named(lambda kind, item: known.get((kind, item), item)))


def _items_of(slots: list[Slot]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()

    def note(kind: str, item: str) -> str:
        found.add((kind, item))
        return item

    for slot in slots:
        slot.named(note)
    return found


def _ids_of(names: set[tuple[str, str]]) -> _Names:
    """Return the ids of items by slug: that of a working copy, or one that the item had in public."""
    ids = {one: str(uuid.UUID(one[1])) for one in names if UUID_PATTERN.match(one[1])}
    slugs = [slug for _, slug in names - ids.keys()]
    ids |= {
        (kind, slug): str(one) for kind, slug, one in PublicSlug.objects.filter(slug__in=slugs).values_list(*_ADDRESS)
    }
    for kind in {kind for kind, _ in names}:
        rows = kinds.get(kind).model._default_manager.filter(slug__in=slugs).values_list("slug", "pk")
        ids |= {(kind, slug): str(pk) for slug, pk in rows}
    return ids


def _slugs_of(names: set[tuple[str, str]]) -> _Names:
    slugs: _Names = {}
    for kind in {kind for kind, _ in names}:
        ids = [uuid.UUID(one) for of, one in names if of == kind and UUID_PATTERN.match(one)]
        rows = kinds.get(kind).model._default_manager.filter(item__in=ids).values_list("pk", "slug")
        slugs |= {(kind, str(pk)): slug for pk, slug in rows}
    return slugs


_ADDRESS = ("kind", "slug", "content_id")
