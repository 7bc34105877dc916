"""The specimen kind: all that a content app must declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers

from content_api.delivery.filters import EditionFilters, FacetFilter, ReferenceFilter
from content_api.kinds import Finding, Kind, SetKey, Severity
from content_api.rendering.serializers import (
    EnumField,
    HtmlField,
    ItemSerializer,
    LabelField,
    MarkdownField,
    ReferenceSerializer,
)
from tests.specimens.models import Shade, Specimen

if TYPE_CHECKING:
    from datetime import date

    from content_api.canonical_json import Json
    from content_api.kinds import Facets, World


class MarkSerializer(serializers.Serializer):
    """A mark on a specimen."""

    key = serializers.CharField()
    text = serializers.CharField()
    seen_with = ReferenceSerializer()


class SpecimenSerializer(ItemSerializer):
    """A specimen as the public reads it."""

    title = serializers.CharField()
    shade = EnumField(Shade)
    shade_label = LabelField(Shade, source="shade")
    note_markdown = MarkdownField(source="note")
    note_html = HtmlField(source="note")
    stands_on = ReferenceSerializer(allow_null=True)
    cites = ReferenceSerializer(many=True)
    marks = MarkSerializer(many=True)
    carries = serializers.SerializerMethodField()

    def get_carries(self, content: Json) -> list[Json]:
        """Return what stands on it: a set, followed by the edition."""
        cards = self.context["world"].members(SetKey.of("specimen", stands_on=content["id"]))
        return [{"id": card["id"], "slug": card["slug"], "shade": card["shade"]} for card in cards]


class SpecimenFilters(EditionFilters):
    """What lists of specimens are filtered by."""

    shade = FacetFilter(Shade, help_text="Pale or dark.")
    stands_on = ReferenceFilter("specimen", help_text="What it stands on.")


def _facets(content: Json, _world: World) -> Facets:
    on = content["stands_on"]
    return {"shade": [content["shade"]], "stands_on": [on] if on else []}


def _check(content: Json, _world: World, _today: date) -> list[Finding]:
    if "forbidden" in content["title"].lower():
        return [Finding(Severity.ERROR, "forbidden-title", "/title", "A title may not say forbidden.")]
    if not content["note"]:
        return [Finding(Severity.WARNING, "no-note", "/note", "It has no note.")]
    return []


SPECIMEN = Kind(
    name="specimen",
    collection="specimens",
    plural="specimens",
    model=Specimen,
    serializer=SpecimenSerializer,
    filters=SpecimenFilters,
    name_of=lambda content: str(content["title"]),
    card=lambda content, _world: {"shade": content["shade"]},
    facets=_facets,
    check=_check,
)
