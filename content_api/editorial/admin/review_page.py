"""What stands on the page of a version: the text, its surroundings, and what this person may do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.urls import reverse

from content_api import kinds, shapes
from content_api.canonical_json import Json, canonical
from content_api.editions.models import Edition, PublishedContent
from content_api.editorial import policies, queries
from content_api.editorial.admin.citations import citations
from content_api.editorial.admin.differences import differences
from content_api.editorial.admin.discussion import asked_before, beyond, by_pointer, pointer_of
from content_api.editorial.admin.reading import label_of, readable, rows_of
from content_api.editorial.admin.words import text_changes
from content_api.editorial.models import ChangeType
from content_api.editorial.slot_names import by_slug
from content_api.people import roles_of
from content_api.refusals import Refused
from content_api.rendering.envelope import substance_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from content_api.editorial.models import ReviewComment, Version


def review_page(version: Version, person: AbstractBaseUser | AnonymousUser) -> Json:
    """Return what the page of a version shows to this person."""
    shown = queries.shown(version)
    live = Edition.objects.filter(content_id=version.item_id, until_release=None).first()
    changes, rows = _changes(version, live, shown.substance), _rows(version, shown.substance)
    beside_changes = {one.pk for one in _said(changes)}
    return {
        "version": version,
        "kind": kinds.get(version.item.kind).label,
        "name": shown.substance["name"],
        "working_copy_url": _working_copy_address(version),
        "is_first": version.change_type == ChangeType.FIRST,
        "contributors": [_name(one.person) for one in version.contributors.select_related("person")],
        "roles": _roles(version),
        "live": live,
        "changes": changes,
        "source_changes": _source_changes(version, live),
        "rows": rows,
        "is_discussed": any(one.pk not in beside_changes for one in _said(rows)),
        "beyond": beyond(version, [*_said(changes), *_said(rows)]),
        "citations": citations(shown.substance),
        "asked_before": asked_before(version),
        "may_comment": not _refusal(policies.check_can_comment, version, person, "/slug", None),
        "shown": shown,
        "json": canonical(shown.substance),
        **_verdict(version, person),
    }


def _changes(version: Version, live: Edition | None, substance: Json) -> list[Json]:
    """Return what reads differently from what is live, each with the comments on its field."""
    kind, said = kinds.get(version.item.kind), by_pointer(queries.comments_on(version))
    if live is None:
        return []
    found = [(one, pointer_of(kind, one.path)) for one in differences(substance_in(live.body), substance)]
    return [{"difference": one, "pointer": pointer, "comments": said.get(pointer, [])} for one, pointer in found]


def _rows(version: Version, substance: Json) -> list[Json]:
    """Return the whole text, each member with the comments on its field."""
    kind, said = kinds.get(version.item.kind), by_pointer(queries.comments_on(version))
    pointers = {label_of(name): pointer_of(kind, (name,)) for name in substance}
    names = {label_of(name): name for name in substance}
    return [
        {"label": label, "value": value, "pointer": pointer, "comments": said.get(pointer, []), "parts": parts}
        for label, value in rows_of(substance)
        for pointer in [pointers.get(label, "")]
        for parts in [_parts(substance[names[label]], pointer, said) if label in names else []]
    ]


def _parts(rows: Any, pointer: str, said: Mapping[str, list[ReviewComment]]) -> list[Json]:
    """Return the rows that a member holds, each with the comments on it and on its fields; none if it holds no rows."""
    keyed = rows if pointer and isinstance(rows, list) and all(isinstance(one, dict) for one in rows) else []
    return [
        {"label": label_of(row["key"]), "value": readable(row), "pointer": place, "comments": _below(place, said)}
        for row in keyed
        if "key" in row
        for place in [f"{pointer}/{row['key']}"]
    ]


def _said(places: list[Json]) -> list[ReviewComment]:
    """Return the comments that stand at these places and at the rows that they hold."""
    parts = [part for one in places for part in one.get("parts", [])]
    return [comment for one in [*places, *parts] for comment in one["comments"]]


def _below(place: str, said: Mapping[str, list[ReviewComment]]) -> list[ReviewComment]:
    return [one for pointer, found in said.items() if f"{pointer}/".startswith(f"{place}/") for one in found]


def _source_changes(version: Version, live: Edition | None) -> list[tuple[str, Any]]:
    """Return the prose that differs from what is live, as editors typed it."""
    if live is None:
        return []
    kind = kinds.get(version.item.kind)
    stored = PublishedContent.objects.get(pk=live.content_sha256)
    before = kind.upcast(orjson.loads(stored.content), stored.schema_version)
    old = {one.pointer: by_slug(one.text) for one in shapes.prose(kind.shape, before)}
    new = {one.pointer: by_slug(one.text) for one in shapes.prose(kind.shape, queries.content_of(version))}
    moved = [pointer for pointer in dict.fromkeys([*new, *old]) if old.get(pointer) != new.get(pointer)]
    return [(pointer, text_changes(old.get(pointer, ""), new.get(pointer, ""))) for pointer in moved]


def _verdict(version: Version, person: Any) -> Json:
    """Return in which roles this person may judge, whether they may approve, and if not, why not."""
    wanted = list(version.required_reviews.order_by("role").values_list("role", flat=True))
    judging = [role for role in wanted if not _refusal(policies.check_can_review, version, person, role)]
    refusals = [_refusal(policies.check_can_approve, version, person, role) for role in (judging or wanted)]
    if not roles_of(person) & set(wanted):
        refusals = [
            f"This waits for a {' and a '.join(wanted).lower()}, and you are {'neither' if len(wanted) > 1 else 'none'}."
        ]
    return {
        "judging_roles": judging,
        "may_approve": bool(judging) and not all(refusals),
        "refusals": list(dict.fromkeys(filter(None, refusals))),
        "may_recall": not _refusal(policies.check_can_recall, version, person),
    }


def _refusal(check: Callable[..., None], *args: Any) -> str:
    try:
        check(*args)
    except Refused as refusal:
        return refusal.message
    return ""


def _roles(version: Version) -> list[Json]:
    given = {review.role: review for review in version.reviews.all()}
    return [{"role": one.role, "review": given.get(one.role)} for one in version.required_reviews.order_by("role")]


def _working_copy_address(version: Version) -> str:
    meta = kinds.get(version.item.kind).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[version.item_id])


def _name(person: Any) -> str:
    return str(person.get_full_name() or person.get_username())
