"""What moves wrote, compared with what stands there: every row is known to the audit trail, and none has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from content_api.editions.models import (
    Edition,
    OpenPull,
    PublicSlug,
    PublishedContent,
    PublishedRelease,
    Redaction,
    Tombstone,
)
from content_api.editorial.fingerprints import fingerprints
from content_api.editorial.fingerprints import rows_of as rows_of_version
from content_api.editorial.models import ParkedText, Transition, Version
from content_api.releases.models import PullConfirmation, Release
from content_api.releases.policies import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from content_api.progress import Watch


@dataclass
class _Trail:
    """What the audit trail says of a version or a release: where it stands, and the fingerprints of its rows."""

    state: str = ""
    rows: dict[str, str] = field(default_factory=dict)


def rows_of(release: Release) -> list[Model]:
    """Return what was written about a release; nothing before it is finished, because then it may still change."""
    if release.state in UNFINISHED:
        return []
    made: list[QuerySet[Any]] = [
        release.items.all(),
        release.withdrawals.all(),
        release.working_copies.all(),
        release.composers.all(),
        release.sign_offs.all(),
        release.verdicts.all(),
        PullConfirmation.objects.filter(release=release),
    ]
    written = _written(release.number) if release.number else []
    return [release, *(row for table in made for row in table.order_by("pk")), *written]


def problems(watch: Watch) -> Iterator[str]:
    """Yield the rows that are not what a move wrote, that no move wrote, or that are gone."""
    trails = _trails(watch)
    written = ("contributors", "required_reviews", "reviews", "comments")
    for version in watch(Version.objects.prefetch_related(*written)):
        subject = f"version:{version.pk}"
        yield from _differences(subject, trails.pop(subject, None), version.state, rows_of_version(version))
    for parked in watch(ParkedText.objects.all()):
        yield from _differences(parked.subject, trails.pop(parked.subject, None), parked.state, [parked])
    for release in watch(Release.objects.all()):
        subject = f"release:{release.pk}"
        yield from _differences(subject, trails.pop(subject, None), release.state, rows_of(release))
    yield from (f"{_row(subject)} is missing; the audit trail knows it." for subject in trails)


def _written(number: int) -> list[Model]:
    """Return the rows of a release's editions, those it closed included; facets, references and words follow from them."""
    editions = Edition.objects.filter(Q(from_release=number) | Q(until_release=number))
    opened = Edition.objects.filter(from_release=number)
    tables: list[QuerySet[Any]] = [
        PublishedRelease.objects.filter(pk=number),
        PublishedContent.objects.filter(sha256__in=opened.values("content_sha256")),
        editions,
        Tombstone.objects.filter(release=number),
        Redaction.objects.filter(release=number),
        OpenPull.objects.filter(Q(from_release=number) | Q(until_release=number)),
        PublicSlug.objects.filter(since_release=number),
    ]
    return [row for table in tables for row in table.order_by("pk")]


def _trails(watch: Watch) -> dict[str, _Trail]:
    """Return what the trail says by subject; of a row that several moves name, the first fingerprint counts."""
    trails: dict[str, _Trail] = {}
    for move in watch(Transition.objects.order_by("seq")):
        trail = trails.setdefault(move.subject, _Trail())
        trail.state = move.to_state
        trail.rows = {**move.details.get("rows", {}), **trail.rows}
    return trails


def _differences(subject: str, trail: _Trail | None, state: str, rows: list[Model]) -> Iterator[str]:
    if trail is None:
        yield f"{_row(subject)} is unknown to the audit trail."
        return
    if trail.state != state:
        yield f"{_row(subject)} is {state}; the audit trail left it {trail.state}."
    found = fingerprints(rows)
    for name in sorted(trail.rows.keys() | found.keys()):
        if found.get(name) != trail.rows.get(name):
            yield f"{_row(name)} of {subject}: it {_what(name, found, trail.rows)}."


def _row(name: str) -> str:
    return name.capitalize().replace(":", " ", 1)


def _what(name: str, found: dict[str, str], known: dict[str, str]) -> str:
    if name not in found:
        return "is missing"
    return "is not what was written" if name in known else "was written by no recorded move"
