"""A large corpus: what is out, copied with all that belongs to it, past the actions, for measurements only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db.models import AutoField

from content_api import kinds
from content_api.content_items import ContentItem
from content_api.editions.models import Edition, EditionReference, Facet
from content_api.editorial.models import Contribution, RequiredReview, Review, Version, VersionContributor
from content_api.releases.models import ReleaseItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

AT_ONCE = 500


def grow(size: int) -> int:
    """Copy everything that is live until so many texts are, and return how many there are now.

    A copy refers to its neighbours in the same copy, so that each text is used as often as in the original.
    """
    live = list(Edition.objects.filter(until_release=None).values_list("content_id", flat=True))
    times = max(size // len(live), 1)
    for number in range(1, times):
        copies = _Copies(number)
        for rows in _belonging_to(live):
            copies.of(rows)
    return times * len(live)


def _belonging_to(content_ids: list[UUID]) -> Iterator[QuerySet[Any]]:
    """Yield the rows of texts, what is referred to before what refers to it."""
    yield ContentItem.objects.filter(pk__in=content_ids)
    for kind in kinds.all_kinds():
        yield kind.model._default_manager.filter(pk__in=content_ids)
    yield Contribution.objects.filter(item__in=content_ids)
    yield Version.objects.filter(item__in=content_ids)
    for of_version in (VersionContributor, RequiredReview, Review):
        yield of_version._default_manager.filter(version__item__in=content_ids)
    yield ReleaseItem.objects.filter(item__in=content_ids)
    yield Edition.objects.filter(content_id__in=content_ids)
    for of_edition in (EditionReference, Facet):
        yield of_edition._default_manager.filter(edition__content_id__in=content_ids)


class _Copies:
    """One more of each row, with a number in its slug, and led to the copies of what it names."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.keys: dict[Any, Any] = {}  # of copies: by the id of the old row, or by its model and number

    def of(self, rows: QuerySet[Any]) -> None:
        """Copy rows of one model."""
        olds = list(rows.order_by("pk"))
        news = rows.model._default_manager.bulk_create([self._copy(old) for old in olds], batch_size=AT_ONCE)
        self.keys |= {_name(rows.model, old.pk): new.pk for old, new in zip(olds, news, strict=True)}

    def _copy(self, old: Any) -> Any:
        fields = old._meta.concrete_fields
        return type(old)(**{field.attname: self._value(field, getattr(old, field.attname)) for field in fields})

    def _value(self, field: Any, value: Any) -> Any:
        if field.name == "slug":
            return f"{value}-{self.number}"
        if field.primary_key and not field.is_relation:
            return None if isinstance(field, AutoField) else uuid4()
        return self.keys.get(_name(field.related_model, value), value) if isinstance(value, int | UUID) else value


def _name(model: Any, key: int | UUID) -> Any:
    return key if isinstance(key, UUID) else (model, key)
