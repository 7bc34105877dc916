"""The releases themselves: what each one published and took down, and the manifest that its hash can be checked by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from rest_framework import serializers

from content_api import kinds
from content_api.delivery import moments
from content_api.delivery.openapi import page_of
from content_api.delivery.pages import PagedView, cut
from content_api.delivery.views import ReadView
from content_api.editions import queries
from content_api.editions.models import Cause, Urgency
from content_api.editions.queries import instant
from content_api.refusals import Refused
from content_api.rendering.serializers import EnumField

if TYPE_CHECKING:
    from django.http import HttpResponse

    from content_api.canonical_json import Json
    from content_api.editions.models import PublishedRelease


class CountsSerializer(serializers.Serializer[Any]):
    """How much a release holds and moved."""

    items = serializers.IntegerField(help_text="Live in the release.")
    published = serializers.IntegerField()
    rerendered = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    withdrawn = serializers.IntegerField()


class ReleaseSummarySerializer(serializers.Serializer[Any]):
    """A release."""

    number = serializers.IntegerField()
    url = serializers.CharField(help_text="Path-absolute.")
    title = serializers.CharField()
    notes = serializers.CharField(allow_null=True)
    urgency = EnumField(Urgency)
    urgency_label = serializers.CharField()
    act_by = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField()
    hash = serializers.CharField(
        help_text="SHA-256 over the RFC 8785 form of {number, previous_hash, published_at, items: [[id, version, "
        "checksum]] sorted by id, withdrawn: [id] sorted}."
    )
    previous_hash = serializers.CharField(allow_null=True, help_text="Of the release before; the first has none.")
    counts = CountsSerializer()


class OpenedSerializer(serializers.Serializer[Any]):
    """An item whose text became public in a release."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute.")
    version = serializers.IntegerField()


class TakenDownSerializer(serializers.Serializer[Any]):
    """An item that a release took down."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute; it answers 410 with the reason.")


class RedactedSerializer(serializers.Serializer[Any]):
    """An item of which earlier texts are gone too."""

    id = serializers.UUIDField()
    kind = serializers.CharField()


class ReleaseSerializer(ReleaseSummarySerializer):
    """A release, with all that it moved."""

    published = OpenedSerializer(many=True, help_text="New versions.")
    rerendered = OpenedSerializer(many=True, help_text="Texts that read differently because others changed.")
    confirmed = OpenedSerializer(many=True, help_text="Texts that were confirmed to be still true.")
    withdrawn = TakenDownSerializer(many=True)
    redacted = RedactedSerializer(
        many=True,
        help_text="What a pull took out of earlier releases too: the item, and those that showed it. Their ids are tags "
        "of the answers that a cache must let go.",
    )


class ManifestRowSerializer(serializers.Serializer[Any]):
    """An item in a manifest."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    slug = serializers.CharField()
    version = serializers.IntegerField()
    checksum = serializers.CharField()
    redacted = serializers.BooleanField(help_text="It was pulled since; its address answers 410.")


class ManifestSerializer(serializers.Serializer[Any]):
    """Every item of a release, by id."""

    release = serializers.IntegerField()
    hash = serializers.CharField()
    count = serializers.IntegerField()
    items = ManifestRowSerializer(many=True)


class ReleaseListView(PagedView):
    """Every release, the newest first."""

    operation = "list_releases"
    summary = "All releases"
    description = "The newest first. Numbers have no gaps, and each release carries the hash of the one before."
    shape = page_of(ReleaseSummarySerializer, "release")
    needs_release = False

    def answer(self, **_path: str) -> HttpResponse:
        """Return a page of releases."""
        return self.composed(self._body)

    def _body(self) -> Json:
        releases = queries.releases_until(self.number)
        page = cut(releases, "number", self.cursor, self.size, is_descending=True)
        return {**self.envelope(page, "number", releases.count()), "results": [_summary(one) for one in page.rows]}


class ReleaseView(ReadView):
    """One release, by number."""

    operation = "get_release"
    summary = "One release"
    description = "By number. What it published, what reads differently because of that, and what it took down."
    shape: Any = ReleaseSerializer

    def find_release(self) -> PublishedRelease | None:
        """Return the release in the path; raise Refused if it was not out in the release or by the moment named."""
        if "number" not in self.kwargs:
            return super().find_release()
        number = int(self.kwargs["number"])
        until = super().find_release() if self.values.keys() & {"release", "at"} else None
        if until and number > until.number:
            raise Refused("release-not-found", f"There is no release {number} yet in release {until.number}.")
        self.is_pinned = True
        release = queries.release_with_redactions(number)
        if release is None:
            raise moments.not_there(number, None)
        return release

    def answer(self, **_path: str) -> HttpResponse:
        """Return the release."""
        return self.composed(lambda: _whole(self.read))


class LatestReleaseView(ReleaseView):
    """The current release."""

    operation = "get_latest_release"
    summary = "The current release"
    description = "The one that is read where no other is named."


class ManifestView(ReleaseView):
    """What was out in a release, with the checksum of each text."""

    operation = "get_manifest"
    summary = "The manifest of a release"
    description = (
        "Every item that was out, by id: with the release's own members, enough to compute its hash again. What was "
        "pulled since keeps its row."
    )
    shape = ManifestSerializer

    def answer(self, **_path: str) -> HttpResponse:
        """Return the manifest."""
        return self.composed(lambda: _manifest(self.read))


def _summary(release: PublishedRelease) -> Json:
    return {
        "number": release.number,
        "url": f"/api/v1/releases/{release.number}/",
        "title": release.title,
        "notes": release.notes or None,
        "urgency": release.urgency,
        "urgency_label": Urgency(release.urgency).label,
        "act_by": instant(release.act_by) if release.act_by else None,
        "published_at": instant(release.published_at),
        "hash": release.hash,
        "previous_hash": release.previous_hash,
        "counts": {
            "items": release.item_count,
            "published": len(_opened(release, Cause.VERSION)),
            "rerendered": len(_opened(release, Cause.RERENDER)),
            "confirmed": len(_opened(release, Cause.CONFIRM)),
            "withdrawn": len(release.withdrawn),
        },
    }


def _whole(release: PublishedRelease) -> Json:
    return {
        **_summary(release),
        "published": _opened(release, Cause.VERSION),
        "rerendered": _opened(release, Cause.RERENDER),
        "confirmed": _opened(release, Cause.CONFIRM),
        "withdrawn": [_named(row) for row in release.withdrawn],
        "redacted": [{"id": str(one), "kind": kind} for one, kind in queries.redacted_in(release.number)],
    }


def _opened(release: PublishedRelease, cause: Cause) -> list[Json]:
    rows = (row for row in release.published if row["cause"] == cause)
    return [{**_named(row), "version": row["version"]} for row in rows]


def _named(row: Json) -> Json:
    collection = kinds.get(row["kind"]).collection
    return {
        "id": row["id"],
        "kind": row["kind"],
        "slug": row["slug"],
        "url": f"/api/v1/{collection}/{row['slug']}/",
    }


def _manifest(release: PublishedRelease) -> bytes:
    rows = [
        {
            "kind": edition.kind,
            "id": str(edition.content_id),
            "slug": edition.slug,
            "version": edition.version,
            "checksum": edition.checksum,
            "redacted": edition.is_redacted,  # type: ignore[attr-defined]
        }
        for edition in queries.manifest_of(release.number)
    ]
    return orjson.dumps({"release": release.number, "hash": release.hash, "count": len(rows), "items": rows})
