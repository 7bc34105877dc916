"""What a partner site is sent: what was written, in the shape that the OpenAPI document promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from content_api import kinds
from content_api.delivery.filters import EditionFilters
from content_api.editions.models import Edition

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.therapies.cabinet import Cabinet

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
ENUMS = {
    *("type", "status", "pathway", "level", "stated", "polarity", "verification", "overall_status", "registry"),
    *("kind", "category", "role", "endpoint", "outcome_type", "analysis_population", "parameter", "unit"),
    *("measure", "operator", "sides", "allocation", "masking", "intervention_model", "study_type"),
}
DOCUMENT = yaml.safe_load((Path(__file__).parents[2] / "docs" / "openapi.yaml").read_text())


def validator(name: str) -> Draft202012Validator:
    """Return a validator that takes no member that the document does not name."""
    schemas = {
        key: {**schema, "additionalProperties": False} for key, schema in DOCUMENT["components"]["schemas"].items()
    }
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}})


def item(reader: Reader, path: str) -> Json:
    answer = reader.get(path)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def texts(value: object) -> list[object]:
    """Return every value that is not a list or an object."""
    if isinstance(value, dict):
        return [one for member in value.values() for one in texts(member)]
    if isinstance(value, list):
        return [one for member in value for one in texts(member)]
    return [value]


def test_every_item_has_the_promised_shape(cabinet: Cabinet, reader: Reader) -> None:
    seen = set()
    for kind, slug in Edition.objects.values_list("kind", "slug"):
        told = item(reader, f"{kinds.get(kind).collection}/{slug}/")
        seen.add(kind)

        assert [error.message for error in validator(_schema(kind)).iter_errors(told)] == []
        assert "" not in texts(told), "what is absent is null"
        assert not any(isinstance(one, float) for one in texts(told))
        _assert_labels(told)
    assert seen == {"organization", "source", "target", "tumor_type", "therapy_class", "therapy", "approval", "trial"}

    status = item(reader, "therapies/satri-cel/status/?jurisdiction=CN,US,DE,JP")
    assert [error.message for error in validator("Status").iter_errors(status)] == []


def _schema(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_"))


def _assert_labels(value: object) -> None:
    """Whatever has known values in a delivered object stands beside its words."""
    if isinstance(value, list):
        for member in value:
            _assert_labels(member)
    elif isinstance(value, dict):
        for name, member in value.items():
            _assert_labels(member)
            if isinstance(member, str) and member.isupper() and name in ENUMS:
                assert value[f"{name}_label"]


def test_an_approval_reads_from_what_it_is_to_what_it_stands_on(cabinet: Cabinet, reader: Reader) -> None:
    told = item(reader, "approvals/satri-cel-nmpa/")
    names = list(told)

    assert names[:5] == ["id", "kind", "slug", "url", "name"]
    assert names[-4:] == ["sources", "disclaimers", "attribution", "license"]
    marks = ["version", "language", "title", "therapy", "jurisdiction", "status", "sentence", "indication", "events"]
    assert [name for name in names if name in marks] == marks
    assert told["name"] == "satri-cel, China (NMPA): approved"
    assert told["sentence"] == (
        "satri-cel: approved in China (NMPA) since 22 June 2026; sources disagree about the kind of approval."
    )
    assert (told["pathway"], told["pathway_label"]) == ("UNKNOWN", "Kind of approval not confirmed")
    assert told["therapy"]["short_name"] == "satri-cel"
    assert told["indication"]["verbatim"] == "用于…"
    assert told["indication"]["summary_html"] == "<p>Advanced gastric cancer.</p>"
    assert [one["type"] for one in told["events"]] == ["PRIORITY_REVIEW", "SUBMITTED", "APPROVED"]
    assert [one["pathway"] for one in told["events"][-1]["candidates"]] == ["FULL", "CONDITIONAL"]
    assert [one["type"] for one in told["designations"]] == ["PRIORITY_REVIEW"]


def test_a_statement_is_as_good_as_the_best_of_its_sources(cabinet: Cabinet, reader: Reader) -> None:
    events = {one["type"]: one for one in item(reader, "approvals/satri-cel-fda/")["events"]}
    (risk,) = item(reader, "therapy-classes/car-t/")["risks"]

    assert events["IND_CLEARED"]["verification"] == "VERIFIED"
    assert events["APPROVED"]["verification"] == "UNVERIFIED"
    assert events["REFUSED"]["verification"] == "UNVERIFIED", "its only source was retracted"
    assert events["REFUSED"]["sources"][0]["retracted"] is True
    assert (risk["verification"], risk["verification_label"]) == ("VERIFIED", "Verified")


def test_what_is_not_verified_gives_no_status(cabinet: Cabinet, reader: Reader) -> None:
    told = item(reader, "approvals/satri-cel-fda/")

    assert (told["status"], told["authorized"], told["on_hold"]) == ("INVESTIGATIONAL", False, True)
    assert told["name"] == "satri-cel, US: not approved"
    assert told["decided_on"] is None


def test_a_therapy_shows_where_it_stands_by_jurisdiction(cabinet: Cabinet, reader: Reader) -> None:
    told = item(reader, "therapies/satri-cel/")
    places = {one["jurisdiction"]: one for one in told["regulatory"]}

    assert list(places) == ["CN", "EU", "US"]
    assert {code: one["status"] for code, one in places.items()} == {
        "CN": "APPROVED",
        "EU": "APPROVED_CONDITIONAL",
        "US": "INVESTIGATIONAL",
    }
    assert (
        places["EU"]["sentence"] == "satri-cel: conditionally approved in the European Union (EMA) since 1 August 2026."
    )
    assert [one["slug"] for one in places["CN"]["approvals"]] == ["satri-cel-nmpa"]
    assert places["CN"]["approvals"][0]["authorized"] is True
    assert item(reader, "therapies/other/")["regulatory"] == []


def test_a_construct_is_shown_where_there_is_one(cabinet: Cabinet, reader: Reader) -> None:
    assert item(reader, "therapies/satri-cel/")["construct"]["costimulatory"] == "costimulatory"
    assert item(reader, "therapies/other/")["construct"] is None


def test_a_citation_says_where_in_which_source(cabinet: Cabinet, reader: Reader) -> None:
    paper = next(one for one in item(reader, "therapies/satri-cel/")["sources"] if one["slug"] == "paper")

    assert paper["url"] == "/api/v1/sources/paper/"
    assert (paper["external_url"], paper["locator"]) == ("https://paper.example/1", "Table 2")
    assert (paper["type"], paper["type_label"], paper["retracted"]) == ("JOURNAL_ARTICLE", "Journal article", True)


FOUND_BY = [
    ("organizations/?role=DEVELOPER", ["maker"]),
    ("organizations/?country=EU,US", ["ema", "fda"]),
    ("sources/?type=NEWS,WEB_PAGE", ["hearsay", "rumor"]),
    ("sources/?published_after=2025-06-01", ["paper"]),
    ("sources/?published_after=2025-06-02", []),
    ("sources/?doi=10.1016/S0140-6736(25)00860-8", ["paper"]),
    ("sources/?code=PMID|40460847", ["paper"]),
    ("sources/?code=DOI|10.1000/nothing", []),
    ("targets/?gene=CLDN18", ["claudin18-2"]),
    ("targets/?code=HGNC|HGNC:2039", ["claudin18-2"]),
    ("targets/?code=HGNC|HGNC:1", []),
    ("tumor-types/?group=SOLID", ["gastric", "solid"]),
    ("tumor-types/?parent=solid", ["gastric"]),
    ("tumor-types/?code=NCIT|C4004", ["gastric"]),
    ("tumor-types/?code=NCIT|C1", []),
    ("therapy-classes/?engineered=false", ["antibody"]),
    ("therapies/?therapy_class=car-t", ["satri-cel"]),
    ("therapies/?target=claudin18-2", ["satri-cel"]),
    ("therapies/?tumor_type=solid", ["satri-cel"]),
    ("therapies/?tumor_type=lymphoma", []),
    ("therapies/?developer=maker", ["satri-cel"]),
    ("therapies/?cell_origin=AUTOLOGOUS", ["satri-cel"]),
    ("therapies/?approved_in=CN", ["satri-cel"]),
    ("therapies/?approved_in=DE", ["satri-cel"]),
    ("therapies/?approved_in=US", []),
    ("therapies/?investigational_in=US", ["satri-cel"]),
    ("therapies/?investigational_in=CN,DE", []),
    ("approvals/?therapy=satri-cel&jurisdiction=US", ["satri-cel-fda"]),
    ("approvals/?therapy_class=antibody", []),
    ("approvals/?therapy_class=car-t", ["satri-cel-ema", "satri-cel-fda", "satri-cel-nmpa"]),
    ("approvals/?tumor_type=solid", ["satri-cel-ema", "satri-cel-fda", "satri-cel-nmpa"]),
    ("approvals/?authority=ema,nmpa", ["satri-cel-ema", "satri-cel-nmpa"]),
    ("approvals/?status=APPROVED_CONDITIONAL", ["satri-cel-ema"]),
    ("approvals/?authorized=false", ["satri-cel-fda"]),
    ("approvals/?event_type=SUBMITTED", ["satri-cel-nmpa"]),
    ("approvals/?event_type=REFUSED", []),
    ("approvals/?decided_after=2026-08-01", ["satri-cel-ema"]),
    ("approvals/?decided_before=2026-06-22", ["satri-cel-nmpa"]),
    ("trials/?therapy=satri-cel", ["ct041-st-01"]),
    ("trials/?therapy=other", []),
    ("trials/?condition=solid", ["ct041-st-01"]),
    ("trials/?condition=lymphoma", []),
    ("trials/?phase=PHASE1,PHASE2", ["ct041-st-01"]),
    ("trials/?phase=PHASE1", []),
    ("trials/?overall_status=ACTIVE_NOT_RECRUITING", ["ct041-st-01"]),
    ("trials/?overall_status=RECRUITING", []),
    ("trials/?sponsor=maker", ["ct041-st-01"]),
    ("trials/?sponsor=ema", []),
    ("trials/?country=CN", ["ct041-st-01"]),
    ("trials/?country=US", []),
    ("trials/?registry_id=NCT04581473", ["ct041-st-01"]),
    ("trials/?registry_id=CT041-ST-01", []),
    ("trials/?code=NCT|NCT04581473", ["ct041-st-01"]),
    ("trials/?code=NCT|NCT00000000", []),
    ("trials/?has_results=true", ["ct041-st-01"]),
    ("trials/?has_results=false", []),
]


@pytest.mark.parametrize(("path", "slugs"), FOUND_BY)
def test_every_filter_finds_what_it_says(cabinet: Cabinet, reader: Reader, path: str, slugs: list[str]) -> None:
    assert reader.results(path) == slugs


def test_every_filter_was_tried() -> None:
    """The cases of the test above, against what the lists declare."""
    tried = {(path.split("/")[0], part.split("=")[0]) for path, _ in FOUND_BY for part in path.split("?")[1].split("&")}
    declared = {
        (kind.collection, name)
        for kind in kinds.all_kinds()
        if kind.model.__module__.startswith("therapies")
        for name in kind.filters.base_filters
    }

    everywhere = set(EditionFilters.base_filters)
    assert {(collection, name) for collection, name in declared - tried if name not in everywhere} == set()
