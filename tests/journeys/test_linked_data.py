"""JSON-LD: valid for a processor and by schema.org's types, true to the item, and safe to set into a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyld import jsonld

from content_api.partners.actions import create_site, issue_key
from tests.beginnings import undone
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.faqs.shelf import Shelf
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

LD = "application/ld+json"
SCHEMA_ORG: dict[str, Any] = json.loads((Path(__file__).parents[1] / "contracts" / "schema_org.json").read_text())
IRI = "https://schema.org/"
PAGES = ["therapies/satri-cel/", "approvals/satri-cel-nmpa/", "trials/ct041/", "faqs/why-harder/", "faqs/"]
HOSTILE = "Does </script><script>alert(1)</script> & <!-- run?"


@pytest.fixture(scope="module")
def reader(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Reader]:
    """Return a site that reads a shelf with a hostile question. No test here writes."""
    with undone(django_db_blocker):
        _publish()
        yield Reader(issue_key(site=create_site(slug="guide", name="A guide")))


def _publish() -> None:
    shelf = Shelf(Desk(People()))
    shelf.write(
        "trial",
        "ct041",
        acronym="CT041-ST-01",
        allocation="RANDOMIZED",
        masking="NONE",
        countries=["CN", "US"],
        sponsor=shelf.id_of("nmpa"),
        conditions=[shelf.id_of("gastric")],
        therapies=[shelf.id_of("satri-cel")],
        identifiers=[{"key": "nct", "registry": "NCT", "identifier": "NCT04581473"}],
    )
    shelf.faq("hostile", question=HOSTILE, position=1)
    shelf.published()


def _linked(reader: Reader, path: str) -> dict[str, Any]:
    response = reader.get(path, Accept=LD)
    assert (response.status_code, response.headers["Content-Type"]) == (200, LD), response.content
    document: dict[str, Any] = response.json()
    return document


def _expanded(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Expand with schema.org's context as far as it matters here: no test leaves the machine."""

    def load(url: str, _options: Any) -> dict[str, Any]:
        assert url == "https://schema.org"
        ids = ("url", "license", "usageInfo", "status", "trialDesign")
        context = {"@vocab": IRI, **{name: {"@id": f"{IRI}{name}", "@type": "@id"} for name in ids}}
        return {"contentType": LD, "contextUrl": None, "documentUrl": url, "document": {"@context": context}}

    return jsonld.expand(document, {"documentLoader": load})  # type: ignore[no-any-return]


def _types_above(name: str) -> set[str]:
    above = SCHEMA_ORG["types"][name]
    return {name, *(one for parent in above for one in _types_above(parent))}


def _faults(node: dict[str, Any], where: str) -> Iterator[str]:
    """Yield what schema.org does not know of a node: its type, a property of that type, or what a property takes."""
    types = _types_above(node["@type"]) if node["@type"] in SCHEMA_ORG["types"] else set()
    if not types:
        yield f"{where}: no type {node['@type']}"
    for name in (one for one in node if not one.startswith("@")):
        known = SCHEMA_ORG["properties"].get(name, {"on": [], "takes": []})
        if not types & set(known["on"]):
            yield f"{where}: {node['@type']} has no {name}"
        for value in node[name] if isinstance(node[name], list) else [node[name]]:
            yield from _faults_of(value, known["takes"], f"{where}/{name}")


