"""What is due for review, and why; and what is not, although something moved."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.editions.models import Edition
from content_api.editorial import actions as editorial
from content_api.editorial import freshness
from content_api.editorial.freshness import STEPS, due_for_review
from tests.beginnings import begun, rolled_back
from tests.conftest import People
from tests.faqs.shelf import Shelf
from tests.journeys.dossier import event
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


Clock = Any  # time-machine exports no name for what `travel` gives
REVIEWED = date(2026, 1, 10)
LATER = date(2026, 2, 1)


def _shelf() -> Shelf:
    """Publish a dossier with a question about satri-cel on the day of the first review."""
    shelf = Shelf(Desk(People()))
    with time_machine.travel(REVIEWED, tick=False):
        shelf.published()
    return shelf


beginning, db = begun(_shelf), rolled_back()


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Stop the clock three weeks after the first review."""
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def shelf(db: None, beginning: Shelf, clock: Clock) -> Shelf:
    return deepcopy(beginning)


def due(today: date = LATER) -> dict[str, tuple[str, ...]]:
    """Return why each text is due, by slug."""
    return {one.slug: one.reasons for one in due_for_review(today=today)}


def release(shelf: Shelf, *slugs: str) -> None:
    """Submit, approve and publish these."""
    shelf.desk.publish(*shelf.approved(*slugs))


def add_case(shelf: Shelf) -> None:
    """Publish a case of satri-cel in the United States."""
    shelf.approval("satri-cel-fda", "satri-cel, US (FDA)", "US", "fda", [event("IND_CLEARED", "2020-05-21")])
    release(shelf, "satri-cel-fda")


def test_nothing_is_due_that_was_reviewed_with_what_it_is_about(shelf: Shelf) -> None:
    assert due() == {}


def test_an_interval_passes(shelf: Shelf) -> None:
    ends = REVIEWED + timedelta(days=90)

    assert due(ends - timedelta(days=1)) == {}
    assert set(due(ends)) == {"ct041", "satri-cel-nmpa"}
    assert due(ends)["ct041"] == (f"Its review of {REVIEWED} held until {ends}.",)
    assert not any(one.is_overdue for one in due_for_review(today=ends))
    assert all(one.is_overdue for one in due_for_review(today=ends + timedelta(days=1)))


def test_an_interval_that_will_pass_is_announced_if_asked(shelf: Shelf) -> None:
    ends = REVIEWED + timedelta(days=90)
    soon = due_for_review(today=LATER, soon=ends)

    assert {(one.slug, one.reasons) for one in soon} == {
        (slug, (f"Its review of {REVIEWED} holds until {ends}.",)) for slug in ("ct041", "satri-cel-nmpa")
    }
    assert due_for_review(today=LATER, soon=ends - timedelta(days=1)) == []


def test_many_texts_are_asked_about_as_few_are(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    add_case(shelf)
    shelf.write("source", "notice", retracted=True)
    release(shelf, "notice")
    few = due()
    monkeypatch.setattr(freshness, "MANY", 0)

    assert due() == few
    assert set(few) >= {"why-harder", "satri-cel-nmpa"}


def test_a_source_is_newer_than_the_review(shelf: Shelf) -> None:
    shelf.write("source", "notice", published_on=str(REVIEWED))
    release(shelf, "notice")
    assert "why-harder" not in due()
    shelf.write("source", "notice", published_on="2026-01-11")
    release(shelf, "notice")

    assert due()["why-harder"] == ("A source is newer than the review: A notice (2026-01-11).",)


def test_a_source_is_retracted(shelf: Shelf) -> None:
    shelf.write("source", "notice", retracted=True)
    release(shelf, "notice")

    assert due()["why-harder"] == ("A source was retracted: A notice.",)
    assert "satri-cel" not in due()  # it cites nothing


def test_a_record_about_its_subject_is_added_and_changed(shelf: Shelf) -> None:
    add_case(shelf)
    (reason,) = due()["why-harder"]
    assert reason == f"What it is about has moved since: approval “satri-cel, US (FDA): not approved” ({LATER})."
    confirm(shelf, "why-harder")
    assert due() == {}
    shelf.write("approval", "satri-cel-fda", indication_summary="Another indication.")
    release(shelf, "satri-cel-fda")

    assert list(due()) == ["why-harder"]


def test_what_nobody_read_again_stays_due_when_a_name_in_it_changes(shelf: Shelf) -> None:
    """The text is rendered again without a sign-off, so its review is as old as it was."""
    add_case(shelf)
    shelf.write("therapy_class", "car-t", name="CAR-T therapy")
    release(shelf, "car-t")
    live = Edition.objects.get(slug="why-harder", until_release=None)

    assert (live.cause, live.last_reviewed) == ("RERENDER", REVIEWED)
    assert "why-harder" in due()


def test_a_new_answer_makes_no_other_answer_due(shelf: Shelf) -> None:
    shelf.faq("another", about_therapies=[shelf.id_of("satri-cel")])
    release(shelf, "another")

    assert due() == {}


def test_something_about_another_subject_makes_nothing_due(shelf: Shelf) -> None:
    shelf.write("organization", "ema", name="EMA", roles=["REGULATOR"], country="EU")
    release(shelf, "ema")

    assert due() == {}


def test_an_older_edition_tells_its_review_by_its_body(shelf: Shelf, guards_lifted: None) -> None:
    Edition.objects.update(last_reviewed=None)
    add_case(shelf)

    assert [(one.slug, one.last_reviewed) for one in due_for_review(today=LATER)] == [("why-harder", REVIEWED)]


def test_it_comes_in_pages_overdue_first_for_a_fixed_number_of_questions(shelf: Shelf) -> None:
    add_case(shelf)
    counted = []
    today = REVIEWED + timedelta(days=100)
    for slug in (None, "second", "third"):
        if slug:
            shelf.faq(slug, about_therapies=[shelf.id_of("satri-cel")])
            release(shelf, slug)
        with CaptureQueriesContext(connection) as queries:
            due_for_review(today=today)
        counted.append(len(queries))
    found = due_for_review(today=today)

    assert len(set(counted)) == 1, counted
    assert [(one.slug, one.is_overdue) for one in found[:3]] == [
        ("satri-cel-nmpa", True),
        ("ct041", True),
        ("why-harder", False),
    ]
    assert due_for_review(today=today, limit=1, offset=1) == found[1:2]


def test_the_command_prints_a_table_with_every_reason(shelf: Shelf) -> None:
    steps: list[int] = []
    due_for_review(today=LATER, tick=lambda: steps.append(1))
    assert len(steps) == STEPS
    assert _printed() == ["Nothing is due for review."]
    add_case(shelf)
    head, row = _printed()

    assert head.split() == ["due", "kind", "slug", "why"]
    assert row.split()[:3] == ["2027-01-10", "faq", "why-harder"]
    assert "has moved since" in row


def _printed() -> list[str]:
    out = StringIO()
    call_command("due_for_review", stdout=out)
    return out.getvalue().splitlines()


def confirm(shelf: Shelf, slug: str) -> None:
    """Confirm a text against a source, and publish that."""
    version = editorial.confirm(
        item=shelf.items[slug],
        person=shelf.desk.people.mei,
        role="Medical reviewer",
        source=shelf.items["notice"],
        note="Still true.",
    )
    shelf.desk.publish(version)
