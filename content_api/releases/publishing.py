"""Writing the next release, row by row, inside the caller's transaction; the last row seals it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.db.models import Q

from content_api.canonical_json import sha256
from content_api.editions.inserting import Row, insert, insert_all
from content_api.editions.models import (
    Edition,
    EditionReference,
    Facet,
    OpenPull,
    PublicSlug,
    PublishedContent,
    PublishedRelease,
    Redaction,
    ReferenceRole,
    Tombstone,
)
from content_api.editions.queries import instant
from content_api.editions.searching import SearchWord
from content_api.releases.openings import openings
from content_api.rendering.passages import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from content_api.canonical_json import Json
    from content_api.releases.openings import Next
    from content_api.rendering.substance import Rendering

_BATCH = 200  # editions that are written, and whose index is held in memory, at once


def write(following: Next) -> PublishedRelease:
    """Close and open editions, write tombstones and redactions, and seal the release."""
    ending = _ending(following)
    opened = openings(following, ending)
    _keep_contents(following)
    Edition.objects.filter(pk__in=[one.pk for one in ending.values()]).update(until_release=following.number)
    _open(following.number, opened)
    _index(following, opened)
    _claim_slugs(following.number, opened)
    tombstones = _bury(following, ending)
    if following.release.is_pull:
        _redact(following.number, tombstones)
        _wait_for_a_second_person(following, tombstones)
    OpenPull.objects.filter(content_id__in=following.confirmed).update(until_release=following.number)
    return _seal(following, opened, tombstones)


def release_hash(number: int, previous: str | None, at: datetime, items: list[Any], withdrawn: list[str]) -> str:
    """Return the hash that binds a release to its items' checksums and to the release before it."""
    return sha256(
        {
            "number": number,
            "previous_hash": previous,
            "published_at": instant(at),
            "items": sorted(items),
            "withdrawn": sorted(withdrawn),
        }
    )


def live_items(number: int) -> list[list[Any]]:
    """Return [id, version, checksum] of everything live in a release, as its hash covers them."""
    rows = Edition.objects.live_in(number).values_list("content_id", "version", "checksum")
    return [[str(content_id), version, checksum] for content_id, version, checksum in rows]


class IndexRows(NamedTuple):
    """All that an edition can be found by, each table's rows as the values of its `INDEXES` fields."""

    facets: list[Row]
    references: list[Row]
    words: list[Row]


INDEXES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Facet, ("edition", "name", "value")),
    (EditionReference, ("edition", "role", "target", "cascades", "shown", "set_shape", "set_key")),
    (SearchWord, ("edition", "word", "rank")),
)


def index_rows(edition: Edition, rendering: Rendering) -> IndexRows:
    """Return the facets, references and words of an edition; the words are those of its bytes."""
    pk = edition.pk
    facets: list[Row] = [(pk, name, value) for name, values in rendering.facets.items() for value in values]
    references: list[Row] = [
        (
            pk,
            use.role,
            use.target,
            use.cascades,
            use.shown,
            use.key.shape if use.key else "",
            str(use.key) if use.key else "",
        )
        for use in rendering.uses
    ]
    return IndexRows(facets, references, [(pk, word, rank) for word, rank in words_of(edition).items()])


def save_index(indexes: Iterable[IndexRows]) -> None:
    """Save what editions can be found by; each table in one go."""
    for (model, names), tables in zip(INDEXES, zip(*indexes, strict=True), strict=True):
        insert(model, names, [row for rows in tables for row in rows])


def _ending(following: Next) -> dict[str, Edition]:
    closure = following.closure
    ids = [*closure.entering, *closure.touched, *closure.world.leaving]
    rows = Edition.objects.filter(content_id__in=ids, until_release=None)
    return {str(edition.content_id): edition for edition in rows}


def _keep_contents(following: Next) -> None:
    versions = {one.version.content_sha256: one.version for one in following.items}
    known = PublishedContent.objects.filter(sha256__in=versions).values_list("sha256", flat=True)
    for sha in known:
        versions.pop(sha, None)
    contents = [(sha, one.item.kind, one.schema_version, one.content) for sha, one in versions.items()]
    insert(PublishedContent, ("sha256", "kind", "schema_version", "content"), contents)


def _open(number: int, opened: list[Edition]) -> None:
    """Save the editions that a release opens, and tell each its key."""
    for start in range(0, len(opened), _BATCH):
        insert_all(Edition, opened[start : start + _BATCH])
    keys = {str(one): pk for one, pk in Edition.objects.filter(from_release=number).values_list("content_id", "pk")}
    for edition in opened:
        edition.pk = keys[str(edition.content_id)]


def _index(following: Next, opened: list[Edition]) -> None:
    renderings = {**following.closure.entering, **following.closure.touched}
    for start in range(0, len(opened), _BATCH):
        batch = opened[start : start + _BATCH]
        save_index(index_rows(edition, renderings[str(edition.content_id)]) for edition in batch)


