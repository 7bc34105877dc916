"""The difference between two releases, in pages: all that a site needs to stay in step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from content_api import kinds
from content_api.delivery.openapi import GoneMembersSerializer
from content_api.delivery.pages import PagedView
from content_api.delivery.parameters import InvalidValue, Parameter, refuse_invalid, whole_number
from content_api.delivery.views import why
from content_api.editions import differences, queries
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import HttpResponse

    from content_api.canonical_json import Json
    from content_api.delivery.cursors import Cursor
    from content_api.editions.models import Edition, EditionQuerySet, PublishedRelease

_GONE, _FRESH = "-", "+"  # of a position: what must go comes first


RELEASE_HASH = r"^sha256:[0-9a-f]{64}\Z"


def _release_hash(text: str) -> str:
    if not re.match(RELEASE_HASH, text):
        msg = f"“{text}” is not the hash of a release. It is “sha256:” and 64 digits, as `hash` says."
        raise InvalidValue(msg)
    return text


SINCE = Parameter(
    "since",
    "The release that you hold, by number; 0 if you hold nothing.",
    whole_number(0, 9_999_999_999),
    {"type": "integer", "minimum": 0, "maximum": 9_999_999_999},
    is_required=True,
)
SINCE_HASH = Parameter(
    "since_hash",
    "The `hash` of the release that you hold. If ours of that number has another, 409 tells you to start over.",
    _release_hash,
    {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
)


class DepartureSerializer(GoneMembersSerializer):
    """An item that must be taken down, why, and what to do about it."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute.")


def _shapes() -> dict[str, serializers.Serializer[Any] | type[serializers.Serializer[Any]]]:
    """Return the public shape of every kind, by the kind's name."""
    return {kind.name: kind.serializer for kind in kinds.all_kinds()}


class ChangesSerializer(serializers.Serializer[Any]):
    """A page of what differs between two releases."""

    since = serializers.IntegerField()
    since_hash = serializers.CharField(allow_null=True, help_text="Null where `since` is 0.")
    release = serializers.IntegerField(help_text="That you hold once every page is applied.")
    hash = serializers.CharField(help_text="Of that release: send it as `since_hash` the next time.")
    count = serializers.IntegerField(help_text="Upserts and withdrawals, in all pages together.")
    redacted = serializers.IntegerField(
        required=False, help_text="Where the release was named: how many texts were pulled since, and left out."
    )
    next = serializers.URLField(allow_null=True)
    withdrawals = DepartureSerializer(many=True, help_text="Take these down, whether or not you hold them.")
    upserts = PolymorphicProxySerializer(
        component_name="Item",
        serializers=_shapes,
        resource_type_field_name="kind",
        many=True,
        help_text="Whole items, of any kind: put each in place of what has its id.",
    )


@dataclass(frozen=True)
class _Page:
    gone: list[Edition]
    fresh: list[Edition]
    following: list[str] | None  # the position of the next page


