"""What differs between two releases: what a site that holds the earlier one takes over, and what it takes down.

A pure function of their two manifests, and of what was pulled since: never of a clock or of a row's number. An edition
that is out in both releases was opened by the earlier one, because it has one opening and one end; so what is new in the
later one is what was opened after the earlier one.

What was pulled since is in no answer. A site may still hold it, from before the pull: whatever was out in the earlier
release and cannot be read in the later one is named, so that it ends up without it whenever it asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from content_api.editions.models import Edition, Redaction, Tombstone
from content_api.editions.queries import cards_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from content_api.editions.models import EditionQuerySet


@dataclass(frozen=True)
class Departure:
    """An item that must be taken down: under which address it was known last, and why.

    `is_own` is false where a text only showed what was pulled: it has another reading, in a later release.
    """

    edition: Edition
    slug: str
    tombstone: Tombstone
    is_own: bool
    replacement: str | None


def upserts(since: int, until: int) -> EditionQuerySet:
    """Return what can be read in the later release and was not out, as it reads there, in the earlier one."""
    return Edition.objects.live_in(until).readable().filter(from_release__gt=since)


def departures(since: int, until: int) -> EditionQuerySet:
    """Return what was out in the earlier release, of items that cannot be read in the later one."""
    still = Edition.objects.live_in(until).readable().filter(content_id=OuterRef("content_id"))
    return Edition.objects.live_in(since).filter(~Exists(still))


def left_out(since: int, until: int) -> EditionQuerySet:
    """Return what the later release opened and cannot be read in it any more."""
    return Edition.objects.live_in(until).filter(from_release__gt=since, redaction__isnull=False)


def explained(rows: Sequence[Edition], until: int) -> list[Departure]:
    """Return why each of some departures must be taken down; three queries, however many they are."""
    ids = [row.content_id for row in rows]
    buried = Tombstone.objects.filter(content_id__in=ids, release__lte=until).order_by("release")
    tombstones = {one.content_id: one for one in buried}
    redactions = {one.edition.content_id: one for one in _redactions(ids, until)}
    of_all = [*tombstones.values(), *(one.tombstone for one in redactions.values())]
    cards = cards_of([one.replaced_by for one in of_all if one.replaced_by], until)
    return [_departure(row, tombstones, redactions, cards) for row in rows]


def _redactions(ids: list[UUID], until: int) -> list[Redaction]:
    """Return what was pulled since of these items, as they read in the later release."""
    live = Edition.objects.live_in(until).filter(content_id__in=ids)
    found = Redaction.objects.filter(edition__in=live).select_related("tombstone", "edition")
    return list(found.defer("edition__body", "edition__card"))


def _departure(
    row: Edition, tombstones: dict[UUID, Tombstone], redactions: dict[UUID, Redaction], cards: dict[UUID, str]
) -> Departure:
    redaction = redactions.get(row.content_id)
    tombstone = redaction.tombstone if redaction else tombstones[row.content_id]
    return Departure(
        edition=row,
        slug=redaction.edition.slug if redaction else tombstone.slug,
        tombstone=tombstone,
        is_own=tombstone.content_id == row.content_id,
        replacement=cards.get(tombstone.replaced_by) if tombstone.replaced_by else None,
    )