def _faults_of(value: Any, takes: list[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _faults(value, where)
        if not _types_above(value["@type"]) & set(takes):
            yield f"{where}: takes no {value['@type']}"
    elif not any(_is_a(value, taken) for taken in takes):
        yield f"{where}: takes no {value!r}"


def _is_a(value: str, taken: str) -> bool:
    if taken in SCHEMA_ORG["members"]:
        return value.removeprefix(IRI) in SCHEMA_ORG["members"][taken] and value.startswith(IRI)
    patterns = {
        "URL": r"https?://\S+",
        "Date": r"\d{4}-\d\d-\d\d",
        "DateTime": r"\d{4}-\d\d-\d\dT[\d:.]+Z",
        "Text": r"(?s).+",
    }
    return taken in patterns and bool(re.fullmatch(patterns[taken], value))


@pytest.mark.parametrize("path", PAGES)
def test_is_valid_for_a_processor_and_by_the_types_of_schema_org(reader: Reader, path: str) -> None:
    document = _linked(reader, path)
    context = document.pop("@context")

    assert context == "https://schema.org"
    assert list(_faults(document, path)) == []
    (node,) = _expanded({"@context": context, **document})
    assert node["@type"] == [IRI + document["@type"]]
    assert len(node) >= len(document) - 1


def test_tells_who_reviewed_it_what_it_stands_on_and_what_goes_with_it(reader: Reader) -> None:
    faq = reader.get("faqs/why-harder/").json()

    document = _linked(reader, "faqs/why-harder/")

    assert document["lastReviewed"] == faq["last_reviewed"]
    assert document["reviewedBy"] == [
        {"@type": "Person", "name": one["name"], "jobTitle": one["role"], "honorificSuffix": one["credentials"]}
        for one in faq["reviewed_by"]
    ]
    assert [one["@id"] for one in document["citation"]] == [f"urn:uuid:{one['id']}" for one in faq["sources"]]
    assert document["license"] == faq["license"]["url"]
    assert document["url"] == f"http://testserver{faq['url']}"
    (question,) = document["mainEntity"]
    assert question["@id"] == f"urn:uuid:{faq['id']}"
    assert question["acceptedAnswer"]["text"] == faq["short_answer_html"] + faq["answer_html"]
    if faq["disclaimers"]:
        assert document["usageInfo"] == "http://testserver/api/v1/disclaimers/general/"


def test_says_a_legal_status_never_without_its_place(reader: Reader) -> None:
    therapy, approval = reader.get("therapies/satri-cel/").json(), reader.get("approvals/satri-cel-nmpa/").json()

    drug = _linked(reader, "therapies/satri-cel/")["mainEntity"]
    case = _linked(reader, "approvals/satri-cel-nmpa/")

    assert (drug["@type"], drug["@id"]) == ("Drug", f"urn:uuid:{therapy['id']}")
    place = {"@type": "AdministrativeArea", "name": "China", "identifier": "CN"}
    (status,) = drug["legalStatus"]
    assert (status["name"], status["applicableLocation"]) == ("Under review", place)
    assert status["description"] == therapy["regulatory"][0]["sentence"]
    assert case["mainEntity"]["applicableLocation"] == place
    assert case["mainEntity"]["description"] == approval["sentence"]
    assert case["about"]["@id"] == drug["@id"]


def test_describes_a_trial(reader: Reader) -> None:
    trial = _linked(reader, "trials/ct041/")["mainEntity"]

    assert trial["status"] == f"{IRI}Completed"
    assert trial["trialDesign"] == [f"{IRI}RandomizedTrial", f"{IRI}OpenTrial", f"{IRI}InternationalTrial"]
    assert trial["identifier"] == [
        {"@type": "PropertyValue", "propertyID": "ClinicalTrials.gov", "value": "NCT04581473"}
    ]
    assert [place["identifier"] for place in trial["studyLocation"]] == ["CN", "US"]


def test_makes_one_page_of_the_questions_of_a_list(reader: Reader) -> None:
    document = _linked(reader, "faqs/")
    assert document["@type"] == "FAQPage"
    assert [one["name"] for one in document["mainEntity"]] == [
        HOSTILE,
        "Why are solid tumors harder to treat with CAR-T?",
    ]

    first = reader.get("faqs/?page_size=1", Accept=LD)
    following = re.fullmatch(r'<([^>]+)>; rel="next"', first.headers["Link"])
    assert following
    assert len(_linked(reader, following[1])["mainEntity"]) == 1
    assert _linked(reader, "faqs/?slug=nothing") == {"@context": "https://schema.org", "@type": "FAQPage"}


@pytest.mark.parametrize("path", ["faqs/hostile/", "faqs/"])
def test_ends_no_script_element(reader: Reader, path: str) -> None:
    response = reader.get(path, Accept=LD)

    assert not set(b"<>&") & set(response.content)
    questions = response.json()["mainEntity"]
    assert questions[0]["name"] == HOSTILE


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (LD, LD),
        ("Application/LD+JSON", LD),
        (f"{LD}; profile=x;q=0.9, */*;q=0.1", LD),
        (f"{LD}, application/json;q=0.5", LD),
        (f"application/json, {LD};q=0.5", "application/json"),
        (f"{LD};q=0", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html", "application/json"),
        ("nonsense;;q=x", "application/json"),
        (f"{LD};q=2", LD),
        ("", "application/json"),
    ],
)
def test_is_for_whom_names_it(reader: Reader, accept: str, answered: str) -> None:
    assert reader.get("faqs/why-harder/", Accept=accept).headers["Content-Type"] == answered


@pytest.mark.parametrize("path", PAGES)
def test_has_a_tag_of_its_own(reader: Reader, path: str) -> None:
    plain, linked = reader.get(path), reader.get(path, Accept=LD)

    assert plain.headers["ETag"] != linked.headers["ETag"]
    assert reader.get(path, Accept=LD, If_None_Match=linked.headers["ETag"]).status_code == 304
    assert reader.get(path, Accept=LD, If_None_Match=plain.headers["ETag"]).status_code == 200
    assert "Accept" in linked.headers["Vary"]


def test_is_json_where_a_kind_has_no_other_form(reader: Reader) -> None:
    for path in ("organizations/nmpa/", "organizations/", "therapies/", "search/?q=cells", "releases/"):
        assert reader.get(path, Accept=LD).headers["Content-Type"] == "application/json"
    for path in ("faqs/?fields=name", "faqs/why-harder/?include=sources"):
        problem = reader.refused(path, 400, "invalid-parameter", Accept=LD)
        assert "Leave it out" in problem["detail"]
