"""The addresses of the API: one list, one item and its subresources for every kind that is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, re_path

from content_api import kinds
from content_api.delivery import documentation, entry, guide, releases
from content_api.delivery.changes import ChangesView
from content_api.delivery.details import DetailView
from content_api.delivery.export import ExportView
from content_api.delivery.history import HistoryView
from content_api.delivery.lists import ListView
from content_api.delivery.search import SearchView

if TYPE_CHECKING:
    from django.urls import URLPattern

    from content_api.kinds import Kind

_ADDRESS = r"(?P<address>[0-9A-Za-z-]{1,100})"
_NUMBER = r"(?P<number>[0-9]{1,10})"


def api() -> list[URLPattern]:
    """Return everything under /api/v1/."""
    return [
        path("", entry.EntryView.as_view()),
        path("schema/", entry.SchemaView.as_view()),
        path("docs/", documentation.docs),
        path("redoc/", documentation.redoc),
        path("redoc/redoc.js", documentation.redoc_script),
        path("guide/", guide.guide),
        path("guide/<slug:name>/", guide.guide),
        path("changes/", ChangesView.as_view()),
        path("export/", ExportView.as_view()),
        path("search/", SearchView.as_view()),
        path("releases/", releases.ReleaseListView.as_view()),
        path("releases/latest/", releases.LatestReleaseView.as_view()),
        re_path(rf"^releases/{_NUMBER}/\Z", releases.ReleaseView.as_view()),
        re_path(rf"^releases/{_NUMBER}/manifest/\Z", releases.ManifestView.as_view()),
        *(route for kind in kinds.all_kinds() for route in _of_kind(kind)),
    ]


def health() -> list[URLPattern]:
    """Return what a load balancer asks."""
    return [path("healthz", entry.healthz), path("readyz", entry.readyz)]


def _of_kind(kind: Kind) -> list[URLPattern]:
    item = rf"^{kind.collection}/{_ADDRESS}/"
    return [
        path(f"{kind.collection}/", ListView.as_view(kind=kind.name)),
        re_path(rf"{item}\Z", DetailView.as_view(kind=kind.name)),
        re_path(rf"{item}history/\Z", HistoryView.as_view(kind=kind.name)),
        *(re_path(rf"{item}{below}/\Z", view.as_view(kind=kind.name)) for below, view in kind.subresources),
    ]
