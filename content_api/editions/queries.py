"""Questions that delivery asks of editions. A release is always a number, and `None` stands for the current one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Collate

from content_api.editions.models import Edition, Facet, PublicSlug, PublishedRelease, Redaction, Tombstone
from content_api.fields import UUID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models.expressions import Combinable

    from content_api.editions.models import EditionQuerySet


@dataclass(frozen=True)
class Tree:
    """The live items of a kind, each below another: `ids` by slug and by id, `parents` by id."""

    ids: dict[str, str]
    parents: dict[str, str]

    def below(self, tops: Iterable[str]) -> set[str]:
        """Return these items and all that lies below them, whatever loops the tree may hold."""
        children: dict[str, list[str]] = {}
        for child, parent in self.parents.items():
            children.setdefault(parent, []).append(child)
        found: set[str] = set()
        waiting = list(tops)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += children.get(one, [])
        return found


def instant(moment: datetime) -> str:
    """Return an RFC 3339 time in UTC with six decimals."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def release_with_redactions(
    number: int | None = None, *, at: datetime | None = None, kind: str = ""
) -> PublishedRelease | None:
    """Return a release (the one in force at a moment, or the current one, unless named), or None if there is none.

    It is annotated with `redaction_count`, how many editions were ever redacted (composed answers change with it), and
    `left_out`, how many of its editions of `kind` (or of every kind) were: of the whole kind, because a count that
    followed the filters would tell what was in the texts that are gone. `is_followed` says whether a later one is out.
    """
    every = Redaction.objects.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    of_kind = (
        Redaction.objects.filter(
            Q(edition__until_release__isnull=True) | Q(edition__until_release__gt=OuterRef("number")),
            edition__from_release__lte=OuterRef("number"),
            **({"edition__kind": kind} if kind else {}),
        )
        .order_by()
        .values(one=Value(1))
        .annotate(n=Count("pk"))
        .values("n")
    )
    releases = PublishedRelease.objects.annotate(
        redaction_count=Coalesce(Subquery(every, output_field=IntegerField()), 0),
        left_out=Coalesce(Subquery(of_kind, output_field=IntegerField()), 0),
        is_followed=Exists(PublishedRelease.objects.filter(number__gt=OuterRef("number"))),
    )
    if number is not None:
        return releases.filter(number=number).first()
    out = releases if at is None else releases.filter(published_at__lte=at)
    return out.order_by("-number").first()


def current_number() -> int | None:
    """Return the number of the current release, or None before the first."""
    number: int | None = PublishedRelease.objects.aggregate(last=Max("number"))["last"]
    return number


def releases_until(number: int) -> QuerySet[PublishedRelease]:
    """Return every release up to this one."""
    return PublishedRelease.objects.filter(number__lte=number)


def redacted_in(release: int) -> QuerySet[Redaction, tuple[uuid.UUID, str]]:
    """Return the id and kind of every item of which a release took earlier texts out of the past, by id."""
    rows = Redaction.objects.filter(release=release).values_list("edition__content_id", "edition__kind")
    return rows.distinct().order_by("edition__content_id")


def addresses_of(kind: str, addresses: Collection[str], release: int) -> dict[str, str]:
    """Return the content id behind each slug or id that is live and readable in a release."""
    found = Edition.objects.live_in(release).readable().filter(kind=kind).at(addresses)
    ids: dict[str, str] = {}
    for content_id, slug in found.values_list("content_id", "slug"):
        ids |= {str(content_id): str(content_id), slug: str(content_id)}
    return ids


def slugs_of(kind: str, release: int) -> list[str]:
    """Return the slugs of a kind that are live and readable in a release: to offer the nearest."""
    found = Edition.objects.live_in(release).readable().filter(kind=kind)
    return list(found.order_by("slug").values_list("slug", flat=True)[:5000])


def by_code_point(text: Combinable | str) -> Collate:
    """Return text that both engines order by code point: it is part of the contract, and a locale would have its own."""
    return Collate(text, "C" if connection.vendor == "postgresql" else "BINARY")


def readable_in(release: int) -> EditionQuerySet:
    """Return what is live and readable in a release, with the `sort_key` (the slug) that orders each kind."""
    return Edition.objects.live_in(release).readable().defer("facts").annotate(sort_key=by_code_point("slug"))


def readable_of(kind: str, release: int) -> EditionQuerySet:
    """Return what is live and readable of a kind in a release, with its `sort_key`."""
    return readable_in(release).filter(kind=kind)