class ChangesView(PagedView):
    """What a site that holds one release must do to hold another."""

    operation = "list_changes"
    summary = "What changed since a release"
    description = (
        "Apply every page: take down `withdrawals`, put each of `upserts` in place of what has its `id`. Then you hold "
        "`release`, byte for byte. `next` leads on within the same two releases, whatever is published meanwhile. An item "
        "that was pulled since is among the withdrawals, and its text is nowhere. 409 `history-diverged` means that the "
        "release you hold is not one of ours: start over from `since=0`."
    )
    shape = ChangesSerializer
    parameters: ClassVar[tuple[Parameter, ...]] = (SINCE, SINCE_HASH)
    beside: ClassVar[frozenset[str]] = PagedView.beside | {"since_hash"}
    since_hash: str | None = None

    @property
    def since(self) -> int:
        """The release that the site holds; 0 for none."""
        return int(self.values["since"])

    def find_release(self) -> PublishedRelease | None:
        """Return the later release; refuse to continue from one that is not ours, or is later still."""
        self.since_hash = queries.hash_of(self.since) if self.since else None
        self._check_since()
        release = super().find_release()
        if release and release.number < self.since:
            detail = f"It is after release {release.number}. Changes lead from an earlier release to a later one."
            refuse_invalid([{"parameter": "since", "detail": detail}])
        return release

    def answer(self, **_path: str) -> HttpResponse:
        """Return a page of changes."""
        return self.composed(self._body)

    def linked_texts(self) -> dict[str, str]:
        """Return the parameters of the next page: it names the hash of the release that the walk started from."""
        return {**self.texts, **({"since_hash": self.since_hash} if self.since_hash else {})}

    def _check_since(self) -> None:
        named = self.values.get("since_hash")
        if not self.since and named:
            detail = "There is no release 0, so it has no hash. Leave it out to start from nothing."
            refuse_invalid([{"parameter": "since_hash", "detail": detail}])
        if self.since and (self.since_hash is None or named not in {None, self.since_hash}):
            what = "has another hash here" if self.since_hash else "is not one of ours"
            message = (
                f"The release {self.since} that you hold {what}. Start over: ask for `since=0`, and put what you get in "
                "place of all that you hold."
            )
            raise Refused("history-diverged", message)

    def _body(self) -> bytes:
        gone = differences.departures(self.since, self.number)
        fresh = differences.upserts(self.since, self.number)
        page = _cut(gone, fresh, self.cursor, self.size)
        departures = [_departure(one) for one in differences.explained(page.gone, self.number)]
        head = {
            "since": self.since,
            "since_hash": self.since_hash,
            "release": self.number,
            "hash": self.read.hash,
            "count": gone.count() + fresh.count(),
            **self._redacted(),
            "next": self.link(page.following) if page.following else None,
            "withdrawals": departures,
        }
        bodies = ",".join(edition.body for edition in page.fresh)
        return b'%b,"upserts":[%b]}' % (orjson.dumps(head)[:-1], bodies.encode())

    def _redacted(self) -> dict[str, int]:
        return {"redacted": differences.left_out(self.since, self.number).count()} if self.is_pinned else {}


def _cut(gone: EditionQuerySet, fresh: EditionQuerySet, cursor: Cursor | None, size: int) -> _Page:
    """Return the page that a cursor asks for: what must go, by id, and then what is new, by id."""
    rows = list(islice(_from(gone, fresh, cursor.position if cursor else [_GONE, ""], size + 1), size + 1))
    page = rows[:size]
    return _Page(
        gone=[row for mark, row in page if mark == _GONE],
        fresh=[row for mark, row in page if mark == _FRESH],
        following=[page[-1][0], str(page[-1][1].content_id)] if len(rows) > size else None,
    )


def _from(
    gone: EditionQuerySet, fresh: EditionQuerySet, position: list[str], most: int
) -> Iterator[tuple[str, Edition]]:
    mark, after = position
    if mark == _GONE:
        rows = _after(gone.only("content_id", "kind"), after)
        yield from ((_GONE, row) for row in rows[:most])
    rows = _after(fresh.only("content_id", "body"), after if mark == _FRESH else "")
    yield from ((_FRESH, row) for row in rows[:most])


def _after(rows: EditionQuerySet, content_id: UUID | str) -> EditionQuerySet:
    return (rows.filter(content_id__gt=content_id) if content_id else rows).order_by("content_id")


def _departure(one: differences.Departure) -> Json:
    kind = kinds.get(one.edition.kind)
    said = why(one.tombstone, one.replacement)
    if not one.is_own:
        note = f"It showed something that was pulled in release {one.tombstone.release_id}."
        said = {**said, "public_note": note, "partner_action": "REFRESH", "replaced_by": None}
    return {
        "id": str(one.edition.content_id),
        "kind": kind.name,
        "slug": one.slug,
        "url": f"/api/v1/{kind.collection}/{one.slug}/",
        **said,
    }
