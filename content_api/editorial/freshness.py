"""What is due for review, and why: its interval passed, a source moved, or a record about its subject did.

Answered from what is out, in a fixed number of questions: a text is due whether or not anybody is at work on it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Max

from content_api import kinds
from content_api.editions.models import Cause, Edition, EditionReference, PublishedContent, ReferenceRole
from content_api.rendering.envelope import envelope_in
from content_api.rendering.world import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from content_api.canonical_json import Json

STEPS = 4  # of `due_for_review`, for whoever shows how far it is
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


@dataclass(frozen=True)
class _Text:
    """A live edition, as far as its freshness goes; `carried`: its last review is older than the edition."""

    edition: Edition
    last_reviewed: date
    carried: bool

    def is_older_than(self, change: _Change) -> bool:
        """Tell whether a change came after the last review: its readers saw what went out with them."""
        mine = self.edition.from_release_id
        if change.release > mine:
            return True
        return change.on > self.last_reviewed and (change.release != mine or self.carried)


@dataclass(frozen=True)
class _Change:
    """The last new version of an item, and the day and release in which it went out."""

    content_id: str
    kind: str
    name: str
    release: int
    on: date


def due_for_review(
    *, today: date, limit: int | None = None, offset: int = 0, tick: Callable[[], object] = lambda: None
) -> list[Due]:
    """Return the live texts that are due on a day: overdue ones first, then by the day on which they fall due."""
    texts = _texts()
    tick()
    reasons: dict[str, list[str]] = defaultdict(list)
    for one, text in texts.items():
        if text.edition.next_review <= today:
            reasons[one].append(f"Its review of {text.last_reviewed} held until {text.edition.next_review}.")
    tick()
    _because_of_sources(texts, reasons)
    tick()
    _because_of_subjects(texts, reasons)
    tick()
    found = [_due(texts[one], said, today) for one, said in reasons.items()]
    found.sort(key=lambda due: (not due.is_overdue, due.next_review, due.kind, due.slug))
    return found[offset : None if limit is None else offset + limit]


def _due(text: _Text, reasons: list[str], today: date) -> Due:
    edition = text.edition
    return Due(
        content_id=str(edition.content_id),
        kind=edition.kind,
        slug=edition.slug,
        name=edition.name,
        last_reviewed=text.last_reviewed,
        next_review=edition.next_review,
        reasons=tuple(reasons),
        is_overdue=edition.next_review < today,
    )


def _texts() -> dict[str, _Text]:
    """Return every live text by its content id."""
    live = Edition.objects.filter(until_release=None)
    known: Any = _known(live).values_list("content_id", "last_reviewed")
    reviewed: dict[UUID, date] = {**_reviewed_by_their_bodies(live), **dict(known)}
    rerendered = live.filter(cause=Cause.RERENDER).values("content_id")
    before = _known(Edition.objects.filter(content_id__in=rerendered, until_release__isnull=False))
    carried = set(before.values_list("content_id", "until_release", "last_reviewed"))
    return {
        str(one.content_id): _Text(
            one,
            reviewed[one.content_id],
            carried=(one.content_id, one.from_release_id, one.last_reviewed) in carried,
        )
        for one in live.defer("body", "facts")
    }


def _known(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    return editions.exclude(last_reviewed=None)


def _reviewed_by_their_bodies(live: QuerySet[Edition]) -> dict[UUID, date]:
    """Return the day of the last review of editions from before there was a column for it."""
    bodies = live.filter(last_reviewed=None).values_list("content_id", "body")
    return {one: date.fromisoformat(envelope_in(body)["last_reviewed"]) for one, body in bodies}


def _because_of_sources(texts: dict[str, _Text], reasons: dict[str, list[str]]) -> None:
    """Add what cites or quotes a source that was taken back, or that is newer than the review."""
    cards = {one: orjson.loads(text.edition.card) for one, text in texts.items() if text.edition.kind == "source"}
    for one, target in _uses_of(one for one, card in cards.items() if card["retracted"] or card["published_on"]):
        if why := _why(cards[target], texts[one].last_reviewed.isoformat()):
            reasons[one].append(why)


def _why(source: Json, reviewed: str) -> str:
    if source["retracted"]:
        return f"A source was retracted: {source['name']}."
    published = source["published_on"]
    return f"A source is newer than the review: {source['name']} ({published})." if published > reviewed else ""


def _because_of_subjects(texts: dict[str, _Text], reasons: dict[str, list[str]]) -> None:
    """Add what is about something that a record refers to which was added or changed since.

    A record is an item of a kind that is about nothing itself: a new answer brings no new facts to the other answers.
    """
    subjects = _subjects(texts)
    known = {subject for about in subjects.values() for subject in about}
    referring: dict[str, set[str]] = defaultdict(set)
    for one, target in _uses_of(known):
        referring[target].add(one)
    changes = _changes({one for ones in referring.values() for one in ones} - subjects.keys(), texts)
    for one, about in subjects.items():
        moved = {other for subject in about for other in referring[subject] if other in changes and other != one}
        newer = [changes[other] for other in moved if texts[one].is_older_than(changes[other])]
        if newer:
            reasons[one].append(f"What it is about has moved since: {_named(newer)}.")


def _named(changes: Iterable[_Change]) -> str:
    ordered = sorted(changes, key=lambda change: (change.on, change.name))
    return "; ".join(f"{one.kind.replace('_', ' ')} “{one.name}” ({one.on})" for one in ordered)


def _subjects(texts: dict[str, _Text]) -> dict[str, list[str]]:
    """Return what each text of a kind that is about something is about."""
    wanted = [kind.name for kind in kinds.all_kinds() if kind.has_subjects]
    live = Edition.objects.filter(until_release=None, kind__in=wanted)
    stored = PublishedContent.objects.filter(sha256__in=live.values("content_sha256")).in_bulk()
    found: dict[str, list[str]] = {}
    for one, text in texts.items():
        if text.edition.kind in wanted:
            content = stored[text.edition.content_sha256]
            kind = kinds.get(content.kind)
            found[one] = kind.about(Draft.stored(kind, content.content, content.schema_version).content)
    return found


def _uses_of(content_ids: Iterable[str]) -> list[tuple[str, str]]:
    """Return [who, what] of live texts that name or quote any of these items."""
    wanted = set(content_ids)
    live = EditionReference.objects.filter(edition__until_release=None, role__in=_USES, shown=True)
    rows = live.values_list("edition__content_id", "target").distinct()
    return [(str(one), str(target)) for one, target in rows if str(target) in wanted]


def _changes(content_ids: set[str], texts: dict[str, _Text]) -> dict[str, _Change]:
    """Return the last new version of each of these items."""
    rows: Any = Edition.objects.filter(cause=Cause.VERSION).values("content_id").order_by("content_id")
    last = rows.annotate(release=Max("from_release"), on=Max("published_at"))
    return {
        one: _Change(one, texts[one].edition.kind, texts[one].edition.name, row["release"], row["on"].date())
        for row in last
        if (one := str(row["content_id"])) in content_ids
    }
