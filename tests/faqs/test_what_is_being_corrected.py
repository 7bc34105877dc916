"""Prose over a set while a pull waits for its second person: what was pulled is unknown there, and never “none”."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from content_api.releases import actions, integrity
from content_api.releases.models import Release
from tests.beginnings import begun, rolled_back
from tests.conftest import People
from tests.faqs.shelf import Shelf
from tests.journeys.dossier import event
from tests.situations import Desk

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from tests.delivery.conftest import Reader

STATUS = "{{{{ approvals(therapy={therapy}).status-by-jurisdiction }}}}"
PLACES = "{{{{ approvals(therapy={therapy}).approved-places | sentence }}}}"
BY_CLASS = (
    "{{{{ approvals(therapy_class={car_t}).approved-therapies }}}}, "
    "{{{{ approvals(therapy_class={car_t}).approved-therapies | count }}}} in all, "
    "{{{{ approvals(therapy_class={car_t}).therapies-by-place }}}}; "
    "elsewhere {{{{ approvals(therapy_class={car_t}).other-places }}}}"
)
TRIALS = "{{{{ trials(therapy={therapy}).list }}}}: {{{{ trials(therapy={therapy}).count }}}}"
UNKNOWN = "the status in China is being corrected and is not known at present."


def _shelf() -> Shelf:
    """A shelf with an approval in China, one in the EU, a trial, and questions that follow them as sets."""
    shelf = Shelf(Desk(People()))
    shelf.approval("satri-cel-nmpa", "satri-cel", "CN", "nmpa", [event("APPROVED", "2026-06-22", pathway="FULL")])
    shelf.write("trial", "ct041", therapies=[shelf.id_of("satri-cel")], sources=[_cited(shelf)])
    for slug, answer in (("status", STATUS), ("places", PLACES), ("by-class", BY_CLASS), ("trials", TRIALS)):
        filled = answer.format(therapy=shelf.id_of("satri-cel"), car_t=shelf.id_of("car-t"))
        shelf.faq(slug, answer=filled, review_interval_days=90)
    shelf.published()
    return shelf


beginning, db = begun(_shelf), rolled_back()


@pytest.fixture
def library(db: None, beginning: Shelf) -> Shelf:
    return deepcopy(beginning)


def _cited(shelf: Shelf) -> Json:
    return {"source": shelf.id_of("notice"), "locator": ""}


def pull(shelf: Shelf, slug: str) -> Release:
    published = actions.pull(
        item=shelf.items[slug],
        person=shelf.desk.people.rui,
        reason="ENTERED_IN_ERROR",
        public_note="It was entered in error.",
    )
    return Release.objects.get(number=published.number)


def confirm(shelf: Shelf, release: Release) -> None:
    actions.confirm_pull(release=release, person=shelf.desk.people.mei)


def said(reader: Reader, slug: str, pin: str = "") -> str:
    response = reader.get(f"/api/v1/faqs/{slug}/{pin}")
    assert response.status_code == 200, response.content
    return str(response.json()["answer_markdown"])


def test_a_place_is_unknown_until_a_second_person_confirms(library: Shelf, reader: Reader) -> None:
    assert said(reader, "status") == "satri-cel: approved in China (NMPA) since 22 June 2026."
    assert said(reader, "places") == "Approved in China."
    release = pull(library, "satri-cel-nmpa")
    assert said(reader, "status") == f"This therapy: {UNKNOWN}"
    assert said(reader, "places") == f"T{UNKNOWN[1:]}"
    embed = reader.get("/api/v1/therapies/satri-cel/").json()["regulatory"]
    assert [(one["jurisdiction"], one["status"]) for one in embed] == [("CN", "UNKNOWN")], "the record says the same"
    confirm(library, release)
    assert said(reader, "status") == "No regulatory decision is on record."
    assert said(reader, "places") == "No approval is on record."
    assert said(reader, "status", f"?release={release.number}") == f"This therapy: {UNKNOWN}", "as it was on the day"
    assert reader.get("/api/v1/faqs/status/?release=1").status_code == 410, "it showed what was pulled"
    assert list(integrity.problems()) == []


def test_lists_and_counts_say_what_is_missing_from_them(library: Shelf, reader: Reader) -> None:
    assert said(reader, "by-class") == "satri-cel, 1 in all, China: satri-cel; elsewhere no other place on record"
    release = pull(library, "satri-cel-nmpa")
    assert said(reader, "by-class") == (
        "none known at present (the status of one therapy is being corrected), 0 or more in all, "
        "China: one therapy whose status is being corrected; "
        "elsewhere none known at present (the status in China is being corrected)"
    )
    confirm(library, release)
    assert said(reader, "by-class") == (
        "no approved therapy on record, 0 in all, no approval on record; elsewhere no other place on record"
    )


def test_a_case_whose_source_was_pulled_is_no_other_place(library: Shelf, reader: Reader) -> None:
    library.approval("satri-cel-fda", "satri-cel", "US", "fda", [event("IND_CLEARED", "2020-05-21")])
    library.published()
    assert said(reader, "by-class").endswith("elsewhere the United States")
    release = pull(library, "notice")
    assert said(reader, "by-class").endswith(
        "elsewhere none known at present (the status in China and the United States is being corrected)"
    )
    assert (
        said(reader, "places")
        == "The status in China and the United States is being corrected and is not known at present."
    )
    confirm(library, release)
    assert said(reader, "places") == "No approval is on record.", "no event has a source left"


def test_what_is_known_is_still_said_beside_it(library: Shelf, reader: Reader) -> None:
    library.write("organization", "ema", name="EMA", roles=["REGULATOR"], country="EU")
    library.approval("satri-cel-ema", "satri-cel", "EU", "ema", [event("APPROVED", "2026-08-01", pathway="FULL")])
    library.published()
    pull(library, "satri-cel-nmpa")
    assert said(reader, "places") == f"Approved in the European Union. T{UNKNOWN[1:]}"
    assert said(reader, "status") == (
        f"satri-cel: {UNKNOWN} satri-cel: approved in the European Union (EMA) since 1 August 2026."
    )


def test_a_trial_is_missed_until_a_second_person_confirms(library: Shelf, reader: Reader) -> None:
    before = said(reader, "trials")
    assert before.endswith(": 1")
    release = pull(library, "ct041")
    assert said(reader, "trials") == "none known at present (the record of one trial is being corrected): 0 or more"
    confirm(library, release)
    assert said(reader, "trials") == "no trial on record: 0"


def test_a_therapy_that_was_pulled_itself_is_not_named(library: Shelf, reader: Reader) -> None:
    pull(library, "satri-cel")
    assert "satri-cel" not in reader.get("/api/v1/faqs/by-class/").json()["answer_markdown"]
    assert "China: one therapy whose status is being corrected" in said(reader, "by-class")
