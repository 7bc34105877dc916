"""What is due for review, and why: its interval passed, a source moved, or a record about its subject did.

Answered from what is out, in a fixed number of questions: a text is due whether or not anybody is at work on it. Of
10,000 texts nothing but a few columns is read, for the dashboard asks whenever somebody opens it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import orjson
from django.db.models import Max, Min, Q

from content_api import kinds
from content_api.editions.models import Cause, Edition, EditionReference, PublishedContent, ReferenceRole
from content_api.rendering.envelope import envelope_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from content_api.canonical_json import Json
    from content_api.kinds import Kind

STEPS = 4  # of `due_for_review`, for whoever shows how far it is
MANY = 5_000  # ids that a question names; for more, all rows are read and those of others left out
_USES = (ReferenceRole.REFERENCE, ReferenceRole.FACT)


@dataclass(frozen=True)
class Due:
    """A text that is due for review, and why, in sentences."""

    content_id: str
    kind: str
    slug: str
    name: str
    last_reviewed: date
    next_review: date
    reasons: tuple[str, ...]
    is_overdue: bool


class _Text(NamedTuple):
    """A live text, as far as its freshness goes."""

    kind: str
    slug: str
    name: str
    release: int
    last_reviewed: date
    next_review: date

    def is_older_than(self, change: _Change, *, carried: bool) -> bool:
        """Tell whether a change came after the last review: its readers saw what went out with them.

        `carried`: that review is older than the edition.
        """
        if change.release > self.release:
            return True
        return change.on > self.last_reviewed and (change.release != self.release or carried)


class _Change(NamedTuple):
    """The last new version of an item: the release and the day in which it went out."""

    content_id: UUID
    release: int
    on: date


@dataclass(frozen=True)
class _Suspects:
    """What may make texts due that are not looked at yet: by text, sources that moved, and changes to what it is about."""

    sources: dict[UUID, list[Json]]
    changes: dict[UUID, set[_Change]]

    @property
    def named(self) -> set[UUID]:
        """Every item that must be looked at: the texts, and what they are told of."""
        moved = {change.content_id for changes in self.changes.values() for change in changes}
        return {*self.sources, *self.changes, *moved}


def due_for_review(
    *,
    today: date,
    soon: date | None = None,
    limit: int | None = None,
    offset: int = 0,
    tick: Callable[[], object] = lambda: None,
) -> list[Due]:
    """Return the live texts that are due on a day: overdue ones first, then by the day on which they fall due.

    Those whose interval passes by the day `soon` are announced, too.
    """
    before = _reviewed_by_their_bodies()
    oldest = _oldest_review(before)
    tick()
    sources = _moved_sources(oldest)
    tick()
    suspects = _Suspects(sources, _moved_subjects(oldest))
    tick()
    texts = _texts(soon or today, suspects.named, before)
    carried = _carried(suspects.changes, texts)
    tick()
    reasons = (
        (one, text, _reasons(one, texts, suspects, carried, today, soon or today)) for one, text in texts.items()
    )
    found = [_due(one, text, said, today) for one, text, said in reasons if said]
    found.sort(key=lambda due: (not due.is_overdue, due.next_review, due.kind, due.slug))
    return found[offset : None if limit is None else offset + limit]


def _reasons(
    one: UUID, texts: Mapping[UUID, _Text], suspects: _Suspects, carried: Collection[UUID], today: date, until: date
) -> list[str]:
    text = texts[one]
    changes = suspects.changes.get(one, ())
    newer = [change for change in changes if text.is_older_than(change, carried=one in carried)]
    return [
        *([_interval(text, today)] if text.next_review <= until else []),
        *filter(None, (_why(source, text.last_reviewed.isoformat()) for source in suspects.sources.get(one, ()))),
        *([f"What it is about has moved since: {_named(newer, texts)}."] if newer else []),
    ]


def _interval(text: _Text, today: date) -> str:
    held = "held" if text.next_review <= today else "holds"
    return f"Its review of {text.last_reviewed} {held} until {text.next_review}."


def _why(source: Json, reviewed: str) -> str:
    if source["retracted"]:
        return f"A source was retracted: {source['name']}."
    published = source["published_on"]
    return f"A source is newer than the review: {source['name']} ({published})." if published > reviewed else ""


def _named(changes: Iterable[_Change], texts: Mapping[UUID, _Text]) -> str:
    ordered = sorted((change.on, texts[change.content_id].name, change.content_id) for change in changes)
    return "; ".join(f"{texts[one].kind.replace('_', ' ')} “{name}” ({on})" for on, name, one in ordered)


def _due(content_id: UUID, text: _Text, reasons: list[str], today: date) -> Due:
    return Due(
        content_id=str(content_id),
        kind=text.kind,
        slug=text.slug,
        name=text.name,
        last_reviewed=text.last_reviewed,
        next_review=text.next_review,
        reasons=tuple(reasons),
        is_overdue=text.next_review < today,
    )


def _live() -> QuerySet[Edition]:
    return Edition.objects.filter(until_release=None)


def _reviewed_by_their_bodies() -> dict[UUID, date]:
    """Return the day of the last review of editions from before there was a column for it."""
    bodies = _live().filter(last_reviewed=None).values_list("content_id", "body")
    return {one: date.fromisoformat(envelope_in(body)["last_reviewed"]) for one, body in bodies}


def _oldest_review(before: Mapping[UUID, date]) -> date:
    """Return the day of the oldest review that a live text stands on."""
    known = _live().aggregate(oldest=Min("last_reviewed"))["oldest"] or date.max
    return min([known, *before.values()])


def _moved_sources(oldest: date) -> dict[UUID, list[Json]]:
    """Return what cites or quotes a source that was taken back, or is newer than some review, with those sources."""
    cards = _live().filter(kind="source").values_list("content_id", "card")
    sources = {one: card for one, text in cards if _may_matter(card := orjson.loads(text), oldest.isoformat())}
    found: dict[UUID, list[Json]] = defaultdict(list)
    for one, target in _uses(_references(), of=sources.keys()):
        found[one].append(sources[target])
    return found


def _may_matter(source: Json, oldest: str) -> bool:
    return source["retracted"] or (source["published_on"] or "") > oldest


def _moved_subjects(oldest: date) -> dict[UUID, set[_Change]]:
    """Return what is about something that a record refers to which was added or changed since, with these changes.

    A record is an item of a kind that is about nothing itself: a new answer brings no new facts to the other answers.
    """
    changes = _changes(oldest)
    asked_about = _references().filter(edition__kind__in=_with_subjects())
    moved: dict[UUID, set[_Change]] = defaultdict(set)
    for one, target in _uses(_references().filter(target__in=asked_about.values("target")), by=changes.keys()):
        moved[target].add(changes[one])
    about = _subjects({one for one, _ in _uses(asked_about, of=moved.keys())})
    return {
        one: {change for subject in subjects for change in moved.get(subject, ())} for one, subjects in about.items()
    }


def _changes(oldest: date) -> dict[UUID, _Change]:
    """Return the last new version of each record that came after the first release or the oldest review."""
    versions = Edition.objects.filter(cause=Cause.VERSION).exclude(kind__in=_with_subjects())
    later = versions.filter(Q(from_release__gt=1) | Q(published_at__gt=datetime.combine(oldest, time.max, UTC)))
    last: Any = later.values("content_id").annotate(release=Max("from_release"), at=Max("published_at"))
    return {row["content_id"]: _Change(row["content_id"], row["release"], row["at"].date()) for row in last}


def _subjects(content_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return what each of these texts is about."""
    hashes = dict(_among(_live(), "content_id", content_ids).values_list("content_id", "content_sha256"))
    stored = _among(PublishedContent.objects.all(), "sha256", set(hashes.values()))
    rows = stored.filter(kind__in=_with_subjects()).values_list("sha256", "kind", "content", "schema_version")
    about = {sha256: _about(kinds.get(kind), text, schema) for sha256, kind, text, schema in rows}
    return {one: about[sha256] for one, sha256 in hashes.items() if one in content_ids}


