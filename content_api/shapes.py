"""What a working copy is made of, read off its model: the one way from rows to content and back.

Content is JSON with the model's own names: values as they are, dates as ISO 8601, references as content ids,
child rows as lists in the editors' order. `restore(snapshot(row))` gives the same rows again, because both walk
the same shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from content_api.content_items import Row, WorkingCopy
from content_api.fields import OnWithdrawal, ProseField, ReferenceField, ReferencesField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db import models

    from content_api.canonical_json import Json

_OF_A_ROW = {"id", "parent", "position"}  # where a row hangs, not what it says
_OF_AN_ITEM = {"item"}


class MemberType(Enum):
    """How a member of content is stored."""

    VALUE = "value"
    PROSE = "prose"
    REFERENCE = "reference"
    REFERENCES = "references"
    ROWS = "rows"


@dataclass(frozen=True)
class Reference:
    """A place in content that names another content item."""

    pointer: str
    target: str
    kind: str
    on_withdrawal: OnWithdrawal


@dataclass(frozen=True)
class Prose:
    """A place in content that holds CommonMark."""

    pointer: str
    text: str


@dataclass(frozen=True)
class Member:
    """One name in content, and how it is stored."""

    name: str
    type: MemberType
    field: Any = None
    rows: Shape | None = None

    @property
    def kind(self) -> str:
        """The kind of item that a reference points at."""
        return cast("type[WorkingCopy]", self.field.related_model).KIND


@dataclass(frozen=True)
class Shape:
    """The members of a working copy, or of one of its child rows."""

    model: type[models.Model]
    members: tuple[Member, ...]

    def member(self, name: str) -> Member | None:
        """Return the member of that name, if there is one."""
        return next((member for member in self.members if member.name == name), None)


@cache
def shape_of(model: type[models.Model]) -> Shape:
    """Return the shape of a working copy's (or a child row's) model."""
    members = [_own_member(field) for field in _own_fields(model)]
    members += [
        Member(relation.get_accessor_name() or "", MemberType.ROWS, rows=shape_of(relation.related_model))
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, Row) and relation.field.name == "parent"
    ]
    return Shape(model, tuple(members))


def _own_fields(model: type[models.Model]) -> list[Any]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    hidden = _OF_AN_ITEM if issubclass(model, WorkingCopy) else _OF_A_ROW
    return [field for field in fields if field.name not in hidden]


def _own_member(field: Any) -> Member:
    types: dict[type, MemberType] = {
        ReferencesField: MemberType.REFERENCES,
        ReferenceField: MemberType.REFERENCE,
        ProseField: MemberType.PROSE,
    }
    return Member(field.name, types.get(type(field), MemberType.VALUE), field)


def snapshot(row: models.Model) -> Json:
    """Return the content of a working copy (or child row) as it stands in the database."""
    return {member.name: _value(row, member) for member in shape_of(type(row)).members}


def _value(row: models.Model, member: Member) -> object:
    match member.type:
        case MemberType.ROWS:
            rows = getattr(row, member.name).order_by("position", "pk")
            return [snapshot(child) for child in rows]
        case MemberType.REFERENCES:
            return sorted(str(pk) for pk in getattr(row, member.name).values_list("pk", flat=True))
        case MemberType.REFERENCE:
            target = getattr(row, member.field.attname)
            return str(target) if target else None
        case _:
            value = getattr(row, member.name)
            return value.isoformat() if hasattr(value, "isoformat") else value


def restore(row: models.Model, content: Json) -> None:
    """Write content into a working copy (or child row): its values, references and child rows.

    Raises Django's ValidationError, by member, where the content breaks a rule of the model.
    """
    shape = shape_of(type(row))
    for member in shape.members:
        _set_value(row, member, content)
    row.full_clean(exclude=["item"], validate_unique=False, validate_constraints=False)
    row.save()
    for member in shape.members:
        _set_relation(row, member, content)


def _set_value(row: models.Model, member: Member, content: Json) -> None:
    if member.type in {MemberType.VALUE, MemberType.PROSE}:
        value = content.get(member.name, member.field.get_default())
        setattr(row, member.name, member.field.to_python(value))
    elif member.type is MemberType.REFERENCE:
        setattr(row, member.field.attname, content.get(member.name))


def _set_relation(row: models.Model, member: Member, content: Json) -> None:
    if member.type is MemberType.REFERENCES:
        getattr(row, member.name).set(content.get(member.name, []))
    elif member.type is MemberType.ROWS and member.rows:
        getattr(row, member.name).all().delete()
        for position, child_content in enumerate(content.get(member.name, [])):
            restore(member.rows.model(parent=row, position=position), child_content)


def references(shape: Shape, content: Json, pointer: str = "") -> Iterator[Reference]:
    """Yield every reference in content to another item, with its JSON pointer."""
    for member, value, place in _places(shape, content, pointer):
        if member.type is MemberType.REFERENCE:
            yield Reference(place, value, member.kind, member.field.on_withdrawal)
        elif member.type is MemberType.REFERENCES:
            for index, target in enumerate(value):
                yield Reference(f"{place}/{index}", target, member.kind, member.field.on_withdrawal)
        elif member.type is MemberType.ROWS and member.rows:
            for index, child in enumerate(value):
                yield from references(member.rows, child, f"{place}/{index}")


def prose(shape: Shape, content: Json, pointer: str = "") -> Iterator[Prose]:
    """Yield every prose member of content, with its JSON pointer."""
    for member, value, place in _places(shape, content, pointer):
        if member.type is MemberType.PROSE:
            yield Prose(place, value)
        elif member.type is MemberType.ROWS and member.rows:
            for index, child in enumerate(value):
                yield from prose(member.rows, child, f"{place}/{index}")


def _places(shape: Shape, content: Json, pointer: str) -> Iterator[tuple[Member, Any, str]]:
    for member in shape.members:
        value = content.get(member.name)
        if value:
            yield member, value, f"{pointer}/{member.name}"


def prune(shape: Shape, content: Json, is_live: Callable[[str], bool]) -> Json:
    """Return the content without its references to what is not live.

    An optional reference becomes null; a child row that is nothing without its reference is left out.
    """
    return {
        member.name: _pruned(member, content[member.name], is_live)
        for member in shape.members
        if member.name in content
    }


def _pruned(member: Member, value: Any, is_live: Callable[[str], bool]) -> object:
    if member.type is MemberType.REFERENCES:
        return [target for target in value if is_live(target)]
    if member.type is MemberType.REFERENCE:
        return value if value and is_live(value) else None
    if member.type is MemberType.ROWS and member.rows:
        shape = member.rows
        return [prune(shape, child, is_live) for child in value if _stands(shape, child, is_live)]
    return value


def _stands(shape: Shape, child: Json, is_live: Callable[[str], bool]) -> bool:
    required = (m for m in shape.members if m.type is MemberType.REFERENCE and not m.field.null)
    return all(is_live(child[member.name]) for member in required)
