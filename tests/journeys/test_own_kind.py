"""A content app with a kind of its own goes from an editor's row to JSON, and touches nothing of the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import include, path

from content_api.delivery import routes

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.situations import Desk


class Routes:
    """The addresses of the API, made when the specimens are registered."""

    def __init__(self) -> None:
        self.urlpatterns = [path("api/v1/", include(routes.api()))]


@pytest.fixture
def own_routes(desk: Desk, settings: object) -> None:
    settings.ROOT_URLCONF = Routes()  # type: ignore[attr-defined]


def test_from_row_to_json(desk: Desk, own_routes: None, reader: Reader) -> None:
    base = desk.approved("base", title="Base", note="A *base*.")
    top = desk.approved("top", title="Top", stands_on=base.item, shade="DARK")
    desk.publish(base, top)
    listed = reader.get("/api/v1/specimens/").json()
    assert [one["slug"] for one in listed["results"]] == ["base", "top"]
    item = reader.get("/api/v1/specimens/top/").json()
    assert item["stands_on"] == {
        "id": str(base.item_id),
        "kind": "specimen",
        "slug": "base",
        "name": "Base",
        "url": "/api/v1/specimens/base/",
    }
    assert reader.get("/api/v1/specimens/base/").json()["carries"] == [
        {"id": str(top.item_id), "slug": "top", "shade": "DARK"}
    ]


def test_its_filters_come_from_its_declaration(desk: Desk, own_routes: None, reader: Reader) -> None:
    desk.publish(desk.approved("pale", shade="PALE"), desk.approved("dark", shade="DARK"))
    assert [one["slug"] for one in reader.get("/api/v1/specimens/?shade=DARK").json()["results"]] == ["dark"]
    refused = reader.get("/api/v1/specimens/?shade=DARKK")
    assert refused.status_code == 400
    assert "DARK" in refused.json()["errors"][0]["detail"]
