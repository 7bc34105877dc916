"""Stored content stays as it was; what reads it today sees it in today's schema."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest

from content_api import kinds, shapes
from content_api.editions.models import Edition
from content_api.editorial import actions, queries
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from tests.situations import Desk


def _in_version_2(content: Json) -> Json:
    """Return version 1 content as version 2 writes it: titles end in a mark."""
    return {**content, "title": content["title"] + " (checked)"}


@pytest.fixture
def schema_2(monkeypatch: pytest.MonkeyPatch) -> object:
    newer = replace(SPECIMEN, schema_version=2, upcasters={1: _in_version_2})
    return lambda: monkeypatch.setitem(kinds._registry, "specimen", newer)


def test_restoring_a_stored_version_gives_its_upcast(desk: Desk, schema_2: object) -> None:
    version = desk.approved("basalt", title="Basalt")
    before = version.content
    schema_2()  # type: ignore[operator]
    actions.restore(version=version, person=desk.people.ann)
    assert queries.draft(version.item) == queries.content_of(version)
    assert queries.draft(version.item)["title"] == "Basalt (checked)"
    version.refresh_from_db()
    assert version.content == before, "what was stored is what was approved"


def test_a_rendering_made_today_reads_the_upcast_and_a_past_edition_does_not(desk: Desk, schema_2: object) -> None:
    base = desk.approved("base", title="Base")
    top = desk.approved("top", title="Top", stands_on=base.item)
    desk.publish(base, top)
    schema_2()  # type: ignore[operator]
    desk.publish(desk.approved("base", title="Base II"))
    past, live = Edition.objects.filter(content_id=top.item_id).order_by("from_release")
    assert orjson.loads(past.body)["title"] == "Top"
    assert orjson.loads(live.body)["title"] == "Top (checked)"


def test_every_member_of_a_shape_is_in_a_snapshot(desk: Desk) -> None:
    for kind in kinds.all_kinds():
        names = [member.name for member in kind.shape.members]
        assert len(set(names)) == len(names)
        assert {"slug", "language", "review_interval_days", "sources"} <= set(names), kind.name
    assert set(queries.draft(desk.write("basalt"))) == {one.name for one in shapes.shape_of(SPECIMEN.model).members}
