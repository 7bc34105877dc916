"""What is noticed when a text of this app is submitted: each with what is right beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from content_api import kinds
from content_api.refusals import Refused

if TYPE_CHECKING:
    from content_api.kinds import Facets, Facts, SetKey
    from tests.therapies.cabinet import Cabinet

Json = dict[str, Any]
TODAY = date(2026, 11, 21)
FDA = {"id": "fda", "name": "Food and Drug Administration (FDA)", "country": "US"}
EMA = {"id": "ema", "name": "European Medicines Agency (EMA)", "country": "EU"}
CAR_T = {"id": "car-t", "name": "CAR-T cell therapy", "abbreviation": "CAR-T"}


class Shelf:
    """A world of a few cards."""

    cards = {"fda": FDA, "ema": EMA, "car-t": CAR_T}  # noqa: RUF012 - never changed

    def card(self, content_id: str) -> Json | None:
        return self.cards.get(content_id)

    def facets(self, content_id: str) -> Facets:
        return {}

    def quotable(self, content_id: str) -> Facts | None:
        return None

    def members(self, key: SetKey) -> list[Json]:
        return []

    def pulled(self) -> list[Json]:
        return []

    def pulled_members(self, key: SetKey) -> list[Json]:
        return []


def event(**members: Any) -> Json:
    """Make an event as it stands in content, without fault unless said otherwise."""
    defaults = {
        "key": "approved",
        "type": "APPROVED",
        "on": "2026-06-22",
        "authority": "fda",
        "pathway": "FULL",
        "disputed": [],
        "candidates": [],
        "sources": [{"source": "notice", "locator": ""}],
    }
    return {**defaults, **members}


def approval(*events: Json, **members: Any) -> Json:
    """Make a regulatory case as it stands in content, without fault unless said otherwise."""
    defaults = {
        "jurisdiction": "US",
        "authority": "fda",
        "indication_summary": "Advanced gastric cancer.",
        "tumor_types": ["gastric"],
        "checks": [],
        "events": list(events) or [event()],
    }
    return {**defaults, **members}


def candidate(**members: Any) -> Json:
    return {"type": "APPROVED", "on": "2026-06-22", "pathway": "FULL", **members}


TWO = [candidate(), candidate(pathway="CONDITIONAL")]


def codes(kind: str, content: Json) -> list[tuple[str, str]]:
    """Return the severity and code of each finding."""
    found = kinds.get(kind).check(content, Shelf(), TODAY)
    assert all(one.message.endswith((".", "?")) and one.pointer.startswith("/") for one in found)
    return [(one.severity.value, one.code) for one in found]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (approval(), []),
        (approval(event(on="2026-11-21")), []),
        (approval(event(on="2026-11-22")), [("ERROR", "future-day")]),
        (approval(checks=[{"key": "one", "on": "2027-01-01"}]), [("ERROR", "future-day")]),
        (approval(event(sources=[])), [("ERROR", "event-without-source")]),
        (approval(event(disputed=["PATHWAY"], candidates=TWO)), []),
        (approval(event(disputed=["PATHWAY"])), [("ERROR", "dispute-without-candidates")]),
        (approval(event(disputed=["PATHWAY"], candidates=TWO[:1])), [("ERROR", "dispute-without-candidates")]),
        (approval(event(candidates=TWO)), [("ERROR", "candidates-without-dispute")]),
        (approval(event(disputed=["DATE"], candidates=TWO)), [("ERROR", "dispute-without-difference")]),
        (approval(event(authority="ema")), [("WARNING", "other-authority")]),
        (approval(event(type="REIMBURSEMENT_REVIEW", pathway="", authority="nhsa")), []),
        (approval(jurisdiction="CA"), [("WARNING", "authority-elsewhere")]),
        (approval(event(authority="ema"), jurisdiction="DE", authority="ema"), []),
        (approval(authority="unknown", events=[event(authority="unknown")]), []),
        (approval(jurisdiction="UK"), [("ERROR", "unknown-place"), ("WARNING", "authority-elsewhere")]),
        (approval(jurisdiction="XX"), [("ERROR", "unknown-place"), ("WARNING", "authority-elsewhere")]),
        (approval(events=[]), [("WARNING", "nothing-known")]),
        (approval(events=[], checks=[{"key": "one", "on": "2026-01-01"}]), []),
        (approval(tumor_types=[]), [("WARNING", "no-tumor-type")]),
        (approval(indication_summary="Not yet approved in some places."), [("WARNING", "status-typed")]),
    ],
)
def test_a_regulatory_case(content: Json, found: list[tuple[str, str]]) -> None:
    assert codes("approval", content) == found


def therapy(**members: Any) -> Json:
    return {"therapy_class": "car-t", "summary": "A CAR-T cell therapy.", "mechanism": "", "risks": [], **members}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (therapy(), []),
        (therapy(mechanism="It was approved in June."), [("WARNING", "status-typed")]),
        (therapy(mechanism="An application is under review."), [("WARNING", "status-typed")]),
        (therapy(mechanism="The label reviews its risks."), []),
        (therapy(summary="A TIL therapy."), [("WARNING", "other-class")]),
        (therapy(summary="A TCR-T therapy.", therapy_class="gone"), []),
        (therapy(mechanism="Until then it waits."), []),
        (therapy(risks=[{"jurisdictions": ["US", "UK"]}]), [("ERROR", "unknown-place")]),
        (therapy(risks=[{"jurisdictions": ["US", "GB"]}]), []),
        (therapy(aliases=[{"country": "ZZ"}]), [("ERROR", "unknown-place")]),
        (therapy(aliases=[{"country": ""}]), []),
    ],
)
def test_a_therapy(content: Json, found: list[tuple[str, str]]) -> None:
    assert codes("therapy", content) == found


def code(**members: Any) -> Json:
    return {"system": "HGNC", "code": "HGNC:2039", "display": "CLDN18", "source": "notice", **members}


@pytest.mark.parametrize(
    ("kind", "content", "found"),
    [
        ("target", {"codes": [code()]}, []),
        ("target", {"codes": [code(display=" ")]}, [("ERROR", "incomplete-code")]),
        ("tumor_type", {"codes": [code(source=None)]}, [("WARNING", "code-without-source")]),
        ("organization", {"country": "EU"}, []),
        ("organization", {"country": "EL"}, [("ERROR", "unknown-place")]),
        ("therapy_class", {"definition": "Engineered cells."}, []),
        ("therapy_class", {"definition": "These are investigational."}, [("WARNING", "status-typed")]),
        ("source", {"external_url": "https://a.example", "published_on": "2026-11-21"}, []),
        ("source", {"external_url": "https://a.example", "published_on": "2026-11-22"}, [("ERROR", "future-day")]),
        ("source", {"doi": "10.1000/x", "accessed_on": "2027-01-01"}, [("ERROR", "future-day")]),
        ("source", {"published_on": None}, [("WARNING", "source-not-findable")]),
    ],
)
def test_a_term_or_a_source(kind: str, content: Json, found: list[tuple[str, str]]) -> None:
    empty = {"external_url": "", "doi": "", "pmid": ""} if kind == "source" else {}

    assert codes(kind, {**empty, **content}) == found


@pytest.mark.django_db
def test_an_error_refuses_the_submission_and_a_warning_does_not(cabinet: Cabinet) -> None:
    future = {"key": "later", "type": "LABEL_CHANGED", "on": "2999-01-01"}
    cabinet.case("satri-cel-jp", "JP", "nmpa", future)
    with pytest.raises(Refused) as refusal:
        cabinet.submit("satri-cel-jp")
    assert refusal.value.code == "checks-failed"
    assert [one["pointer"] for one in refusal.value.errors] == ["/events/0/on"]

    cabinet.case("satri-cel-jp", "JP", "nmpa", {**future, "on": "2026-01-01"})
    version = cabinet.submit("satri-cel-jp")
    assert [one["code"] for one in version.findings] == ["authority-elsewhere"]
