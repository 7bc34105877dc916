"""Headers beside caching: who may read and from where, what is left, whose days are counted, and no cookie ever."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.test import Client

from content_api.delivery.allowance import Allowance
from content_api.delivery.deprecation import Deprecation
from content_api.delivery.details import DetailView
from content_api.partners.models import PartnerSite
from content_api.problems import exception_handler
from tests.delivery.press import Item

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import RequestFactory
    from pytest_django.fixtures import Settings
    from rest_framework.request import Request

    from tests.conftest import People
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

CARE, NOTE = ({"id": "0" * 32, "slug": slug, "mandatory": slug == "care"} for slug in ("care", "note"))
EMMA = Item("book", "emma", members={"disclaimers": [CARE, NOTE]})
PAGE = "https://guide.example"
PATHS = ["books/", "books/emma/", "search/?q=emma", "releases/", "books/emma/?fields=name", "books/?release=1"]
WITH_A_KEY = [*PATHS, "site/"]  # which asks for one even where access is open
LEFT = [Allowance(quota=2, window=60, remaining=left, reset=30 + left) for left in (1, 0)]
EXCEEDED = Allowance(quota=2, window=60, remaining=0, reset=29, is_exceeded=True)
_told: list[Allowance] = []


def meter(request: Request) -> Allowance | None:
    """Tell what a test says is left; it counts by key, so it is asked after the key was read."""
    assert request.user
    return _told.pop(0) if _told else None


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read a book that carries two disclaimers."""
    press.publish(EMMA)
    return reader


@pytest.mark.parametrize("path", WITH_A_KEY)
def test_say_nothing_of_limits_where_nothing_is_counted(reader: Reader, path: str) -> None:
    assert not {"RateLimit", "RateLimit-Policy", "Retry-After"} & set(reader.get(path).headers)


@pytest.mark.parametrize("path", WITH_A_KEY)
def test_tell_what_is_left_and_when_to_come_back(reader: Reader, settings: Settings, path: str) -> None:
    settings.METER = "tests.delivery.test_headers.meter"
    _told[:] = [*LEFT, EXCEEDED]

    first, second, third, uncounted = (reader.get(path) for _ in range(4))

    assert [one.status_code for one in (first, second, third, uncounted)] == [200, 200, 429, 200]
    assert [one.headers["RateLimit"] for one in (first, second, third)] == [
        '"default";r=1;t=31',
        '"default";r=0;t=30',
        '"default";r=0;t=29',
    ]
    assert {one.headers["RateLimit-Policy"] for one in (first, second, third)} == {'"default";q=2;w=60'}
    assert (third.json()["code"], third.headers["Retry-After"]) == ("too-many-requests", "29")
    assert third.headers["Cache-Control"] == "private, no-store"
    assert "RateLimit" not in uncounted.headers


def test_need_a_key_unless_access_is_open(reader: Reader, settings: Settings) -> None:
    assert Client().get("/api/v1/books/").status_code == 401

    settings.OPEN_ACCESS = True
    for path in PATHS:
        anybody, site = Client().get(f"/api/v1/{path}"), reader.get(path)
        assert (anybody.status_code, anybody.content) == (200, site.content)
        kept = "public, max-age=3600" if "release=1" in path else "public, max-age=60, stale-while-revalidate=300"
        assert anybody.headers["Cache-Control"] == site.headers["Cache-Control"] == kept
    bad = reader.get("books/", Authorization="Bearer cak_000000000000_none")
    assert (bad.status_code, bad.json()["code"]) == (401, "key-refused")


def test_let_pages_read_whose_site_named_their_origin(reader: Reader, settings: Settings) -> None:
    PartnerSite.objects.filter(slug="guide").update(origins=[PAGE])

    for path in WITH_A_KEY:
        ours, other = reader.get(path, Origin=PAGE), reader.get(path, Origin="https://other.example")
        assert ours.headers["Access-Control-Allow-Origin"] == PAGE
        assert {"Content-Release", "ETag", "Link", "RateLimit"} <= set(
            ours.headers["Access-Control-Expose-Headers"].split(", ")
        )
        assert "Access-Control-Allow-Origin" not in other.headers
        assert "Access-Control-Allow-Credentials" not in ours.headers
        assert "origin" in ours.headers["Vary"]
        assert "origin" in other.headers["Vary"]
    settings.OPEN_ACCESS = True
    assert reader.get("books/", Origin="https://other.example").headers["Access-Control-Allow-Origin"]


def test_answer_a_browser_that_asks_first(reader: Reader) -> None:
    PartnerSite.objects.filter(slug="guide").update(origins=[PAGE])
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}

    ours = Client().options("/api/v1/books/", headers={"Origin": PAGE, **asked})
    other = Client().options("/api/v1/books/", headers={"Origin": "null", **asked})

    assert (ours.status_code, ours.headers["Access-Control-Allow-Origin"]) == (200, PAGE)
    assert ours.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "authorization" in ours.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in other.headers


def test_are_for_the_api_alone(reader: Reader) -> None:
    PartnerSite.objects.filter(slug="guide").update(origins=[PAGE])

    for path in ("/admin/login/", "/problems/"):
        assert "Access-Control-Allow-Origin" not in reader.get(path, Origin=PAGE).headers


@pytest.mark.parametrize("path", [*WITH_A_KEY, "nowhere/", "", "schema/", "books/?x=1"])
def test_know_no_cookie(reader: Reader, people: People, path: str) -> None:
    without = reader.get(path)

    user: User = people.pia
    reader.client.force_login(user)
    signed_in = reader.get(path)

    assert reader.client.get("/admin/").status_code == 200
    assert "Cookie" not in signed_in.headers["Vary"]
    assert "Set-Cookie" not in signed_in.headers
    assert not signed_in.cookies
    assert (signed_in.status_code, signed_in.content) == (without.status_code, without.content)


def test_link_to_every_disclaimer_that_applies(reader: Reader) -> None:
    link = reader.get("books/emma/").headers["Link"]

    relation = 'rel="http://testserver/api/v1/disclaimers/"'
    assert link.split(", ") == [
        f"<http://testserver/api/v1/disclaimers/{slug}/>; {relation}" for slug in ("care", "note")
    ]


def test_say_of_an_operation_that_its_days_are_counted(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Deprecation" not in reader.get("books/emma/").headers

    since, sunset = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC)
    monkeypatch.setattr(DetailView, "deprecated", Deprecation(since, sunset, "/api/v1/docs/"))
    headers = reader.get("books/emma/").headers
    assert headers["Deprecation"] == f"@{int(since.timestamp())}"
    assert headers["Sunset"] == "Wed, 01 Dec 2027 00:00:00 GMT"
    assert '<http://testserver/api/v1/docs/>; rel="deprecation"' in headers["Link"]
    assert headers["Link"].count("<") == 3

    monkeypatch.setattr(DetailView, "deprecated", Deprecation(since))
    assert "Sunset" not in reader.get("books/emma/").headers


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (RequestDataTooBig("too big"), 413, "content-too-large"),
        (UnreadablePostError("the client went away"), 400, "bad-request"),
    ],
    ids=["more than is read", "cut off"],
)
def test_refuse_what_cannot_be_read(rf: RequestFactory, fault: Exception, status: int, code: str) -> None:
    response = exception_handler(fault, {"request": rf.post("/api/v1/x/")})

    assert response is not None
    assert (response.status_code, f'"code":"{code}"' in response.content.decode()) == (status, True)