def _claim_slugs(number: int, opened: list[Edition]) -> None:
    wanted = {(edition.kind, edition.slug): edition.content_id for edition in opened}
    known = PublicSlug.objects.filter(slug__in=[slug for _, slug in wanted]).values_list("kind", "slug")
    for key in known:
        wanted.pop(key, None)
    claimed = [(kind, slug, content_id, number) for (kind, slug), content_id in wanted.items()]
    insert(PublicSlug, ("kind", "slug", "content_id", "since_release"), claimed)


def _bury(following: Next, ending: dict[str, Edition]) -> list[Tombstone]:
    """Write the tombstones of what is withdrawn, and of what makes no sense without it."""
    reasons: dict[str, Json] = {
        str(one.item_id): {
            "reason": one.reason,
            "public_note": one.public_note,
            "partner_action": one.partner_action,
            "act_by": one.act_by,
            "replaced_by": one.replaced_by_id,
        }
        for one in following.withdrawals
    }
    reasons |= _reasons_of_confirmed(following)
    for one, cause in following.closure.cascaded.items():
        reasons[one] = {**reasons[cause], "replaced_by": None}
    gone = ((one, reason) for one, reason in sorted(reasons.items()) if one not in following.confirmed)
    tombstones = [_tombstone(following, ending[one], reason) for one, reason in gone]
    return Tombstone.objects.bulk_create(tombstones)


def _reasons_of_confirmed(following: Next) -> dict[str, Json]:
    """Return why the items whose pull got its second person were pulled: what goes with them goes for that reason."""
    pulled = Tombstone.objects.filter(content_id__in=following.confirmed).order_by("release_id")
    names = ("reason", "public_note", "partner_action", "act_by", "replaced_by")
    return {str(one["content_id"]): {name: one[name] for name in names} for one in pulled.values("content_id", *names)}


def _tombstone(following: Next, edition: Edition, reason: Json) -> Tombstone:
    return Tombstone(
        content_id=edition.content_id,
        kind=edition.kind,
        slug=edition.slug,
        release_id=following.number,
        withdrawn_at=following.at,
        **reason,
    )


def _redact(number: int, tombstones: list[Tombstone]) -> None:
    """Take out of pinned reads every earlier edition of what was pulled, and every one that showed it."""
    by_id = {tombstone.content_id: tombstone for tombstone in tombstones}
    # Who carries a disclaimer links to it and shows nothing of it; the link then leads to a 410.
    linking = (ReferenceRole.SET, ReferenceRole.DISCLAIMER)
    showing = EditionReference.objects.filter(target__in=by_id, shown=True).exclude(role__in=linking)
    tombstone_of = {edition: by_id[target] for edition, target in showing.values_list("edition_id", "target") if target}
    own = Edition.objects.filter(Q(content_id__in=by_id)).values_list("pk", "content_id")
    tombstone_of |= {edition: by_id[content_id] for edition, content_id in own}
    fresh = _earlier_and_readable(number, tombstone_of)
    Redaction.objects.bulk_create(
        Redaction(edition_id=edition, release_id=number, tombstone=tombstone_of[edition]) for edition in fresh
    )


def _earlier_and_readable(number: int, editions: Iterable[int]) -> list[int]:
    earlier = Edition.objects.filter(pk__in=list(editions), from_release__lt=number).readable()
    return list(earlier.order_by("pk").values_list("pk", flat=True))


def _wait_for_a_second_person(following: Next, tombstones: list[Tombstone]) -> None:
    seen = following.closure.world.open_pulls
    OpenPull.objects.bulk_create(
        OpenPull(
            tombstone=tombstone,
            content_id=tombstone.content_id,
            card=orjson.dumps(seen[str(tombstone.content_id)][0]).decode(),
            facets=seen[str(tombstone.content_id)][1],
            from_release_id=following.number,
        )
        for tombstone in tombstones
    )


def _seal(following: Next, opened: list[Edition], tombstones: list[Tombstone]) -> PublishedRelease:
    previous = PublishedRelease.objects.order_by("-number").values_list("hash", flat=True).first()
    items = live_items(following.number)
    withdrawn = [str(one.content_id) for one in tombstones]
    release = following.release
    return PublishedRelease.objects.create(
        number=following.number,
        title=release.title,
        notes=release.notes,
        urgency=release.urgency,
        act_by=release.act_by,
        published_at=following.at,
        previous_hash=previous,
        hash=release_hash(following.number, previous, following.at, items, withdrawn),
        item_count=len(items),
        published=[
            {"id": str(one.content_id), "kind": one.kind, "slug": one.slug, "version": one.version, "cause": one.cause}
            for one in opened
        ],
        withdrawn=[{"id": str(one.content_id), "kind": one.kind, "slug": one.slug} for one in tombstones],
    )
