"""Refusals: one form for all, a page for each, and never a word about the code."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from content_api import problems
from content_api.delivery import details
from content_api.problems.catalog import CATALOG
from content_api.refusals import Refused
from tests.delivery.press import Item

if TYPE_CHECKING:
    from django.test import RequestFactory

    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "errors"}


def test_have_the_form_of_rfc_9457(press: Press, reader: Reader) -> None:
    press.publish(Item("book", "emma"))

    problem = reader.refused("books/nothing/?release=1", 404, "not-found")

    assert problem == {
        "type": "http://testserver/problems/not-found/",
        "title": "Not found",
        "status": 404,
        "detail": "There is no book “nothing” in release 1.",
        "instance": "/api/v1/books/nothing/",
        "code": "not-found",
        "errors": [],
    }


def test_ask_for_a_key(press: Press, client: Client) -> None:
    press.publish(Item("book", "emma"))

    response = client.get("/api/v1/books/")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.json()["code"] == "key-required"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "", "nonsense"])
@pytest.mark.parametrize("path", ["/api/v1/books/emma/", "/api/v1/nowhere/", "/api/nowhere", "/api/v1/books/?x=1"])
def test_are_never_pages_under_the_api(press: Press, reader: Reader, path: str, accept: str) -> None:
    press.publish(Item("book", "emma"))

    assert reader.get(path, Accept=accept).headers["Content-Type"] in {"application/json", problems.CONTENT_TYPE}


def test_answer_a_failure_of_ours_without_a_trace(
    press: Press, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.publish(Item("book", "emma"))
    monkeypatch.setattr(details.DetailView, "show", lambda *_: 1 / 0)

    problem = reader.refused("books/emma/", 500, "server-error")

    assert "division" not in str(problem)
    assert "X-Request-Id" in problem["detail"]


def test_answer_a_silent_database_with_a_time_to_try_again(
    press: Press, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("database is locked")

    press.publish(Item("book", "emma"))
    monkeypatch.setattr(details.DetailView, "show", fail)

    response = reader.get("books/emma/")

    assert (response.status_code, response.json()["code"]) == (503, "unavailable")
    assert response.headers["Retry-After"] == "5"
    assert "locked" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/docs/"])
def test_say_which_methods_are_taken(path: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path)

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.json()["code"] == "method-not-allowed"


def test_answer_a_host_that_is_not_ours(press: Press, reader: Reader) -> None:
    press.publish(Item("book", "emma"))

    reader.refused("books/", 400, "bad-request", Host="evil.example")


@pytest.mark.parametrize(
    ("path", "status", "content_type", "answer"),
    [
        ("/api/v1/x/", 500, "text/html", (500, problems.CONTENT_TYPE)),
        ("/api/v1/x/", 413, "text/html; charset=utf-8", (413, problems.CONTENT_TYPE)),
        ("/api/v1/x/", 418, "text/html; charset=utf-8", (400, problems.CONTENT_TYPE)),
        ("/api/v1/docs/", 200, "text/html", (200, "text/html")),
        ("/admin/", 500, "text/html", (500, "text/html")),
        ("/api/v1/x/", 500, "application/json", (500, "application/json")),
    ],
)
def test_take_the_place_of_a_page_that_somebody_else_made(
    rf: RequestFactory, path: str, status: int, content_type: str, answer: tuple[int, str]
) -> None:
    made = HttpResponse("<h1>Traceback</h1>", content_type, status)

    response = problems.ProblemMiddleware(lambda _request: made)(rf.get(path))

    assert (response.status_code, response.headers["Content-Type"]) == answer
    assert response.headers["X-Request-Id"]


def test_carry_the_code_of_any_rule_that_said_no(rf: RequestFactory) -> None:
    response = problems.exception_handler(Refused("two-reviews", "Not twice."), {"request": rf.get("/api/v1/x/")})

    assert response is not None
    assert (response.status_code, b'"code":"two-reviews"' in response.content) == (409, True)


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(CATALOG))
def test_are_explained_on_a_page_without_a_key(client: Client, code: str) -> None:
    response = client.get(f"/problems/{code}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert CATALOG[code].title in page
    assert code in page
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|style=|\son[a-z]+=", page)


@pytest.mark.django_db
def test_are_all_listed_on_one_page(client: Client) -> None:
    page = client.get("/problems/").content.decode()

    assert all(f"/problems/{code}/" in page for code in CATALOG)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/problems/no-such-problem/", "/nowhere", "/problems/%00/"])
def test_are_pages_outside_of_the_api(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "Not found" in response.content.decode()


@pytest.mark.django_db
def test_serve_the_style_of_their_pages(client: Client) -> None:
    href = re.search(r'href="([^"]+\.css)"', client.get("/problems/").content.decode())

    assert href
    with closing(client.get(href[1])) as served:
        assert served.status_code == 200
