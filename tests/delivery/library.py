"""Kinds to read in these tests: books, by authors, on subjects that lie below one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from rest_framework import serializers

from content_api.content_items import WorkingCopy
from content_api.delivery.filters import CodeFilter, DateFilter, EditionFilters, FacetFilter, ReferenceFilter
from content_api.delivery.parameters import Parameter, iso_date
from content_api.delivery.views import ItemView
from content_api.kinds import Kind, Searchable
from content_api.rendering.serializers import ItemSerializer, ReferenceSerializer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from content_api.editions.models import Edition

NO_MODEL: Any = WorkingCopy  # delivery never looks at it


class Color(TextChoices):
    RED = "RED", "Red"
    GREEN = "GREEN", "Green"
    BLUE = "BLUE", "Blue"


class BookFilters(EditionFilters):
    """What books can be found by."""

    color = FacetFilter(Color, help_text="The color of the cover.")
    author = ReferenceFilter("author", help_text="Who wrote it.")
    subject = ReferenceFilter("subject", descends="parent", help_text="What it is about, and what lies below that.")
    printed_after = DateFilter("printed_on", "gte", help_text="Printed on that day or later.")
    printed_before = DateFilter("printed_on", "lte", help_text="Printed on that day or earlier.")
    isbn = FacetFilter(pattern=r"[0-9]{13}", says="Write thirteen digits.")
    code = CodeFilter(["ISBN", "OCLC"])
    bright = FacetFilter(
        ["yes", "no"], facet="color", expand=lambda word: ["RED"] if word == "yes" else ["BLUE", "GREEN"]
    )


class BlurbView(ItemView):
    """An address below a book's own."""

    operation, summary, shape = "blurb", "What the back of a {label} says", None
    parameters = (Parameter("day", "The day of the blurb.", iso_date, {"type": "string", "format": "date"}),)

    def show(self, edition: Edition) -> HttpResponse:
        """Return a few words on the book."""
        day = self.values.get("day")
        return self.composed(
            lambda: {"book": edition.slug, "day": str(day) if day else None},
            varies=[str(day)],
            tags=[str(edition.content_id)],
        )


class BookSerializer(ItemSerializer):
    """A book, by an author."""

    text = serializers.CharField()
    blurb_markdown = serializers.CharField(required=False)
    author = ReferenceSerializer(allow_null=True)
    sequels = ReferenceSerializer(many=True)


def _kind(name: str, **more: Any) -> Kind:
    return Kind(
        name=name,
        collection=f"{name}s",
        plural=f"{name}s",
        model=NO_MODEL,
        name_of=lambda content: str(content["name"]),
        **{"serializer": type(f"{name.title()}Serializer", (ItemSerializer,), {}), **more},
    )


BOOK = _kind(
    "book",
    serializer=BookSerializer,
    filters=BookFilters,
    subresources=(("blurb", BlurbView),),
    orderings=("printed_on",),
    searchable=Searchable(title=("name", "aliases.*.name"), short=("blurb_markdown",), body=("text",)),
)
AUTHOR = _kind("author")
SUBJECT = _kind("subject")
LIBRARY = (BOOK, AUTHOR, SUBJECT)
