"""From what a seed file says of an item to content: members checked, slugs turned into content ids.

Mistakes are collected, so that one run names them all. Each says where it is and, where that can be guessed, what
was meant.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from content_api.fields import ChoiceListField
from content_api.refusals import nearest
from content_api.rendering.slots import rewritten
from content_api.shapes import MemberType

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.shapes import Member, Shape

NAMESPACE = uuid.UUID("4a0f6b4e-52d3-4c3c-9a35-6d1f1d2c7b90")  # of the seed's content ids; never changes
REMOVED = "removed"  # `removed: true` in a row takes it out of what earlier releases said


def content_id(kind: str, slug: str) -> str:
    """Return the content id of a seed item, made from its kind and the first slug that it had."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{slug}"))


@dataclass
class Reading:
    """One pass over seed files: the names that may be referred to so far, and the mistakes found."""

    names: dict[str, set[str]] = field(default_factory=dict)  # kind → first slugs
    problems: list[str] = field(default_factory=list)

    def content(self, shape: Shape, raw: Any, place: str) -> Json:
        """Return the content that a mapping stands for, as `shapes.snapshot` would give it."""
        raw = self._mapping(raw, place)
        for name in raw.keys() - {member.name for member in shape.members}:
            options = [member.name for member in shape.members]
            self.problems.append(f"{place}/{name}: there is no member “{name}”. {nearest(str(name), options)}")
        return {member.name: self._value(member, raw, f"{place}/{member.name}") for member in shape.members}

    def reference(self, kind: str, slug: Any, place: str) -> str | None:
        """Return the content id of a known item."""
        if str(slug) in self.names.get(kind, set()):
            return content_id(kind, slug)
        options = self.names.get(kind, set())
        self.problems.append(f"{place}: there is no {kind.replace('_', ' ')} “{slug}”. {nearest(str(slug), options)}")
        return None

    def _value(self, member: Member, raw: Json, place: str) -> Any:
        match member.type:
            case MemberType.ROWS if member.rows:
                rows = self._list(raw.get(member.name), place)
                return [self.content(member.rows, row, f"{place}/{index}") for index, row in enumerate(rows)]
            case MemberType.REFERENCES:
                slugs = self._list(raw.get(member.name), place)
                ids = [self.reference(member.kind, slug, f"{place}/{index}") for index, slug in enumerate(slugs)]
                return sorted(one for one in ids if one)
            case MemberType.REFERENCE:
                return self._reference(member, raw.get(member.name), place)
            case MemberType.PROSE:
                return self._prose(str(self._plain(member, raw, place)), place)
            case _:
                return self._plain(member, raw, place)

    def _reference(self, member: Member, slug: Any, place: str) -> str | None:
        if slug is not None:
            return self.reference(member.kind, slug, place)
        if not member.field.null:
            self.problems.append(f"{place}: this is required. Write the slug of a {member.kind.replace('_', ' ')}.")
        return None

    def _prose(self, text: str, place: str) -> str:
        """Return prose with its slots by content id, as it is stored."""

        def name(kind: str, slug: str) -> str:
            return self.reference(kind, slug, place) or slug

        return rewritten(text, lambda slot: slot.named(name))

    def _plain(self, member: Member, raw: Json, place: str) -> Any:
        value = raw.get(member.name, member.field.get_default())
        try:
            value = member.field.clean(value, None)
        except ValidationError as error:
            hint = nearest(str(value), _choices(member.field)) if _choices(member.field) else ""
            self.problems.append(f"{place}: {' '.join(error.messages)} {hint}".rstrip())
        return value.isoformat() if hasattr(value, "isoformat") else value

    def _mapping(self, raw: Any, place: str) -> Json:
        if isinstance(raw, dict):
            return raw
        self.problems.append(f"{place}: write a mapping of members here.")
        return {}

    def _list(self, raw: Any, place: str) -> list[Any]:
        if isinstance(raw, list | None):
            return raw or []
        self.problems.append(f"{place}: write a list here.")
        return []


def merged(shape: Shape, old: Json, new: Json) -> Json:
    """Return what an item says after a later release: members replaced, rows merged by their key or source."""
    rows = {member.name: member.rows for member in shape.members if member.rows}
    result = {**old, **new}
    for name in new.keys() & old.keys() & rows.keys():
        result[name] = _merged_rows(rows[name], old[name], new[name])
    return result


def _merged_rows(shape: Shape, old: Any, new: Any) -> Any:
    name = _identity(shape)
    if name is None or not isinstance(old, list) or not _all_mappings(new):
        return new
    changes = {row.get(name): row for row in new}
    kept = [merged(shape, row, changes.pop(row.get(name), {})) for row in old]
    return [row for row in [*kept, *changes.values()] if row.get(REMOVED) is not True]


def _identity(shape: Shape) -> str | None:
    """Return the member by which a row is known again: its key, or the source that it cites."""
    if shape.member("key"):
        return "key"
    source = shape.member("source")
    return "source" if source and not source.field.null else None


def _all_mappings(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _choices(model_field: Any) -> list[str]:
    if isinstance(model_field, ChoiceListField) and model_field.vocabulary:
        return list(model_field.vocabulary.values)
    return [str(value) for value, _ in model_field.choices or []]
