"""In which order a list stands: by one value, then by slug, so that no two items share a place.

Text is compared by code point and not by the locale of a database: the order is part of the contract. What has no such
value comes last, whichever way the list runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, F, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from content_api.delivery.parameters import Parameter, closed
from content_api.editions.models import Facet
from content_api.editions.queries import by_code_point

if TYPE_CHECKING:
    from content_api.editions.models import EditionQuerySet
    from content_api.kinds import Kind

EVERYWHERE = ("slug", "name", "release", "published_at", "next_review")


@dataclass(frozen=True)
class Key:
    """A column that a list is ordered by. It holds no null."""

    name: str
    is_descending: bool = False


Order = tuple[Key, ...]
BY_SLUG: Order = (Key("sort_key"),)


def choices(kind: Kind) -> list[str]:
    """Return every order that a list of this kind can stand in."""
    names = [*EVERYWHERE, *kind.orderings]
    return [*names, *(f"-{name}" for name in names)]


def parameter(kind: Kind) -> Parameter:
    """Return the parameter `ordering` of a list of this kind."""
    words = choices(kind)
    return Parameter(
        "ordering",
        "The value to order by, with `-` from the highest down; items of one value by slug. Items without it come last.",
        closed(*words),
        {"type": "string", "enum": words, "default": kind.default_ordering},
    )


def ordered(editions: EditionQuerySet, kind: Kind, ordering: str) -> tuple[EditionQuerySet, Order]:
    """Return editions annotated with what orders them, and the keys of that order."""
    name, is_descending = ordering.removeprefix("-"), ordering.startswith("-")
    if name == "slug":
        return editions, (Key("sort_key", is_descending),)
    if name in kind.orderings:
        return _by_facet(editions, name, is_descending=is_descending)
    column: Any = {"name": by_code_point("name"), "release": F("from_release_id")}.get(name) or F(name)
    return editions.annotate(order_value=column), (Key("order_value", is_descending), *BY_SLUG)


def _by_facet(editions: EditionQuerySet, name: str, *, is_descending: bool) -> tuple[EditionQuerySet, Order]:
    """Order by the least value of a facet. A facet is never empty, so an empty text stands for none."""
    values = Facet.objects.filter(edition=OuterRef("pk"), name=name).order_by().values("edition")
    least = Subquery(values.annotate(least=Min("value")).values("least"), output_field=CharField())
    annotated = editions.annotate(
        order_value=by_code_point(Coalesce(least, Value(""))),
        order_is_missing=Case(When(Q(order_value=""), then=1), default=0, output_field=IntegerField()),
    )
    return annotated, (Key("order_is_missing"), Key("order_value", is_descending), *BY_SLUG)
