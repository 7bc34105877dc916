"""Questions and disclaimers on their way: from rows to content and back, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from content_api import kinds, shapes
from content_api.content_items import ContentItem
from content_api.editorial import queries
from tests.faqs.shelf import NOT_ADVICE, clause

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.faqs.shelf import Shelf


@pytest.mark.parametrize(("kind", "slug"), [("faq", "why-harder"), ("disclaimer", "general")])
def test_content_survives_the_way_back_into_rows(shelf: Shelf, kind: str, slug: str) -> None:
    model = kinds.get(kind).model
    written = shapes.snapshot(model._default_manager.get(slug=slug))
    copy = model(item=ContentItem.objects.create(kind=kind))
    shapes.restore(copy, {**written, "slug": "a-copy"})

    assert shapes.snapshot(copy) == {**written, "slug": "a-copy"}


def test_a_question_keeps_its_place_in_its_content(shelf: Shelf) -> None:
    """`position` of a row is where it hangs; of an item, it is what the item says."""
    written = shapes.snapshot(kinds.get("faq").model._default_manager.get(slug="why-harder"))

    assert written["position"] == 7
    assert "position" not in written["variants"][0]


def test_a_question_reads_as_it_was_written(shelf: Shelf, reader: Reader) -> None:
    shelf.published()
    item = reader.get("/api/v1/faqs/why-harder/").json()

    assert (item["name"], item["question"]) == ("Why are solid tumors harder to treat with CAR-T?",) * 2
    assert item["short_answer_markdown"] == "Solid tumors hide from the cells."
    assert item["answer_html"] == "<p>The cells must first <em>reach</em> the tumor.</p>"
    assert (item["topic"], item["topic_label"]) == ("BIOLOGY", "How it works, and why solid tumors are hard")
    assert (item["audience"], item["audience_labels"]) == (["PATIENT", "CAREGIVER"], ["Patients", "Caregivers"])
    assert (item["jurisdictions"], item["safe_in_isolation"], item["position"]) == (["CN", "US"], True, 7)
    assert item["variants"] == [
        {
            "key": "blood",
            "phrasing": "Why does it work better in blood?",
            "audience": ["CAREGIVER"],
            "audience_labels": ["Caregivers"],
        }
    ]
    about = {name: [one["slug"] for one in ones] for name, ones in item["about"].items()}
    assert about == {
        "therapies": ["satri-cel"],
        "trials": ["ct041"],
        "approvals": ["satri-cel-nmpa"],
        "tumor_types": ["gastric"],
        "therapy_classes": ["car-t"],
    }
    assert item["sources"][0]["locator"] == "p. 3"


def test_an_answer_shows_the_status_that_its_approval_has_now(shelf: Shelf, reader: Reader) -> None:
    shelf.published()
    (approval,) = reader.get("/api/v1/faqs/why-harder/").json()["about"]["approvals"]

    assert (approval["status"], approval["authorized"]) == ("UNDER_REVIEW", False)


def test_a_disclaimer_reads_as_it_was_written(shelf: Shelf, reader: Reader) -> None:
    shelf.disclaimer(
        "narrow",
        clause(mandatory=False, site_roles=["COORDINATOR"]),
        applies_to_kinds=["faq", "therapy"],
        applies_to_classes=[shelf.id_of("car-t")],
        applies_to_jurisdictions=["US"],
        applies_to_audiences=["PATIENT"],
    )
    shelf.published()
    item = reader.get("/api/v1/disclaimers/narrow/").json()

    assert (item["placement"], item["mandatory"]) == ("PAGE_END", False)
    assert item["clauses"] == [
        {
            "key": "not-advice",
            "type": "NOT_ADVICE",
            "type_label": "Not medical advice",
            "template": NOT_ADVICE,
            "mandatory": False,
            "site_roles": ["COORDINATOR"],
            "site_roles_labels": ["Coordinates care"],
        }
    ]
    assert item["applies_to"]["kinds"] == ["faq", "therapy"]
    assert [one["slug"] for one in item["applies_to"]["therapy_classes"]] == ["car-t"]
    assert (item["applies_to"]["jurisdictions"], item["applies_to"]["audiences"]) == (["US"], ["PATIENT"])
    assert reader.get("/api/v1/disclaimers/general/").json()["mandatory"] is True


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ({}, ["Medical reviewer"]),
        ({"short_answer": "It is under review in China."}, ["Medical reviewer", "Regulatory reviewer"]),
        ({"question": "Is it approved?"}, ["Medical reviewer", "Regulatory reviewer"]),
        ({"answer": "{{ approvals(therapy=x).status-by-jurisdiction }}"}, ["Medical reviewer", "Regulatory reviewer"]),
        ({"answer": "{{ approval:x.status }}"}, ["Medical reviewer", "Regulatory reviewer"]),
        ({"answer": "{{ approvals(therapy_class=x).count }}"}, ["Medical reviewer", "Regulatory reviewer"]),
        ({"answer": "{{ trial:x.results.os.values.a }}"}, ["Medical reviewer"]),
        ({"answer": "{{ trial:x.status-sentence }}"}, ["Medical reviewer"]),
    ],
)
def test_a_question_that_speaks_of_a_status_needs_a_regulatory_reviewer(
    shelf: Shelf, content: dict[str, str], asked: list[str]
) -> None:
    shelf.faq("asked", **content)
    written = shapes.snapshot(kinds.get("faq").model._default_manager.get(slug="asked"))

    assert sorted(queries.required_roles(kinds.get("faq"), written)) == asked


def test_a_disclaimer_needs_both_reviewers(shelf: Shelf) -> None:
    version = shelf.submit("general")

    assert sorted(version.required_reviews.values_list("role", flat=True)) == [
        "Medical reviewer",
        "Regulatory reviewer",
    ]


def test_a_disclaimer_applies_to_kinds_that_there_are(shelf: Shelf) -> None:
    assert shelf.disclaimer("even", applies_to_kinds=["therapy", "faq"])
    with pytest.raises(ValidationError, match="Choose each kind once"):
        shelf.disclaimer("odd", applies_to_kinds=["faqs"])
    with pytest.raises(ValidationError, match="Choose each kind once"):
        shelf.disclaimer("of-itself", applies_to_kinds=["disclaimer"])


def test_what_is_about_access_is_reviewed_every_90_days(shelf: Shelf) -> None:
    assert shelf.faq("often", topic="ACCESS", review_interval_days=90)
    with pytest.raises(IntegrityError, match="faq_about_access_is_reviewed_every_90_days"):
        shelf.faq("seldom", topic="ACCESS", review_interval_days=365)
