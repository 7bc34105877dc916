"""What the lists of this app's kinds can be filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api.delivery.filters import EditionFilters, FacetFilter, ReferenceFilter
from content_api.delivery.parameters import InvalidValue, nearest
from faqs.fields import carrying_kinds
from faqs.vocabulary import Audience, Placement, Topic
from therapies.jurisdictions import CODES, EU, EU_MEMBERS

if TYPE_CHECKING:
    from content_api.editions.models import EditionQuerySet

_PLACES = sorted(CODES)


class OpenFacetFilter(FacetFilter):
    """A filter by a facet that a text may leave open; then it holds for every value."""

    def filter(self, qs: EditionQuerySet, value: Any) -> EditionQuerySet:
        """Keep the editions that have any of the values, or say nothing about it."""
        return qs if value is None else qs.having_or_open(self.field_name, value)


class KindFilter(OpenFacetFilter):
    """A filter by kinds of content; which there are is known when the apps are ready."""

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of one value."""
        return {"type": "string", "enum": carrying_kinds()}

    def _check(self, value: str) -> None:
        if value not in carrying_kinds():
            msg = f"There is no kind “{value}”. {nearest(value, carrying_kinds())}".strip()
            raise InvalidValue(msg)


def _covering(code: str) -> list[str]:
    return [code, EU] if code in EU_MEMBERS else [code]


class FaqFilters(EditionFilters):
    """What questions can be found by."""

    topic = FacetFilter(Topic, help_text="What the question is about.")
    audience = FacetFilter(Audience, help_text="Whom the answer is written for.")
    jurisdiction = OpenFacetFilter(
        _PLACES,
        expand=_covering,
        help_text="Where the answer holds: ISO 3166-1 alpha-2, or EU. Those that hold everywhere count, and for a member "
        "of the EU those that hold in the EU.",
    )
    therapy = ReferenceFilter("therapy", help_text="Slugs or ids of therapies that the answer is about.")
    trial = ReferenceFilter("trial", help_text="Slugs or ids of trials that the answer is about.")
    tumor_type = ReferenceFilter(
        "tumor_type", descends="parent", help_text="Slugs or ids of tumor types; what lies below them counts too."
    )


class DisclaimerFilters(EditionFilters):
    """What disclaimers can be found by."""

    placement = FacetFilter(Placement, help_text="Where it is to be shown.")
    applies_to = KindFilter(help_text="Kinds whose items carry it; one that every kind carries counts.")
    jurisdiction = OpenFacetFilter(
        _PLACES, expand=_covering, help_text="Where it is to be shown: ISO 3166-1 alpha-2, or EU; or everywhere."
    )
