"""Marks on the page of a set: one for each text that reads differently, of texts that the page showed, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.editions.models import PublishedRelease
from content_api.releases.actions import open_release
from content_api.releases.models import Mark, Release, SetVerdict
from tests.admin.browser import Browser, page_of, said
from tests.admin.test_releases import step

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People


def test_asks_for_a_mark_of_each_text_that_it_changes(shelf: Shelf, people: People) -> None:
    therapy, retraction = _retraction(shelf, people)
    mei, mark = Browser(people.mei), f"mark-{therapy.pk}"

    unmarked = mei.send(page_of(retraction), to=step(retraction, "review"))
    marked = mei.send(page_of(retraction), to=step(retraction, "review"), **{mark: Mark.NEEDS_REWRITING})

    assert "Say of each of these whether it reads right" in said(unmarked)
    assert "What needs rewriting is in the release now." in said(marked)
    assert [one.item_id for one in retraction.working_copies.all()] == [therapy.pk]


@pytest.mark.parametrize(
    ("name", "mark", "told"),
    [
        ("no-id", "READS_RIGHT", "A mark is of no text on the list"),
        ("", "READS_RIGHT", "A mark is of no text on the list"),
        ("95063fa9-c41f-42a8-abe0-f273314fe9fe", "READS_RIGHT", "A mark is of no text on the list"),
        ("therapy", "MAYBE", "A mark is of no text on the list"),
    ],
)
def test_takes_no_mark_that_its_page_did_not_offer(
    shelf: Shelf, people: People, name: str, mark: str, told: str
) -> None:
    therapy, retraction = _retraction(shelf, people)
    marks = {f"mark-{therapy.pk}": Mark.READS_RIGHT, f"mark-{therapy.pk if name == 'therapy' else name}": mark}

    answer = Browser(people.mei).send(page_of(retraction), to=step(retraction, "review"), **marks)

    assert answer.status_code == 200
    assert told in said(answer)
    assert not SetVerdict.objects.exists()


def _retraction(shelf: Shelf, people: People) -> tuple[Any, Release]:
    """Publish a therapy that cites a source, and submit in a set that the source was retracted."""
    therapy = out_with_a_source(shelf, people)
    retraction = open_release(person=people.ann, title="A retraction")
    shelf.ann.send(page_of(shelf["source"]), retracted="on")
    shelf.ann.post(step(retraction, "put-in"), items=[shelf["source"].pk])
    shelf.ann.post(step(retraction, "submit"), change_type="WORLD_CHANGED", change_note="It was retracted.")
    return therapy, retraction


def out_with_a_source(shelf: Shelf, people: People) -> Any:
    """Publish a therapy that cites a source, and return its working copy."""
    therapy = shelf["therapy"]
    therapy.sources.create(source=shelf["source"])
    shelf.ann.send(page_of(therapy), short_name="satri-cel 1")
    release = open_release(person=people.ann, title="The therapy")
    versions = [shelf.approve(shelf[one]).pk for one in ("therapy_class", "target", "tumor_type", "source", "therapy")]
    shelf.ann.post(step(release, "add"), versions=versions)
    Browser(people.pia).post(step(release, "publish"))
    assert PublishedRelease.objects.count() == 1
    return therapy
