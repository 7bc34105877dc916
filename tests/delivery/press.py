"""Releases as rows, for tests that ask delivery alone: editions first, the release last, as publishing writes them."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from content_api import kinds
from content_api.canonical_json import sha256
from content_api.editions.inserting import insert
from content_api.editions.models import (
    Cause,
    Edition,
    Facet,
    PublicSlug,
    PublishedRelease,
    Redaction,
    Tombstone,
    WithdrawalReason,
)
from content_api.editions.searching import SearchWord
from content_api.rendering.passages import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_DAY = datetime(2026, 4, 29, 8, tzinfo=UTC)


_DICE = random.Random(22)  # noqa: S311 - the same ids in every run, so that tests have the same names


def _new_id() -> uuid.UUID:
    return uuid.UUID(int=_DICE.getrandbits(128), version=4)


@dataclass(frozen=True)
class Item:
    """Something to publish; the same `content_id` again is its next version."""

    kind: str
    slug: str
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    text: str = "As it was first told."
    name: str = ""
    next_review: date = date(2027, 1, 1)
    members: Mapping[str, Any] = field(default_factory=dict)  # of the body, beyond what every item has
    content_id: uuid.UUID = field(default_factory=_new_id)

    @property
    def title(self) -> str:
        """Its name, or one made of its slug."""
        return self.name or self.slug.title()

    @property
    def url(self) -> str:
        """Its address."""
        return f"/api/v1/{kinds.get(self.kind).collection}/{self.slug}/"


@dataclass(frozen=True)
class Withdrawal:
    """Something to take down; `is_pull` takes it out of the past too."""

    item: Item
    is_pull: bool = False
    replaced_by: Item | None = None
    act_by: datetime | None = None
    shown_by: Sequence[Item] = ()  # texts of the past that showed what is pulled


class Press:
    """Publishes."""

    def publish(self, *items: Item, withdrawals: Sequence[Withdrawal] = (), **fields: Any) -> PublishedRelease:
        """Publish these items, take down those, and return the release."""
        last = PublishedRelease.objects.order_by("-number").first()
        number = last.number + 1 if last else 1
        at = FIRST_DAY + timedelta(days=number)
        gone = [self._take_down(one, number, at) for one in withdrawals]
        opened = [self._open(item, number, at) for item in items]
        return PublishedRelease.objects.create(
            number=number,
            title=fields.pop("title", f"Release {number}"),
            published_at=at,
            previous_hash=last.hash if last else None,
            hash=sha256([number, str(at), [one.checksum for one in opened]]),
            item_count=Edition.objects.filter(until_release=None).count(),
            published=[_opened(one) for one in opened],
            withdrawn=gone,
            **fields,
        )

    def _open(self, item: Item, number: int, at: datetime) -> Edition:
        before = Edition.objects.filter(content_id=item.content_id)
        version = before.count() + 1
        before.filter(until_release=None).update(until_release=number)
        body = _body(item, number, version, at)
        edition = Edition.objects.create(
            content_id=item.content_id,
            kind=item.kind,
            slug=item.slug,
            name=item.title,
            version=version,
            version_id=uuid.uuid4(),
            content_sha256=sha256(body["text"]),
            cause=Cause.VERSION,
            renderer=1,
            from_release_id=number,
            published_at=at,
            next_review=item.next_review,
            checksum=body["checksum"],
            substance_sha256=sha256(body["text"]),
            card=orjson.dumps({name: body[name] for name in ("id", "kind", "slug", "name", "url")}).decode(),
            body=orjson.dumps(body).decode(),
        )
        facets = [
            Facet(edition=edition, name=name, value=one) for name, values in item.facets.items() for one in values
        ]
        Facet.objects.bulk_create(facets)
        insert(SearchWord, ("edition", "word", "rank"), [(edition.pk, *row) for row in words_of(edition).items()])
        if not PublicSlug.objects.filter(kind=item.kind, slug=item.slug).exists():
            PublicSlug.objects.create(
                kind=item.kind, slug=item.slug, content_id=item.content_id, since_release_id=number
            )
        return edition

    def _take_down(self, one: Withdrawal, number: int, at: datetime) -> dict[str, str]:
        item = one.item
        Edition.objects.filter(content_id=item.content_id, until_release=None).update(until_release=number)
        tombstone = Tombstone.objects.create(
            content_id=item.content_id,
            kind=item.kind,
            slug=item.slug,
            release_id=number,
            withdrawn_at=at,
            reason=WithdrawalReason.SAFETY if one.is_pull else WithdrawalReason.OUTDATED,
            public_note="It no longer holds.",
            partner_action="REMOVE",
            act_by=one.act_by,
            replaced_by=one.replaced_by.content_id if one.replaced_by else None,
        )
        pulled = [item.content_id, *(text.content_id for text in one.shown_by)] if one.is_pull else []
        for edition in Edition.objects.filter(content_id__in=pulled, until_release__isnull=False):
            Redaction.objects.create(edition=edition, release_id=number, tombstone=tombstone)
        return {"id": str(item.content_id), "kind": item.kind, "slug": item.slug}


def _body(item: Item, number: int, version: int, at: datetime) -> dict[str, Any]:
    body = {
        "id": str(item.content_id),
        "kind": item.kind,
        "slug": item.slug,
        "url": item.url,
        "name": item.title,
        "version": version,
        "release": number,
        "published_at": at.isoformat(),
        "first_published_at": at.isoformat(),
        "last_reviewed": "2026-04-28",
        "next_review": "2027-01-01",
        "facts_as_of": at.date().isoformat(),
        "reviewed_by": [{"role": "Medical reviewer", "name": "Mei", "credentials": None}],
        "change": {"type": "EDITORIAL", "note": item.text} if version > 1 else None,
        "text": item.text,
        **item.members,
    }
    return {**body, "checksum": sha256(body)}


def _opened(edition: Edition) -> dict[str, Any]:
    return {
        "id": str(edition.content_id),
        "kind": edition.kind,
        "slug": edition.slug,
        "version": edition.version,
        "cause": edition.cause,
    }
