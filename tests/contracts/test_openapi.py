"""The OpenAPI document: committed as generated, valid, and true to what the API answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from content_api import kinds, problems
from content_api.delivery import routes
from content_api.partners import routes as partners
from content_api.partners.actions import create_site, issue_key
from content_api.problems.catalog import CATALOG
from tests.proofs.addresses import public

if TYPE_CHECKING:
    from django.test import Client

ADDRESSES = public()  # before a test adds kinds
COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(COMMITTED.read_text())


def _resolved(node: Any) -> Any:
    """Return a part of the document with its references to components (but for schemas) filled in."""
    if isinstance(node, list):
        return [_resolved(one) for one in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref", "")
    if reference and not reference.startswith("#/components/schemas/"):
        _, _, component, name = reference.split("/")
        return _resolved(DOCUMENT["components"][component][name])
    return {name: _resolved(one) for name, one in node.items()}


EVERY = {
    f"{method.upper()} {address}": _resolved(operation)
    for address, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
OPERATIONS = {name.removeprefix("GET "): one for name, one in EVERY.items() if name.startswith("GET ")}  # that read
WRITES = {name: one for name, one in EVERY.items() if not name.startswith("GET ")}
KEYED = {name: operation for name, operation in EVERY.items() if "401" in operation["responses"]}


def _promised(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def test_is_committed_as_generated() -> None:
    ours = [path("api/v1/", include([*routes.api(), *partners.own()]))]
    schema = SchemaGenerator(patterns=ours).get_schema(public=True)

    generated = OpenApiYamlRenderer().render(schema, renderer_context={}).decode()

    assert COMMITTED.read_text() == generated, "Run `manage.py spectacular --validate --file docs/openapi.yaml`."


def test_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_has_a_list_and_an_item_of_every_kind() -> None:
    for kind in kinds.all_kinds():
        if f"/api/v1/{kind.collection}/" in OPERATIONS:
            assert f"/api/v1/{kind.collection}/{{address}}/" in OPERATIONS
        else:
            assert kind.name == "specimen", kind.name


NOT_IN_THE_DOCUMENT = {
    "/api/v1/schema/": "the document itself",
    "/api/v1/docs/": "a page for people",
    "/api/v1/redoc/": "a page for people",
    "/api/v1/redoc/redoc.js": "what that page is made with",
    "/api/v1/guide/": "a page for people",
    "/api/v1/guide/{name}/": "a page for people",
}


def test_describes_every_address_but_those_for_people() -> None:
    addresses = {one.route for one in ADDRESSES if one.route.startswith("/api/")}

    assert addresses - DOCUMENT["paths"].keys() == NOT_IN_THE_DOCUMENT.keys()
    assert DOCUMENT["paths"].keys() <= addresses


def test_describes_every_parameter_of_an_address() -> None:
    for one in ADDRESSES:
        for operation in DOCUMENT["paths"].get(one.route, {}).values():
            documented = {given["name"] for given in _resolved(operation["parameters"]) if given["in"] == "query"}
            assert documented == {given.name for given in one.parameters}, one.route


def test_only_reads_but_for_what_a_site_says_of_itself() -> None:
    assert set(WRITES) == {"POST /api/v1/site/acknowledgements/"}


@pytest.mark.parametrize("name", EVERY)
def test_says_of_every_operation_what_it_is_and_how_it_can_fail(name: str) -> None:
    operation = EVERY[name]

    assert operation["summary"]
    assert "{" not in operation["summary"] + operation["description"]
    assert all(parameter["description"] for parameter in operation["parameters"])
    assert {"400", "429", *(["201", "409", "413", "415"] if name in WRITES else ["200", "304"])} <= set(
        operation["responses"]
    )
    assert ("`invalid-content`" in operation["responses"]["400"]["description"]) is (name in WRITES)
    assert ("404" in operation["responses"]) is bool(operation["parameters"]), "what is named may not be there"
    for status, answer in operation["responses"].items():
        if status.startswith("4"):
            ((content_type, content),) = answer["content"].items()
            assert content_type == problems.CONTENT_TYPE
            for example in content["examples"].values():
                assert example["value"]["status"] == int(status)
                _promised(content["schema"]).validate(example["value"])


@pytest.mark.parametrize("name", EVERY)
def test_shows_of_everything_sent_and_answered_what_it_is_like(name: str) -> None:
    answer = EVERY[name]["responses"]["201" if name in WRITES else "200"]
    for content in [*answer["content"].values(), *_sent(name).values()]:
        assert content["examples"]
        for example in content["examples"].values():
            _promised(content["schema"]).validate(example["value"])


@pytest.mark.parametrize("name", WRITES)
def test_says_of_what_is_sent_that_it_has_no_other_members(name: str) -> None:
    (content,) = _sent(name).values()
    good = content["examples"]["demo"]["value"]

    assert not _promised(content["schema"]).is_valid({**good, "other": 1})


def _sent(name: str) -> dict[str, Any]:
    """Return what an operation takes in its body, by media type."""
    sent: dict[str, Any] = EVERY[name].get("requestBody", {}).get("content", {})
    assert bool(sent) is (name in WRITES)
    return sent


def test_tells_items_of_several_kinds_apart() -> None:
    item, changes = DOCUMENT["components"]["schemas"]["Item"], _promised({"$ref": "#/components/schemas/Changes"})
    told: dict[str, Any] = OPERATIONS["/api/v1/changes/"]["responses"]["200"]["content"]["application/json"]
    example = told["examples"]["demo"]["value"]

    assert item["discriminator"]["mapping"].keys() == {one.name for one in kinds.all_kinds()} - {"specimen"}
    assert {one["kind"] for one in example["upserts"]} == {"faq", "source"}
    for wrong in ({"kind": "trial"}, {"kind": "poem"}, {"name": None}):
        assert not changes.is_valid({**example, "upserts": [{**example["upserts"][0], **wrong}]})


def test_names_every_operation_once() -> None:
    names = [operation["operationId"] for operation in EVERY.values()]

    assert len(names) == len(set(names))


def test_asks_for_a_key_wherever_one_is_needed() -> None:
    assert set(EVERY) - set(KEYED) == {"GET /api/v1/"}
    assert all(operation["security"] == [{"key": []}] for operation in KEYED.values())
    assert DOCUMENT["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_documents_gone_where_an_item_can_be_taken_down() -> None:
    gone = {address for address, operation in OPERATIONS.items() if "410" in operation["responses"]}

    assert gone == {address for address in OPERATIONS if "{address}" in address}
    assert all("308" in OPERATIONS[address]["responses"] for address in gone)


def test_names_only_problems_that_have_a_page() -> None:
    told = {
        code
        for operation in EVERY.values()
        for answer in operation["responses"].values()
        for code in answer["description"].split("`")[1::2]
    }

    assert {"unknown-parameter", "withdrawn", "history-diverged"} <= told <= set(CATALOG)


@pytest.mark.django_db
@pytest.mark.parametrize("name", KEYED)
def test_is_asked_for_a_key_by_the_api_too(client: Client, name: str) -> None:
    method, _, address = name.partition(" ")

    assert client.generic(method, address.format(address="x", number=1)).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("address", OPERATIONS)
def test_lists_exactly_the_parameters_that_are_taken(client: Client, address: str) -> None:
    key = issue_key(site=create_site(slug="guide", name="A guide"))
    documented = {one["name"] for one in OPERATIONS[address]["parameters"] if one["in"] == "query"}
    others = {
        one["name"] for operation in OPERATIONS.values() for one in operation["parameters"] if one["in"] == "query"
    }

    for name in documented | others | {"format", "q", "ordering", "fields", "include", "limit", "offset", "lang"}:
        answer = client.get(
            address.format(address="x", number=1), {name: ""}, headers={"Authorization": f"Bearer {key}"}
        ).json()
        assert answer["code"] == ("invalid-parameter" if name in documented else "unknown-parameter"), name
