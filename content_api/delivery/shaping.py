"""What of an item is delivered: some of its members (`fields`), or whole items in place of summaries (`include`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from rest_framework import serializers

from content_api import kinds
from content_api.delivery.parameters import InvalidValue, Parameter, nearest, split_list
from content_api.editions import queries
from content_api.rendering.serializers import ReferenceSerializer
from content_api.rendering.serializers.items import DisclaimerLinkSerializer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from content_api.canonical_json import Json

KEPT = ("id", "kind", "slug", "version", "checksum", "release")  # of every item, whatever is asked for
MOST_WITH_INCLUDE = 50  # items to a page: each may bring dozens of whole others
DISCLAIMERS = "disclaimers"


@dataclass(frozen=True)
class Shaping:
    """How items are delivered: with these members (all, if none is named), these of them as whole items."""

    fields: tuple[str, ...] = ()
    include: tuple[str, ...] = ()

    @classmethod
    def asked_for(cls, values: Mapping[str, Any]) -> Shaping:
        """Return what the parameters ask for."""
        return cls(tuple(values.get("fields", ())), tuple(values.get("include", ())))

    def __bool__(self) -> bool:
        return bool(self.fields or self.include)

    def apply(self, items: Sequence[Json], release: int) -> Shaped:
        """Return items as they are asked for. It costs one query if anything is included."""
        narrowed = [self._narrowed(item) for item in items]
        if not self.include:
            return Shaped(narrowed)
        wanted = {one["id"] for item in narrowed for one in self._references(item)}
        whole = {key: orjson.loads(body) for key, body in queries.whole_items(wanted, release).items()}
        return Shaped([self._filled(item, whole) for item in narrowed], list(whole), len(wanted) - len(whole))

    def _narrowed(self, item: Json) -> Json:
        """Return the members asked for, in the order of delivery; a disclaimer that is mandatory stays."""
        if not self.fields:
            return item
        wanted = {*KEPT, *self.fields, *self.include}
        mandatory = [one for one in item.get(DISCLAIMERS, []) if one["mandatory"]]
        shown = {name: value for name, value in item.items() if name in wanted}
        return shown if DISCLAIMERS in wanted or not mandatory else {**shown, DISCLAIMERS: mandatory}

    def _references(self, item: Json) -> Iterator[Json]:
        for name in self.include:
            value = item.get(name)
            yield from value if isinstance(value, list) else [value] if value else []

    def _filled(self, item: Json, whole: Mapping[str, Json]) -> Json:
        return {**item, **{name: _whole(item[name], whole) for name in self.include if item.get(name)}}


@dataclass(frozen=True)
class Shaped:
    """Items as they are delivered; the ids of those included; how many of these were pulled since, and left out."""

    items: list[Json]
    included: Sequence[str] = ()
    redacted: int = 0


def parameters(kind: str) -> list[Parameter]:
    """Return the parameters `fields` and `include` of a kind; the second only where there is something to include."""
    fields = _parameter("fields", members_of(kind), f"Only these members, and always {', '.join(KEPT)}.")
    words = (
        "Whole items in place of the summaries in these members; what the summary said beside stays. At most "
        f"{MOST_WITH_INCLUDE} items to a page then."
    )
    includable = includable_in(kind)
    return [fields, *([_parameter("include", includable, words)] if includable else [])]


@cache
def members_of(kind: str) -> list[str]:
    """Return every member of an item of this kind."""
    return list(_shape(kind))


@cache
def includable_in(kind: str) -> list[str]:
    """Return the members that show other items."""
    return [name for name, field in _shape(kind).items() if _shows_items(field)]


def _shape(kind: str) -> Mapping[str, Any]:
    return kinds.get(kind).serializer().fields  # type: ignore[no-any-return]


def _shows_items(field: Any) -> bool:
    shown = field.child if isinstance(field, serializers.ListSerializer) else field
    return isinstance(shown, ReferenceSerializer | DisclaimerLinkSerializer)


def _parameter(name: str, words: list[str], description: str) -> Parameter:
    schema = {"type": "array", "items": {"type": "string", "enum": words}, "minItems": 1, "uniqueItems": True}
    return Parameter(name, description, _any_of(words), schema, is_list=True, max_length=2_048)


def _any_of(words: list[str]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        values = split_list(text)
        for value in values:
            if value not in words:
                msg = f"There is no “{value}” here. {nearest(value, words)}".strip()
                raise InvalidValue(msg)
        return values

    return parse


def _whole(value: Any, whole: Mapping[str, Json]) -> Any:
    """Return items in place of their summaries; one that was pulled since is left out."""
    if isinstance(value, list):
        return [{**one, **whole[one["id"]]} for one in value if one["id"] in whole]
    return {**value, **whole[value["id"]]} if value["id"] in whole else None
