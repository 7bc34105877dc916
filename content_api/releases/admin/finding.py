"""Finding the working copies that a release may take in, of every kind, by what each kind's list is searched by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from content_api import kinds

if TYPE_CHECKING:
    from django.http import HttpRequest

    from content_api.canonical_json import Json
    from content_api.kinds import Kind

OF_EACH = 20  # texts of one kind that are offered


def found(request: HttpRequest, find: str) -> list[Json]:
    """Return the working copies whose name or address holds what was typed."""
    return [one for kind in kinds.all_kinds() for one in _of(kind, request, find)]


def _of(kind: Kind, request: HttpRequest, find: str) -> list[Json]:
    listed = admin.site._registry.get(kind.model)
    if listed is None:  # a kind without pages
        return []
    rows, _ = listed.get_search_results(request, kind.model._default_manager.all(), find)
    ids = rows.order_by("slug").values_list("pk", flat=True).distinct()[:OF_EACH]
    by_slug = kind.model._default_manager.filter(pk__in=list(ids)).order_by("slug")
    return [{"kind": kind.label, "name": str(row), "slug": row.slug, "item_id": row.pk} for row in by_slug]
