"""What was said of the fields of a version, where each field is shown; and what was said of the submission before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from content_api.content_items import ContentItem
from content_api.editorial import queries
from content_api.editorial.admin.reading import label_of
from content_api.editorial.models import State
from content_api.editorial.slot_names import by_slug
from content_api.fields import UUID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_api.canonical_json import Json
    from content_api.editorial.models import ReviewComment, Version
    from content_api.kinds import Kind
    from content_api.shapes import Shape


@dataclass(frozen=True)
class Asked:
    """What was asked for last time, and whether the field is another now."""

    comment: ReviewComment
    label: str
    has_changed: bool


def pointer_of(kind: Kind, path: tuple[str, ...]) -> str:
    """Return the field of the working copy that public names lead to: `/events/approved/on`; "" if there is none.

    A public name may stand for a field as it is (`events`), without its form (`summary_html`), or with the object that
    groups it (`indication.summary_html` is `indication_summary`).
    """
    names = [name.removesuffix("_html").removesuffix("_markdown") for name in path]
    for end in range(len(names), 0, -1):
        if member := kind.shape.member("_".join(names[:end])):
            return f"/{member.name}{_in_row(member.rows, names[end:])}"
    return ""


def _in_row(shape: Shape | None, names: list[str]) -> str:
    """Return the rest of a pointer that leads into rows: to one by its key, and to the field of it if there is one."""
    if shape is None or not names:
        return ""
    key, *members = names
    found = (shape.member("_".join(members[:end])) for end in range(len(members), 0, -1))
    field = next(filter(None, found), None)
    return f"/{key}/{field.name}" if field else f"/{key}"


def label_at(pointer: str) -> str:
    """Return a field's name for people."""
    return " · ".join(label_of(name) for name in pointer.removeprefix("/").split("/"))


def words_of(value: Any) -> str:
    """Return a value as a person reads it: slots by slug, what is referred to by its name, rows line by line."""
    match value:
        case None | "" | []:
            return "nothing"
        case str() if UUID_PATTERN.match(value):
            item = ContentItem.objects.filter(pk=value).first()
            return str(queries.working_copy(item)) if item else value
        case str():
            return by_slug(value)
        case list():
            return "\n".join(words_of(one) for one in value)
        case dict():
            return "\n".join(f"{label_at(f'/{name}')}: {words_of(one)}" for name, one in value.items())
        case _:
            return str(value)


def by_pointer(comments: Iterable[ReviewComment]) -> dict[str, list[ReviewComment]]:
    """Return the comments by the field that they are on."""
    found: dict[str, list[ReviewComment]] = {}
    for one in comments:
        found.setdefault(one.pointer, []).append(one)
    return found


def beyond(version: Version, shown: Iterable[ReviewComment]) -> list[Json]:
    """Return the comments that no field of a page shows, by field, each with what the version says there."""
    seen, content = {one.pk for one in shown}, queries.content_of(version)
    rest = by_pointer(one for one in queries.comments_on(version) if one.pk not in seen)
    return [
        {"label": label_at(pointer), "words": words_of(_at(content, pointer)), "comments": said}
        for pointer, said in rest.items()
    ]


def asked_before(version: Version) -> list[Asked]:
    """Return what was said of the submission before, if that came back."""
    before = version.item.versions.filter(number__lt=version.number).order_by("-number").first()
    if before is None or before.state != State.CHANGES_REQUESTED:
        return []
    old, new = queries.content_of(before), queries.content_of(version)
    return [
        Asked(one, label_at(one.pointer), _at(old, one.pointer) != _at(new, one.pointer))
        for one in queries.comments_on(before)
    ]


def _at(content: Json, pointer: str) -> object:
    try:
        return queries.at_pointer(content, pointer)
    except LookupError:
        return None
