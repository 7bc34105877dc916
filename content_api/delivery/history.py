"""How an item came to read as it does: its editions, the newest first, each with what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import jsonpatch
from rest_framework import serializers

from content_api.delivery.openapi import GoneMembersSerializer
from content_api.delivery.pages import PagedView, cut
from content_api.delivery.views import ItemView, why
from content_api.editions import queries
from content_api.editions.models import Cause
from content_api.editions.queries import instant
from content_api.rendering.envelope import envelope_in, substance_in
from content_api.rendering.serializers import EnumField
from content_api.rendering.serializers.items import ChangeSerializer, ReviewerSerializer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from content_api.canonical_json import Json
    from content_api.editions.models import Edition, Tombstone

_OF_THE_TEXT = (
    "last_reviewed",
    "next_review",
    "facts_as_of",
    "reviewed_by",
    "change",
)  # gone with it when it is pulled

PatchStepSerializer: type[serializers.Serializer[Any]] = type(
    "PatchStepSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "One step of a JSON Patch (RFC 6902).",
        "op": serializers.CharField(help_text="`add`, `remove`, `replace` or `move`."),
        "path": serializers.CharField(help_text="A JSON Pointer."),
        "from": serializers.CharField(required=False, help_text="Where a `move` takes it from."),
        "value": serializers.JSONField(required=False),
    },
)


class HistoryEntrySerializer(serializers.Serializer[Any]):
    """One text of an item, and what it changed."""

    release = serializers.IntegerField(help_text="That it became public in.")
    until_release = serializers.IntegerField(allow_null=True, help_text="That ended it; null while it is out.")
    version = serializers.IntegerField()
    slug = serializers.CharField()
    checksum = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute: the whole text.")
    cause = EnumField(Cause)
    cause_label = serializers.CharField()
    published_at = serializers.DateTimeField()
    last_reviewed = serializers.DateField(allow_null=True)
    next_review = serializers.DateField(allow_null=True)
    facts_as_of = serializers.DateField(allow_null=True)
    reviewed_by = ReviewerSerializer(many=True, allow_null=True)
    change = ChangeSerializer(allow_null=True)
    redacted = serializers.BooleanField(help_text="It was pulled since, or showed what was: its text is gone.")
    withdrawal = GoneMembersSerializer(allow_null=True, help_text="Where a withdrawal ended it.")
    patch = PatchStepSerializer(
        many=True,
        allow_null=True,
        help_text="From the substance (all but version, release, dates, reviewers and checksum) of the text before. Null "
        "for the first, and where either of the two was pulled.",
    )


class HistoryPageSerializer(serializers.Serializer[Any]):
    """A page of an item's history."""

    release = serializers.IntegerField(help_text="That the whole walk through the pages sees.")
    count = serializers.IntegerField(help_text="In all pages together.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = HistoryEntrySerializer(many=True)


class HistoryView(ItemView, PagedView):
    """The editions of an item, up to the release that is read."""

    operation = "history"
    summary = "How one {label} came to read as it does"
    description = (
        "One entry for each text that was public, the newest first, with a JSON Patch (RFC 6902) from the one before. It "
        "follows its item: while that is withdrawn, its history answers 410 too, and can be read with the `release` of a "
        "time when it was out. What was pulled shows no patch, on neither side of it."
    )
    shape = HistoryPageSerializer
    refusals: ClassVar[tuple[int, ...]] = (400, 401, 404, 409, 410)

    def show(self, edition: Edition) -> HttpResponse:
        """Return a page of the history of an item that is out."""
        return self.composed(lambda: self._body(edition), tags=[str(edition.content_id)])

    def _body(self, edition: Edition) -> Json:
        rows = queries.history_of(edition.content_id, self.number)
        page = cut(rows, "from_release_id", self.cursor, self.size, is_descending=True)
        bodies = queries.bodies_of({pk for row in page.rows for pk in (row.pk, row.before_id) if pk})
        ends = queries.tombstones_of(edition.content_id, self.number)
        return {
            "release": self.number,
            "count": rows.count(),
            **self.links(page, "from_release_id"),
            "results": [self._entry(row, bodies, ends, edition.slug) for row in page.rows],
        }

    def _entry(self, row: Any, bodies: dict[int, str], ends: dict[int, Tombstone], address: str) -> Json:
        body = bodies.get(row.pk)
        envelope = envelope_in(body) if body else dict.fromkeys(_OF_THE_TEXT)
        until = row.until_release_id if (row.until_release_id or self.number + 1) <= self.number else None
        collection = self.request.path.split("/")[3]
        return {
            "release": row.from_release_id,
            "until_release": until,
            "version": row.version,
            "slug": row.slug,
            "checksum": row.checksum,
            "url": f"/api/v1/{collection}/{address}/?release={row.from_release_id}",
            "cause": row.cause,
            "cause_label": Cause(row.cause).label,
            "published_at": instant(row.published_at),
            **{name: envelope[name] for name in _OF_THE_TEXT},
            "redacted": row.is_redacted,
            "withdrawal": why(ends[until], None) if until in ends else None,
            "patch": _patch(bodies.get(row.before_id), body),
        }


def _patch(before: str | None, after: str | None) -> list[Json] | None:
    """Return the steps from one text to the next; None if there is none before, or a pull took one of them."""
    if before is None or after is None:
        return None
    steps: list[Json] = jsonpatch.make_patch(substance_in(before), substance_in(after)).patch
    return steps
