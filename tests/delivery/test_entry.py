"""What can be read without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from django.db import DatabaseError

from content_api import kinds
from content_api.editions import queries
from tests.delivery.press import Item

if TYPE_CHECKING:
    from django.test import Client

    from tests.delivery.press import Press

pytestmark = pytest.mark.django_db


def test_leads_from_the_entry_to_everything(client: Client, press: Press) -> None:
    press.publish(Item("book", "emma"))

    entry = client.get("/api/v1/").json()

    assert entry["release"] == 1
    assert {row["kind"] for row in entry["collections"]} == {kind.name for kind in kinds.all_kinds()}
    assert {"kind": "book", "url": "/api/v1/books/"} in entry["collections"]
    for name in ("schema", "documentation", "reference", "guide", "problems"):
        assert client.get(entry[name]).status_code == 200
    assert {client.get(entry[name]).status_code for name in ("releases", "changes", "export", "site")} == {401}


def test_has_an_entry_before_the_first_release(client: Client) -> None:
    assert client.get("/api/v1/").json()["release"] is None


def test_says_the_same_at_the_entry_whatever_the_key(client: Client, press: Press) -> None:
    press.publish(Item("book", "emma"))

    answers = [client.get("/api/v1/", headers=sent) for sent in ({}, {"Authorization": "Bearer nonsense"})]

    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("query", ["?relase=1", "?format=json", "?release=2"])
def test_refuses_what_the_entry_does_not_take(client: Client, press: Press, query: str) -> None:
    press.publish(Item("book", "emma"))

    assert client.get(f"/api/v1/{query}").headers["Content-Type"] == "application/problem+json"


def test_writes_the_schema_in_json_and_yaml(client: Client) -> None:
    as_json, as_yaml = client.get("/api/v1/schema/"), client.get("/api/v1/schema/?format=yaml")

    assert as_json.json() == yaml.safe_load(as_yaml.content)
    assert as_json.json()["openapi"].startswith("3.1")
    assert as_yaml.headers["Content-Type"] == "application/yaml"
    assert as_json.headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/api/v1/schema/?format=xml").json()["code"] == "invalid-parameter"


def test_is_well_as_long_as_it_answers(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").json() == {"status": "ok"}


def test_is_ready_with_a_database_its_guards_and_a_release(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = client.get("/readyz")
    assert (empty.status_code, empty.json()["problems"]) == (503, ["Nothing has been published yet."])

    monkeypatch.setattr(queries, "current_number", lambda: 1)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "problems": []})


def test_is_not_ready_without_its_guards(client: Client, press: Press) -> None:
    press.publish(Item("book", "emma"))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert any("is missing" in problem for problem in answer.json()["problems"])


def test_is_not_ready_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(queries, "current_number", fail)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["problems"]) == (503, ["The database does not answer."])
