"""Searching the real kinds: what an editor writes is found by the names that people use."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from tests.situations import Desk
from tests.therapies.cabinet import Cabinet

if TYPE_CHECKING:
    from tests.conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(people: People) -> Reader:
    """Publish a cabinet, and return a site that reads it."""
    Cabinet(Desk(people)).published()
    return Reader(issue_key(site=create_site(slug="guide", name="A guide")))


def test_finds_what_people_call_things(reader: Reader) -> None:
    def first(query: str, more: str = "") -> str:
        hits = reader.get(f"search/?q={quote(query)}{more}").json()["results"]
        return f"{hits[0]['kind']}/{hits[0]['slug']}" if hits else ""

    assert first("恺力") == first("恺力美") == "therapy/satri-cel"
    assert first("satricel", "&kind=therapy") == "therapy/satri-cel"
    assert first("CLDN18.2") == first("Claudin 18.2") == "target/claudin18-2"
    assert first("HGNC:2039", "&kind=target") == "target/claudin18-2"
    assert first("satri-cel china", "&kind=approval") == "approval/satri-cel-nmpa"
    assert first("zolbetuximab") == ""


def test_looks_things_up_by_outside_codes(reader: Reader) -> None:
    assert reader.results("sources/?code=PMID|40460847") == ["paper"]
    assert reader.results("sources/?code=DOI|10.1016/S0140-6736(25)00860-8") == ["paper"]
    assert reader.results("targets/?code=HGNC|HGNC:2039") == ["claudin18-2"]
    assert reader.results("trials/?code=NCT|NCT99999999") == []
    reader.refused("trials/?code=DOI|10.1/x", 400, "invalid-parameter")
    reader.refused("therapies/?code=NCT|NCT04581473", 400, "unknown-parameter")


def test_orders_cases_by_the_latest_decision(reader: Reader) -> None:
    assert reader.results("approvals/?ordering=-decided_on&jurisdiction=CN,EU") == ["satri-cel-ema", "satri-cel-nmpa"]
    assert reader.results("approvals/?ordering=decided_on&jurisdiction=CN,EU") == ["satri-cel-nmpa", "satri-cel-ema"]
