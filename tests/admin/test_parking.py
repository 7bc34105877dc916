"""Correcting what is live at the admin: offered where it helps, told before it is done, and nothing of it lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from content_api.editorial.actions import record_edit, submit
from content_api.editorial.models import ParkedText
from content_api.releases.actions import publish_version
from content_api.workplace.dashboard import dashboard
from tests.admin.browser import Browser, page_of, said
from therapies.models import TherapyClass

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

OFFER, PARKED = "Correct what is live</a>", "A half-written text is parked"


def side(row: Any, name: str) -> str:
    return page_of(row).replace("/change/", f"/{name}/")


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def stands() -> tuple[str, str]:
    row = TherapyClass.objects.get()
    return row.name, row.definition


@pytest.fixture
def text(shelf: Shelf, people: People) -> TherapyClass:
    """Publish a text, and let Ann begin to write its next version."""
    row: TherapyClass = shelf["therapy_class"]
    publish_version(version=shelf.approve(row), person=people.pia)
    row.name = "CAR-T, half writ"
    row.save()
    record_edit(item=row.item, person=people.ann)
    return row


def test_it_is_offered_where_something_is_half_written(shelf: Shelf, people: People, text: TherapyClass) -> None:
    assert OFFER in text_of(shelf.ann.get(page_of(text)))
    assert OFFER not in text_of(Browser(people.mei).get(page_of(text)))
    assert OFFER not in text_of(shelf.ann.get(page_of(shelf["target"])))


def test_the_page_says_first_what_will_happen(shelf: Shelf, people: People, text: TherapyClass) -> None:
    page = text_of(shelf.ann.get(side(text, "correct")))

    assert "What is half written is parked, whole" in page
    assert "half writ</ins>" in page
    assert not ParkedText.objects.exists()
    told = text_of(Browser(people.mei).get(side(text, "correct")))
    assert "Only an editor may do this" in told
    assert "Park it, and correct" not in told
    assert "Nothing of this item is live" in text_of(shelf.ann.get(side(shelf["target"], "correct")))


def test_a_correction_goes_out_alone_and_the_rest_comes_back(shelf: Shelf, people: People, text: TherapyClass) -> None:
    parked = shelf.ann.send(side(text, "correct"))
    assert "It is parked, whole" in said(parked)
    assert PARKED in text_of(parked)
    assert stands() == ("CAR-T", "Engineered T cells.")

    carl = Browser(people.carl)
    carl.send(page_of(text), definition="Engineered T cells of the patient.")
    questions = carl.fields(f"/admin/therapies/therapyclass/submit/?id={text.pk}")
    assert questions["change_type"] == ["CORRECTION"]
    carl.send(f"/admin/therapies/therapyclass/submit/?id={text.pk}", change_note="Whose cells they are.")
    brought = shelf.ann.send(side(text, "parked"))

    assert "in the working copy again" in said(brought)
    assert PARKED not in text_of(brought)
    assert stands() == ("CAR-T, half writ", "Engineered T cells of the patient.")


@pytest.mark.parametrize(("chosen", "name"), [("theirs", "CAR-T cells"), ("mine", "CAR-T, half writ")])
def test_where_both_changed_the_same_the_editor_chooses(
    shelf: Shelf, people: People, text: TherapyClass, chosen: str, name: str
) -> None:
    shelf.ann.send(side(text, "correct"))
    Browser(people.carl).send(page_of(text), name="CAR-T cells")
    submit(item=text.item, person=people.carl, change_type="CORRECTION", change_note="Its name.")
    page = text_of(shelf.ann.get(side(text, "parked")))
    assert "Name: both changed it" in page
    assert "half writ</ins>" in page

    shelf.ann.send(side(text, "parked"), **{"keep-name": chosen})

    assert stands()[0] == name


def test_what_is_parked_can_be_looked_at_and_says_why_it_waits(
    shelf: Shelf, people: People, text: TherapyClass
) -> None:
    assert "Nothing of this text is parked" in text_of(shelf.ann.get(side(text, "parked")))
    assert "Nothing of this text is parked" in said(shelf.ann.post(side(text, "parked")))
    shelf.ann.send(side(text, "correct"))
    shelf.ann.send(page_of(text), definition="Half corrected.")
    page = text_of(Browser(people.carl).get(side(text, "parked")))

    assert "Written by Ann Example, who may not approve it" in page
    assert "CAR-T, half writ" in page
    assert "The correction in the working copy was not submitted" in page
    assert "The correction in the working copy was not submitted" in said(shelf.ann.post(side(text, "parked")))
    assert "is parked since" in said(shelf.ann.post(side(text, "correct")))
    assert stands() == ("CAR-T", "Half corrected.")


def test_who_may_not_write_parks_nothing_and_brings_nothing_back(
    shelf: Shelf, people: People, text: TherapyClass
) -> None:
    mei, stranger = Browser(people.mei), Browser(people.make("stranger"))
    assert "Only an editor" in said(mei.post(side(text, "correct")))
    assert stranger.script.post(side(text, "correct")).status_code == 403
    shelf.ann.send(side(text, "correct"))
    assert "Only an editor" in said(mei.post(side(text, "parked")))
    assert stranger.script.post(side(text, "parked")).status_code == 403

    assert ParkedText.objects.get().state == "PARKED"


def test_the_dashboard_of_every_editor_keeps_it_in_mind(shelf: Shelf, people: People, text: TherapyClass) -> None:
    assert rows(people.carl) == {}
    shelf.ann.send(side(text, "correct"))
    shelf.ann.send(page_of(text), definition="Corrected.")
    waits = rows(people.carl)
    submit(item=text.item, person=people.ann, change_type="CORRECTION", change_note="Its definition.")
    free = rows(people.carl)
    shelf.ann.send(side(text, "parked"))

    assert (waits, free, rows(people.carl)) == ({"CAR-T": "Waits"}, {"CAR-T": "Can come back"}, {})
    assert rows(people.mei) == {}


def rows(person: Any) -> dict[str, str]:
    sections = [one for one in dashboard(person, timezone.now()) if one.title == "Parked, to be brought back"]
    return {row.title: row.state_label for section in sections for row in section.rows}
