"""What a reading costs while many texts wait: the same questions, and the contents of those kinds that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.editorial import queries
from therapies.models import Source

if TYPE_CHECKING:
    from tests.situations import Desk


def _wait(desk: Desk, numbers: range) -> None:
    """Leave texts of two kinds in review."""
    for number in numbers:
        desk.submit(desk.write(f"stone-{number}", note="Seen once."))
        source = Source.objects.create(slug=f"source-{number}", title=f"Source {number}", type="WEB_PAGE")
        desk.record(source)
        desk.submit(source.item)


def _questions(desk: Desk, slug: str) -> list[str]:
    """Return what a submission, its reading and its approval ask of the database."""
    item = desk.write(slug, note="Seen once.")
    with CaptureQueriesContext(connection) as asked:
        desk.approve(desk.submit(item))
    return [one["sql"] for one in asked]


def test_a_reading_asks_as_much_however_many_texts_wait(desk: Desk) -> None:
    _wait(desk, range(2))
    _questions(desk, "warm")  # what is asked once and then remembered
    few = len(_questions(desk, "first"))
    _wait(desk, range(2, 12))
    assert len(_questions(desk, "second")) == few


def test_only_the_contents_of_the_kinds_that_it_asks_for_are_read(desk: Desk) -> None:
    _wait(desk, range(2))
    read = [one for one in _questions(desk, "first") if '"editorial_version"."content"' in one]
    assert any("'specimen'" in one for one in read), "a set of specimens stands in it"
    assert not any("'source'" in one for one in read)


def test_what_somebody_took_back_in_between_is_still_read_as_it_was_found(desk: Desk) -> None:
    item = desk.write("stone", title="Stone")
    version = desk.submit(item)
    drafts = queries.pending_drafts()
    from_before = drafts[str(item.pk)]
    desk.send_back(version)
    assert from_before.content["title"] == "Stone"
    assert str(item.pk) not in queries.pending_drafts()