def _about(kind: Kind, text: str, schema_version: int) -> list[UUID]:
    return [UUID(one) for one in kind.about(kind.upcast(orjson.loads(text), schema_version))]


def _with_subjects() -> list[str]:
    return [kind.name for kind in kinds.all_kinds() if kind.has_subjects]


def _references() -> QuerySet[EditionReference]:
    """Return what live texts name or quote."""
    return EditionReference.objects.filter(edition__until_release=None, role__in=_USES, shown=True)


def _uses(
    rows: QuerySet[EditionReference], *, of: Collection[UUID] | None = None, by: Collection[UUID] | None = None
) -> Iterator[tuple[UUID, UUID]]:
    """Yield [who, what] of references: those of items in `of`, those in texts in `by`."""
    rows = _among(_among(rows, "target", of), "edition__content_id", by)
    found: Any = rows.values_list("edition__content_id", "target").distinct()
    for one, target in found:
        if (of is None or target in of) and (by is None or one in by):
            yield one, target


def _texts(until: date, content_ids: Collection[UUID], before: Mapping[UUID, date]) -> dict[UUID, _Text]:
    """Return these live texts, and those whose interval passes by a day, by content id."""
    wanted = Q(next_review__lte=until)
    rows = _live() if len(content_ids) > MANY else _live().filter(wanted | Q(content_id__in=content_ids))
    names = ("content_id", "kind", "slug", "name", "from_release", "last_reviewed", "next_review")
    found: Any = rows.values_list(*names)
    return {
        one: _Text(kind, slug, name, release, reviewed or before[one], ends)
        for one, kind, slug, name, release, reviewed, ends in found
    }


def _carried(suspects: Collection[UUID], texts: Mapping[UUID, _Text]) -> set[UUID]:
    """Return those of these texts whose last review is older than their edition: they were rendered again since."""
    rerendered = _live().filter(cause=Cause.RERENDER, kind__in=_with_subjects())
    before = Edition.objects.filter(content_id__in=rerendered.values("content_id"), until_release__isnull=False)
    rows = _among(before.exclude(last_reviewed=None), "content_id", suspects)
    ended = rows.values_list("content_id", "until_release", "last_reviewed")
    return {
        one
        for one, until, reviewed in ended
        if one in texts and (until, reviewed) == (texts[one].release, texts[one].last_reviewed)
    }


def _among(rows: QuerySet[Any], name: str, wanted: Collection[Any] | None) -> QuerySet[Any]:
    """Keep rows by a list of values; if that is long, all of them are read, and those of others left out by the caller."""
    return rows if wanted is None or len(wanted) > MANY else rows.filter(**{f"{name}__in": list(wanted)})
