"""What else will read differently: every text, live or entering, that is not what was last approved or signed off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from content_api.canonical_json import Json, sha256
from content_api.editions.models import Edition
from content_api.editorial import queries as editorial
from content_api.editorial.models import Verdict, VersionContributor
from content_api.releases.sets import items_of
from content_api.rendering.closure import Closure, close
from content_api.rendering.envelope import substance_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from content_api.editorial.models import Version
    from content_api.releases.models import Release, ReleaseItem, SignOff
    from content_api.rendering.substance import Rendering
    from content_api.rendering.world import Draft

_NAMING = {"name", "slug", "url"}  # what a reference shows besides facts
_REFERENCE = {"id", "kind", *_NAMING}
_FACT = {"ref", "text", "slug"}
_CARRIED = {"id", "slug", "mandatory"}


@dataclass(frozen=True)
class ImpactRow:
    """A text that will read differently, and whether somebody must read it first."""

    content_id: str
    kind: str
    slug: str
    name: str
    before: Json
    after: Json
    needs_sign_off: bool
    roles: frozenset[str]


@dataclass(frozen=True)
class Impact:
    """Every such text of a release, and the hash that a sign-off is bound to; of which versions it comes."""

    rows: list[ImpactRow]
    sha256: str
    versions: list[UUID]

    @property
    def required_roles(self) -> list[str]:
        """Return whose sign-off it needs: the roles of the kinds of its rows."""
        return sorted({str(role) for row in self.rows if row.needs_sign_off for role in row.roles})


@dataclass(frozen=True)
class SetReading:
    """A release as it will read when all of it is out: its versions, what they do to the rest, and the impact."""

    items: list[ReleaseItem]
    closure: Closure
    impact: Impact

    def shown(self, version: Version) -> editorial.Shown:
        """Return what a reviewer of the set is shown of one of its versions."""
        rendering = self.closure.entering[str(version.item_id)]
        return editorial.Shown(editorial.content_of(version), version.content_sha256, rendering)


def closure_of(release: Release, items: list[Any], confirmed: frozenset[str] = frozenset()) -> Closure:
    """Return what a release of these items does to the live set; `confirmed` items' pulls have got a second person."""
    entering = {str(one.item_id): editorial.draft_of(one.version) for one in items}
    leaving = {str(one.item_id) for one in release.withdrawals.all()}
    return close(
        release=editorial.current_release(),
        entering=entering,
        leaving=leaving,
        pulls=release.is_pull,
        confirmed=confirmed,
    )


def sign_offs_that_count(release: Release, impact: Impact) -> QuerySet[SignOff]:
    """Return who signed off this very impact and has made nothing of the release, not even afterwards."""
    wrote = VersionContributor.objects.filter(version__in=impact.versions).values("person_id")
    signed = release.sign_offs.filter(impact_sha256=impact.sha256)
    return signed.exclude(person__in=release.composers.values("person_id")).exclude(person__in=wrote)


def reading_of(release: Release) -> SetReading:
    """Return how a release would read, were it published now with all that is in review in it."""
    items = items_of(release)
    closure = closure_of(release, items)
    return SetReading(items, closure, impact_of_closure(release, items, closure))


def impact_of(release: Release) -> Impact:
    """Return what would read differently, were the release published now with all that is in review in it."""
    return reading_of(release).impact


def impact_of_closure(release: Release, items: list[Any], closure: Closure) -> Impact:
    """Return what will read differently from what was last approved or signed off."""
    live = _live_substances(closure)
    rows = [*_entering_rows(items, closure), *_touched_rows(closure, live, only_removes=not items)]
    return Impact(rows, sha256(_signed(release, items, rows)), [one.version.pk for one in items])


def reads_alike(before: Any, after: Any) -> bool:
    """Tell whether two substances differ in nothing but the names and addresses of what they refer to."""
    return bool(_without_names(before) == _without_names(after))


def _entering_rows(items: list[Any], closure: Closure) -> list[ImpactRow]:
    rows = []
    for one in items:
        rendering = closure.entering[str(one.item_id)]
        before = _gravest(_read_otherwise(one.version, rendering), rendering)
        if before:
            rows.append(_row(str(one.item_id), before, rendering, closure))
    return rows


def _read_otherwise(version: Version, rendering: Rendering) -> list[Json]:
    """Return what those who approved a version read, where that is not what goes out."""
    approvals = (review for review in version.reviews.all() if review.verdict == Verdict.APPROVED)
    return [orjson.loads(one.substance) for one in approvals if one.substance_sha256 != rendering.sha256]


def _gravest(befores: list[Json], rendering: Rendering) -> Json | None:
    """Return a reading that differs in more than names, if anybody's does: everyone must have read what goes out."""
    graver = [before for before in befores if not reads_alike(before, rendering.substance)]
    return next(iter(graver or befores), None)


def _touched_rows(closure: Closure, live: dict[str, Json], *, only_removes: bool) -> list[ImpactRow]:
    return [
        _row(one, live[one], rendering, closure, exempt=only_removes)
        for one, rendering in sorted(closure.touched.items())
        if live[one] != rendering.substance
    ]


def _row(content_id: str, before: Json, rendering: Rendering, closure: Closure, *, exempt: bool = False) -> ImpactRow:
    after = rendering.substance
    draft: Draft | None = closure.world.draft(content_id)
    roles = editorial.required_roles(draft.kind, draft.content) if draft else frozenset()
    return ImpactRow(
        content_id=content_id,
        kind=after["kind"],
        slug=after["slug"],
        name=after["name"],
        before=before,
        after=after,
        needs_sign_off=not exempt and not reads_alike(before, after),
        roles=frozenset(roles),
    )


def _live_substances(closure: Closure) -> dict[str, Json]:
    rows = Edition.objects.live_in(closure.world.release).filter(content_id__in=list(closure.touched))
    return {str(one): substance_in(body) for one, body in rows.values_list("content_id", "body")}


def _signed(release: Release, items: list[Any], rows: list[ImpactRow]) -> Json:
    withdrawals = release.withdrawals.order_by("item_id")
    return {
        "items": [[str(one.item_id), one.version.content_sha256] for one in items],
        "withdrawals": [[str(one.item_id), one.reason, one.public_note] for one in withdrawals],
        "impact": [[row.content_id, row.before, row.after] for row in rows],
    }


def _without_names(value: Any) -> Any:
    if isinstance(value, dict):
        named = value.keys() >= _REFERENCE or value.keys() >= _FACT or value.keys() == _CARRIED
        kept = {name: member for name, member in value.items() if not (named and name in _NAMING)}
        return {name: _without_names(member) for name, member in kept.items() if name != "attribution"}
    if isinstance(value, list):
        return [_without_names(member) for member in value]
    return value
