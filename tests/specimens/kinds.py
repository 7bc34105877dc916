"""The specimen kind: all that a content app must declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers

from content_api.delivery.filters import EditionFilters, FacetFilter, ReferenceFilter
from content_api.kinds import Fact, Finding, Kind, SetKey, Severity
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
    from content_api.kinds import Facets, Facts, World


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


def _facts(content: Json, world: World) -> Facts:
    sources = tuple(one["source"] for one in content["sources"])
    cards = [card for one in sources if (card := world.card(one))]
    best = min((card["verification"] for card in cards), key=_BEST_FIRST.index, default=None)
    facts = {"title": Fact({"plain": content["title"], "quoted": f"“{content['title']}”"}, sources, best)}
    facts["shade"] = Fact({"label": Shade(content["shade"]).label}, sources, best)
    facts |= {f"marks.{one['key']}.text": _mark(one["text"], sources, best) for one in content["marks"]}
    return {**facts, "finding": Fact({"plain": "Found."}, sources, best)} if sources else facts


def _mark(text: str, sources: tuple[str, ...], best: str | None) -> Fact:
    old = text.startswith("Old")
    return Fact({"plain": text}, sources, best, "it is superseded; quote the new mark" if old else "")


def _titles(_key: SetKey, cards: list[Json], _pulled: list[Json]) -> Fact:
    return Fact({"list": ", ".join(card["name"] for card in cards) or "none", "count": str(len(cards))})


_BEST_FIRST = ["VERIFIED", "SECONDARY", "UNVERIFIED"]

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
    facts=_facts,
    set_facts={"titles": _titles},
    set_keys={"stands_on": "specimen", "shade": ""},
    set_values={"shade": dict(Shade.choices)},
    check=_check,
)
