"""What questions and disclaimers can be found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from content_api.partners.actions import create_site, issue_key
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.faqs.shelf import Shelf
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def reader(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Reader]:
    """Read questions and disclaimers that were published once for all tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        shelf = Shelf(Desk(People()))
        shelf.write("tumor_type", "intestinal", name="intestinal type", group="SOLID", parent=shelf.id_of("gastric"))
        shelf.faq("everywhere", topic="RISKS", audience=["CLINICIAN"], position=1)
        shelf.faq("in-the-eu", jurisdictions=["EU"], about_tumor_types=[shelf.id_of("intestinal")])
        shelf.disclaimer("for-all", placement="INLINE")
        shelf.disclaimer("for-therapies-in-the-us", applies_to_kinds=["therapy"], applies_to_jurisdictions=["US"])
        shelf.published()
        yield Reader(issue_key(site=create_site(slug="site", name="A site")))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=RISKS", ["everywhere"]),
        ("audience=CAREGIVER", ["why-harder"]),
        ("audience=CLINICIAN,CAREGIVER", ["everywhere", "why-harder"]),
        ("jurisdiction=CN", ["everywhere", "why-harder"]),
        ("jurisdiction=JP", ["everywhere"]),
        ("jurisdiction=DE", ["everywhere", "in-the-eu"]),
        ("jurisdiction=EU", ["everywhere", "in-the-eu"]),
        ("therapy=satri-cel", ["why-harder"]),
        ("trial=ct041", ["why-harder"]),
        ("tumor_type=gastric", ["in-the-eu", "why-harder"]),
        ("tumor_type=intestinal", ["in-the-eu"]),
        ("topic=BIOLOGY&jurisdiction=US&audience=PATIENT", ["why-harder"]),
    ],
)
def test_questions_are_found_by_what_they_say(reader: Reader, query: str, found: list[str]) -> None:
    assert sorted(reader.results(f"faqs/?{query}")) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("placement=INLINE", ["for-all"]),
        ("applies_to=faq", ["for-all", "general"]),
        ("applies_to=therapy", ["for-all", "for-therapies-in-the-us"]),
        ("applies_to=source", ["for-all"]),
        ("jurisdiction=CN", ["for-all", "general"]),
        ("jurisdiction=US", ["for-all", "for-therapies-in-the-us", "general"]),
    ],
)
def test_disclaimers_are_found_by_what_carries_them(reader: Reader, query: str, found: list[str]) -> None:
    assert reader.results(f"disclaimers/?{query}") == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("faqs/?topic=ACCES", "ACCESS"),
        ("faqs/?jurisdiction=UK", "jurisdiction"),
        ("faqs/?therapy=satri", "satri-cel"),
        ("disclaimers/?applies_to=faqs", "faq"),
        ("disclaimers/?applies_to=disclaimer", "applies_to"),
    ],
)
def test_a_value_that_there_is_not_is_refused(reader: Reader, query: str, said: str) -> None:
    problem = reader.refused(query, 400, "invalid-parameter")

    assert said in str(problem["errors"])


def test_questions_stand_in_the_order_of_their_positions(reader: Reader) -> None:
    assert reader.results("faqs/") == ["everywhere", "why-harder", "in-the-eu"]
    assert reader.results("faqs/?ordering=-position") == ["in-the-eu", "why-harder", "everywhere"]
    assert reader.results("faqs/?ordering=slug") == ["everywhere", "in-the-eu", "why-harder"]
