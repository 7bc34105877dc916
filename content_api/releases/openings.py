"""The editions that a release opens: each rendering in its envelope, with who last read it and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Max, Min

from content_api import kinds
from content_api.editions.models import Cause, Edition
from content_api.editorial.models import ChangeType, Verdict
from content_api.releases.impact import sign_offs_that_count
from content_api.rendering.envelope import Envelope, envelope_in, seal
from content_api.rendering.substance import RENDERER, Rendering

if TYPE_CHECKING:
    from uuid import UUID

    from content_api.canonical_json import Json
    from content_api.editorial.models import Version
    from content_api.releases.impact import Impact
    from content_api.releases.models import Release, ReleaseItem, ReleaseWithdrawal
    from content_api.rendering.closure import Closure

_BY_SERIOUSNESS = (ChangeType.CORRECTION, ChangeType.WORLD_CHANGED, ChangeType.EDITORIAL, ChangeType.CONFIRMED)
_WE_WERE_WRONG = {"CORRECTION", "ENTERED_IN_ERROR"}


@dataclass(frozen=True)
class Next:
    """The release that is being written, and all that it does."""

    number: int
    at: datetime
    release: Release
    items: list[ReleaseItem]
    withdrawals: list[ReleaseWithdrawal]
    closure: Closure
    impact: Impact
    confirmed: frozenset[str] = frozenset()  # items whose pull got its second person


@dataclass(frozen=True)
class _Reading:
    """Who last read a text as it now reads, and on which day."""

    on: date
    by: list[Json]


@dataclass(frozen=True)
class _Opening:
    """What an edition is of."""

    rendering: Rendering
    version_id: UUID
    content_sha256: str
    cause: Cause
    version: int
    reading: _Reading
    change: Json | None


def openings(following: Next, ending: dict[str, Edition]) -> list[Edition]:
    """Return the editions that the release opens, not yet saved; `ending` are those that it closes, by item."""
    past = _past(following)
    readings = _sign_off_readings(following)
    entering = [_of_version(one, following, past, readings) for one in following.items]
    touched = [_rerendered(one, following, ending[one], readings) for one in sorted(following.closure.touched)]
    versions = _versions_quoted([*entering, *touched])
    return [_edition(opening, following, past, versions) for opening in (*entering, *touched)]


def _versions_quoted(opened: list[_Opening]) -> dict[str, int]:
    """Return the version, in this release, of every item that prose quotes."""
    quoted = {fact["id"] for one in opened for fact in one.rendering.substance["facts"] if fact["id"]}
    live = Edition.objects.filter(content_id__in=quoted, until_release=None)
    versions = {str(one): version for one, version in live.values_list("content_id", "version")}
    return versions | {one.rendering.card["id"]: one.version for one in opened}


def _past(following: Next) -> dict[str, tuple[datetime, int]]:
    """Return when each item was first published, and its last public version."""
    ids = [*following.closure.entering, *following.closure.touched]
    rows = Edition.objects.filter(content_id__in=ids).values_list("content_id")
    found = rows.annotate(first=Min("published_at"), last=Max("version")).order_by()
    return {str(one): (first, last) for one, first, last in found}


def _of_version(
    one: ReleaseItem, following: Next, past: dict[str, tuple[datetime, int]], readings: dict[str, _Reading]
) -> _Opening:
    content_id, version = str(one.item_id), one.version
    confirms = version.change_type == ChangeType.CONFIRMED
    last = past.get(content_id, (following.at, 0))[1]
    return _Opening(
        rendering=following.closure.entering[content_id],
        version_id=version.pk,
        content_sha256=version.content_sha256,
        cause=Cause.CONFIRM if confirms else Cause.VERSION,
        version=last if confirms else last + 1,
        reading=readings.get(content_id) or _approval_reading(version),
        change=_change(version.change_type, version.change_note),
    )


def _rerendered(content_id: str, following: Next, before: Edition, readings: dict[str, _Reading]) -> _Opening:
    envelope = envelope_in(before.body)
    carried = _Reading(date.fromisoformat(envelope["last_reviewed"]), envelope["reviewed_by"])
    return _Opening(
        rendering=following.closure.touched[content_id],
        version_id=before.version_id,
        content_sha256=before.content_sha256,
        cause=Cause.RERENDER,
        version=before.version,
        reading=readings.get(content_id, carried),
        change=_change_because(content_id, following),
    )


def _edition(
    opening: _Opening, following: Next, past: dict[str, tuple[datetime, int]], versions: dict[str, int]
) -> Edition:
    card, reading = opening.rendering.card, opening.reading
    draft = following.closure.world.draft(card["id"])
    interval = draft.content["review_interval_days"] if draft else 0
    envelope = Envelope(
        version=opening.version,
        release=following.number,
        published_at=following.at,
        first_published_at=past.get(card["id"], (following.at, 0))[0],
        last_reviewed=reading.on,
        next_review=reading.on + timedelta(days=interval),
        facts_as_of=following.at.date(),
        reviewed_by=reading.by,
        change=opening.change,
        fact_versions=versions,
    )
    body, checksum = seal(opening.rendering.substance, envelope.members())
    return Edition(
        content_id=card["id"],
        kind=card["kind"],
        slug=card["slug"],
        name=card["name"],
        version=opening.version,
        version_id=opening.version_id,
        content_sha256=opening.content_sha256,
        cause=opening.cause,
        renderer=RENDERER,
        from_release_id=following.number,
        published_at=following.at,
        last_reviewed=reading.on,
        next_review=envelope.next_review,
        checksum=checksum,
        substance_sha256=opening.rendering.sha256,
        card=orjson.dumps(card).decode(),
        facts=opening.rendering.facts,
        body=body,
    )


def _approval_reading(version: Version) -> _Reading:
    reviews = [one for one in version.reviews.all() if one.verdict == Verdict.APPROVED]
    people = [_reader(one.role, one.reviewer_name, one.reviewer_credentials) for one in _by_role(reviews)]
    return _Reading(max(one.at for one in reviews).date(), people)


def _sign_off_readings(following: Next) -> dict[str, _Reading]:
    """Return the reading of each text whose change was signed off in this release."""
    wanted = following.impact.required_roles
    signed = list(sign_offs_that_count(following.release, following.impact)) if wanted else []
    if not signed:
        return {}
    people = [_reader(one.role, one.person_name, one.person_credentials) for one in _by_role(signed)]
    reading = _Reading(max(one.at for one in signed).date(), people)
    return {row.content_id: reading for row in following.impact.rows if row.needs_sign_off}


def _by_role(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.role, row.pk))


def _reader(role: str, name: str, credentials: str) -> Json:
    return {"role": role, "name": name, "credentials": credentials or None}


def _change(change_type: str, note: str) -> Json | None:
    return None if change_type == ChangeType.FIRST else {"type": str(change_type), "note": note}


def _change_because(content_id: str, following: Next) -> Json:
    """Return what moved a text that nobody touched: the gravest of its causes, and all their names."""
    causes = _roots(content_id, following)
    by_id = {str(one.item_id): _type_of(one.version.change_type) for one in following.items}
    by_id |= dict.fromkeys(following.closure.cascaded, ChangeType.WORLD_CHANGED)
    by_id |= {str(one.item_id): _type_of_reason(one.reason) for one in following.withdrawals}
    types = {by_id[one] for one in causes if one in by_id}
    gravest = next((one for one in _BY_SERIOUSNESS if one in types), ChangeType.EDITORIAL)
    return {
        "type": str(gravest),
        "note": _follows_from(_names(_known_to_readers(content_id, causes, following), following)),
    }


def _known_to_readers(content_id: str, causes: set[str], following: Next) -> set[str]:
    """Return the causes that a text shows, or that are gone: of others it must not keep a name that a pull would miss."""
    shown = {use.target for use in following.closure.touched[content_id].uses if use.shown}
    return causes & (shown | following.closure.world.leaving)


def _follows_from(names: list[str]) -> str:
    return f"Follows from: {', '.join(names)}." if names else "Follows from a change in what it builds on."


def _roots(content_id: str, following: Next) -> set[str]:
    """Return what entered or left and, directly or by way of others, moved a text."""
    closure = following.closure
    return closure.roots(content_id, {*closure.entering, *closure.world.leaving, *following.confirmed})


def _type_of(change_type: str) -> str:
    return ChangeType.WORLD_CHANGED if change_type == ChangeType.FIRST else change_type


def _type_of_reason(reason: str) -> str:
    return ChangeType.CORRECTION if reason in _WE_WERE_WRONG else ChangeType.WORLD_CHANGED


def _names(content_ids: set[str], following: Next) -> list[str]:
    """Return what readers may know the causes by: names; of what is gone, and of disclaimers, only the address.

    A pull leaves the texts that carry a disclaimer as they were, so what they keep of it must be no more than their link.
    """
    entering = {one: _known_as(rendering.card) for one, rendering in following.closure.entering.items()}
    gone = Edition.objects.filter(content_id__in=content_ids - entering.keys())
    names = {name for one, name in entering.items() if one in content_ids}
    return sorted(names | {f"{slug} (withdrawn)" for slug in gone.values_list("slug", flat=True)})


def _known_as(card: Json) -> str:
    return str(card["slug"] if kinds.get(card["kind"]).accompanies else card["name"])
