"""Does everything that is stored still agree? Recomputes every hash and every rule, and names the first bad rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from django.db.models import Max

from content_api import guards
from content_api.canonical_json import sha256_of_text
from content_api.editions.models import Edition, PublishedContent, PublishedRelease
from content_api.editorial import audit
from content_api.editorial.fingerprints import unreadable
from content_api.editorial.models import Review, State, Verdict, Version
from content_api.progress import unwatched
from content_api.releases import recorded_rows
from content_api.releases.models import ReleaseCounter
from content_api.releases.publishing import INDEXES, index_rows, live_items, release_hash, save_index
from content_api.rendering.verification import content_problems, edition_problems, render_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from content_api.progress import Watch


def problems(watch: Watch = unwatched) -> Iterator[str]:
    """Yield everything that does not agree, room by room; nothing if the store is whole.

    Each is a sentence that begins with the row. A check that a damaged row stops says so, and the next one runs.
    """
    for name, check in CHECKS.items():
        try:
            yield from check(watch)
        except Exception as error:  # noqa: BLE001 - damaged rows may break anything
            yield f"The check of {name} could not go on: {error!r}."


def readable(watch: Watch = unwatched) -> Iterator[str]:
    """Yield rows that cannot even be read."""
    for room in ("editorial", "editions", "releases"):
        for model in apps.get_app_config(room).get_models():
            name = str(model._meta.verbose_name).capitalize()
            yield from (f"{name} {pk}: {problem}." for pk, problem in unreadable(model, watch))


def versions(watch: Watch = unwatched) -> Iterator[str]:
    """Yield versions whose text, reviews or contributors do not agree."""
    for version in watch(Version.objects.prefetch_related("reviews", "required_reviews", "contributors")):
        if sha256_of_text(version.content) != version.content_sha256:
            yield f"Version {version.pk}: its text is not what its hash says."
        if version.state == State.APPROVED:
            yield from _approval_problems(version)
    for review in watch(Review.objects.all()):
        if sha256_of_text(review.substance) != review.substance_sha256:
            yield f"Review {review.pk}: what the reviewer read is not what its hash says."


def contents(watch: Watch = unwatched) -> Iterator[str]:
    """Yield published contents that are not what their hash says."""
    for stored in watch(PublishedContent.objects.all()):
        yield from (f"Content {stored.pk}: {problem}." for problem in content_problems(stored))


def editions(watch: Watch = unwatched) -> Iterator[str]:
    """Yield editions whose bytes, rendering, version or indexes do not agree."""
    approved = dict(Version.objects.filter(state=State.APPROVED).values_list("pk", "content_sha256"))
    for edition in watch(Edition.objects.order_by("pk")):
        yield from (f"Edition {edition.pk} ({edition}): {problem}." for problem in edition_problems(edition))
        if approved.get(edition.version_id) != edition.content_sha256:
            yield f"Edition {edition.pk} ({edition}): its content is not that of an approved version."


def releases(watch: Watch = unwatched) -> Iterator[str]:
    """Yield releases that break the chain, or whose hash is not that of what was live in them."""
    previous, expected = None, 1
    for release in watch(PublishedRelease.objects.order_by("number")):
        withdrawn = [one["id"] for one in release.withdrawn]
        items = live_items(release.number)
        recomputed = release_hash(release.number, previous, release.published_at, items, withdrawn)
        if (release.number, release.previous_hash) != (expected, previous):
            yield f"Release {release.number}: it does not follow release {expected - 1}."
        if release.hash != recomputed:
            yield f"Release {release.number}: its hash is not that of what was live in it."
        previous, expected = release.hash, release.number + 1
    yield from _counter_problems()


def indexes(watch: Watch = unwatched) -> Iterator[str]:
    """Yield editions that would be found by other facets, references or words if these were made again."""
    for edition in watch(Edition.objects.order_by("pk")):
        try:
            stale = index_is_stale(edition)
        except Exception:  # noqa: BLE001 - damaged rows may break anything; `editions` says what is wrong with this one
            stale = True
        if stale:
            yield f"Edition {edition.pk} ({edition}): its facets, references or words are not those of its content."


def audit_trail(watch: Watch = unwatched) -> Iterator[str]:
    """Yield the first row of the audit trail that is not what it should be."""
    bad = audit.first_bad_row(watch)
    if bad:
        yield f"Audit row {bad[0]}: {bad[1]}."


def foreign_keys(_watch: Watch = unwatched) -> Iterator[str]:
    """Yield rows that point at nothing; PostgreSQL cannot hold one."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchall():
            yield f"Row {row} of {table} points at nothing in {parent}."


def index_is_stale(edition: Edition) -> bool:
    """Tell whether what an edition is found by differs from what its content and its bytes give."""
    made = index_rows(edition, render_again(edition))
    saved: tuple[Any, ...] = (edition.facets, edition.references, edition.words)
    return any(
        _as_text(rows) != _as_text(found.values_list(*names))
        for rows, found, (_, names) in zip(made, saved, INDEXES, strict=True)
    )


def rebuild_index(edition: Edition) -> None:
    """Make an edition's facets, references and words again."""
    made = index_rows(edition, render_again(edition))
    edition.facets.all().delete()
    edition.references.all().delete()
    edition.words.all().delete()
    save_index([made])


def _as_text(rows: Iterable[tuple[object, ...]]) -> list[list[str]]:
    """Return rows in one order, whether they were just made or read back: UTF-8 comes back as bytes, ids as UUIDs."""
    return sorted(
        [bytes(one).decode(errors="replace") if isinstance(one, bytes | memoryview) else str(one) for one in row]
        for row in rows
    )


def _approval_problems(version: Version) -> Iterator[str]:
    approvals = [one for one in version.reviews.all() if one.verdict == Verdict.APPROVED]
    wanted = {one.role for one in version.required_reviews.all()}
    if wanted - {one.role for one in approvals} or any(
        one.content_sha256 != version.content_sha256 for one in approvals
    ):
        yield f"Version {version.pk}: it is approved without a verdict of every role on its text."
    if {one.reviewer_id for one in approvals} & {one.person_id for one in version.contributors.all()}:
        yield f"Version {version.pk}: it is approved by somebody who wrote in it."


def _counter_problems() -> Iterator[str]:
    last = PublishedRelease.objects.aggregate(last=Max("number"))["last"] or 0
    if ReleaseCounter.objects.get(pk=1).number != last:
        yield f"The release counter is not at {last}."


CHECKS: dict[str, Callable[[Watch], Iterator[str]]] = {
    "guards": lambda _watch: iter(guards.problems()),
    "foreign keys": foreign_keys,
    "tables": readable,
    "audit trail": audit_trail,
    "recorded rows": recorded_rows.problems,
    "versions": versions,
    "contents": contents,
    "editions": editions,
    "releases": releases,
    "indexes": indexes,
}