def whole_items(content_ids: Collection[str], release: int) -> dict[str, str]:
    """Return what is delivered of items that are live and readable in a release, by content id."""
    found = Edition.objects.live_in(release).readable().filter(content_id__in=content_ids)
    return {str(content_id): body for content_id, body in found.values_list("content_id", "body")}


def tree_of(kind: str, facet: str, release: int) -> Tree:
    """Return the live and readable items of a kind in a release, and which is below which."""
    parent = Facet.objects.filter(edition=OuterRef("pk"), name=facet).values("value")[:1]
    found = Edition.objects.live_in(release).readable().filter(kind=kind).annotate(parent=Subquery(parent))
    tree = Tree({}, {})
    for content_id, slug, above in found.values_list("content_id", "slug", "parent"):
        one = str(content_id)
        tree.ids.update({one: one, slug: one})
        if above:
            tree.parents[one] = above
    return tree


def by_address(kind: str, address: str, release: int) -> QuerySet[Edition]:
    """Return the edition of an item in a release, readable or not, by its id or by any slug that it ever had."""
    live = Edition.objects.live_in(release).filter(kind=kind).defer("facts").select_related("redaction__tombstone")
    return live.filter(content_id=_item_at(kind, address))


def tombstone_at(kind: str, address: str, release: int) -> Tombstone | None:
    """Return why an address answers nothing in a release, if something was taken down there."""
    found = Tombstone.objects.filter(kind=kind, content_id=_item_at(kind, address), release__lte=release)
    return found.order_by("-release").first()


def card_of(content_id: uuid.UUID | None, release: int | None) -> str | None:
    """Return what an item shows of itself to others in a release (None: now), as JSON text, if it is live there."""
    if content_id is None:
        return None
    live = Edition.objects.filter(until_release=None) if release is None else Edition.objects.live_in(release)
    return live.readable().filter(content_id=content_id).values_list("card", flat=True).first()


def cards_of(content_ids: Collection[uuid.UUID], release: int) -> dict[uuid.UUID, str]:
    """Return what each of some items shows of itself in a release, as JSON text, if it is live there."""
    live = Edition.objects.live_in(release).readable().filter(content_id__in=content_ids)
    return dict(live.values_list("content_id", "card"))


def hash_of(number: int) -> str | None:
    """Return the hash of a release, or None if there is none of that number."""
    return PublishedRelease.objects.filter(number=number).values_list("hash", flat=True).first()


def bodies_after(content_id: uuid.UUID | None, release: int, size: int) -> list[tuple[uuid.UUID, str]]:
    """Return the next items of a release that can be read, by content id: each with the bytes that are delivered."""
    rows = Edition.objects.live_in(release).readable()
    following = rows.filter(content_id__gt=content_id) if content_id else rows
    return list(following.order_by("content_id").values_list("content_id", "body")[:size])


def history_of(content_id: uuid.UUID, release: int) -> QuerySet[Edition]:
    """Return every edition of an item up to a release, each annotated with the one before and with `is_redacted`."""
    before = Edition.objects.filter(content_id=content_id, from_release__lt=OuterRef("from_release"))
    rows = Edition.objects.filter(content_id=content_id, from_release__lte=release).annotate(
        before_id=Subquery(before.order_by("-from_release").values("pk")[:1]),
        is_redacted=Exists(Redaction.objects.filter(edition=OuterRef("pk"))),
    )
    return rows.defer("body", "card")


def bodies_of(editions: Collection[int]) -> dict[int, str]:
    """Return the delivered bytes of some editions; of those that a pull has redacted, nothing."""
    return dict(Edition.objects.readable().filter(pk__in=editions).values_list("pk", "body"))


def tombstones_of(content_id: uuid.UUID, release: int) -> dict[int, Tombstone]:
    """Return when an item was taken down, by release, up to a release."""
    found = Tombstone.objects.filter(content_id=content_id, release__lte=release)
    return {one.release_id: one for one in found}


def manifest_of(release: int) -> QuerySet[Edition]:
    """Return every edition that was out in a release, by content id, each annotated with `is_redacted`."""
    redacted = Exists(Redaction.objects.filter(edition=OuterRef("pk")))
    rows = Edition.objects.live_in(release).annotate(is_redacted=redacted)
    return rows.only("content_id", "kind", "slug", "version", "checksum").order_by("content_id")


def _item_at(kind: str, address: str) -> uuid.UUID | Subquery:
    if UUID_PATTERN.match(address.lower()):
        return uuid.UUID(address)
    return Subquery(PublicSlug.objects.filter(kind=kind, slug=address).values("content_id"))
