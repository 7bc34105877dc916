"""The texts of a set on its page: what each says that is new, where it stands, and whether this person judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from content_api import kinds
from content_api.editions.models import Edition
from content_api.editorial import queries
from content_api.editorial.admin.differences import differences
from content_api.editorial.admin.reading import rows_of
from content_api.editorial.models import State
from content_api.editorial.policies import check_can_approve
from content_api.refusals import Refused
from content_api.releases import policies
from content_api.releases.models import ReleaseState
from content_api.releases.sets import members_of
from content_api.rendering.envelope import substance_in

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from content_api.editorial.models import Version
    from content_api.releases.impact import SetReading
    from content_api.releases.models import Release
    from content_api.releases.sets import Member


def texts_of(release: Release, reading: SetReading, person: Any, role: str) -> list[Json]:
    """Return a row for each text of a set: those that wait for an editor, then those that have a version."""
    waiting = [_unsubmitted(one) for one in members_of(release) if one.is_to_submit]
    live = _live(reading)
    return [*waiting, *(_submitted(release, one.version, reading, live, person, role) for one in reading.items)]


def name_of_person(person: Any) -> str:
    """Return a person's name."""
    return str(person.get_full_name() or person.get_username())


def _row(item: ContentItem, name: str, standing: str, state: str) -> Json:
    kind = kinds.get(item.kind)
    meta = kind.model._meta
    return {
        "item_id": str(item.pk),
        "kind": kind.label,
        "name": name,
        "standing": standing,
        "state": state,
        "edit_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[item.pk]),
        "is_first": queries.is_first(item),
        "is_to_submit": False,
        "is_judging": False,
        "refusal": "",
    }


def _unsubmitted(member: Member) -> Json:
    """Return the row of a working copy; where it was sent back, with what reviewers said."""
    state = "changes_requested" if member.version else "open"
    row = _row(member.row.item, member.name, member.standing, state)
    said = [one for one in member.version.reviews.all() if one.comment] if member.version else []
    return {**row, "is_to_submit": True, "url": row["edit_url"], "version": member.version, "said": said}


def _submitted(
    release: Release, version: Version, reading: SetReading, live: dict[str, Json], person: Any, role: str
) -> Json:
    shown = reading.shown(version)
    before = live.get(str(version.item_id))
    state = State(version.state)
    row = _row(version.item, str(shown.substance["name"]), state.label.lower(), state.value.lower())
    return {
        **row,
        "version": version,
        "url": reverse("admin:editorial_version_change", args=[version.pk]),
        "shown": shown,
        "changes": differences(before, shown.substance) if before else [],
        "whole": [] if before else rows_of(shown.substance),
        "is_live": before is not None,
        "writers": [name_of_person(one.person) for one in version.contributors.select_related("person")],
        "waits_for": _waits_for(version),
        "stands_against": _stands_against(release, version),
        **_judging(release, version, person, role),
    }


def _judging(release: Release, version: Version, person: Any, role: str) -> Json:
    """Return whether this person judges a version in this role, and if they hold the role and may not, why not."""
    if not role or version.state != State.IN_REVIEW or release.state != ReleaseState.OPEN:
        return {"is_judging": False, "refusal": ""}
    try:
        check_can_approve(version, person, role)
    except Refused as refusal:
        told = refusal.message if refusal.code == "own-text" else ""
        return {"is_judging": False, "refusal": told}
    return {"is_judging": True, "refusal": ""}


def _waits_for(version: Version) -> list[str]:
    if version.state != State.IN_REVIEW:
        return []
    given = version.reviews.values("role")
    return list(version.required_reviews.exclude(role__in=given).order_by("role").values_list("role", flat=True))


def _stands_against(release: Release, version: Version) -> Json:
    """Return why an approved version may no longer go out, and whether writing it anew on top of what is live helps."""
    if version.state == State.IN_REVIEW:
        return {}
    try:
        policies.check_may_go_out(release, [version])
    except Refused as refusal:
        return {"message": refusal.message, "offers_rebase": refusal.code == "newer-is-live"}
    return {}


def _live(reading: SetReading) -> dict[str, Json]:
    rows = Edition.objects.filter(content_id__in=[one.item_id for one in reading.items], until_release=None)
    return {str(one): substance_in(body) for one, body in rows.values_list("content_id", "body")}
