"""Who may read and write a site's own resources: that site with its key, by the methods that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
from django.test import Client

from content_api.partners.models import PartnerSite
from tests.partners.conftest import PAGE, SAY, SITE, refused

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.conftest import People
    from tests.delivery.conftest import Reader


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize(("method", "path"), [("get", SITE), ("post", SAY)])
def test_is_a_site_with_its_key_even_where_access_is_open(
    db: None, settings: Settings, method: str, path: str, *, is_open: bool
) -> None:
    settings.OPEN_ACCESS = is_open

    none = getattr(Client(), method)(f"/api/v1/{path}")
    bad = getattr(Client(), method)(f"/api/v1/{path}", headers={"Authorization": "Bearer cak_000000000000_none"})

    refused(none, 401, "key-required")
    refused(bad, 401, "key-refused")
    assert none.headers["WWW-Authenticate"] == "Bearer"


def test_is_nobody_by_a_session(people: People, hashes: dict[int, str]) -> None:
    client = Client()
    client.force_login(people.ada)
    sent = orjson.dumps({"release": 1, "hash": hashes[1]})

    refused(client.post(f"/api/v1/{SAY}", sent, content_type="application/json"), 401, "key-required")


def test_needs_no_token_against_forgery(reader: Reader, hashes: dict[int, str]) -> None:
    reader.client = Client(enforce_csrf_checks=True)

    assert reader.post(SAY, {"release": 1, "hash": hashes[1]}).status_code == 201


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_has_no_other_method(reader: Reader, hashes: dict[int, str], method: str) -> None:
    answer = reader.request(method, SAY)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writes_nothing_where_a_site_reads_itself(reader: Reader, hashes: dict[int, str], method: str) -> None:
    answer = reader.request(method, SITE)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    refused(answer, 405, "method-not-allowed")


def test_is_no_page_in_a_browser(reader: Reader, hashes: dict[int, str]) -> None:
    """A page's visitors hold the key that it reads with, and may not speak for the site."""
    PartnerSite.objects.update(origins=[PAGE])
    asked = {"Origin": PAGE, "Access-Control-Request-Headers": "authorization"}

    reads = Client().options(f"/api/v1/{SITE}", headers={**asked, "Access-Control-Request-Method": "GET"})
    says = Client().options(f"/api/v1/{SAY}", headers={**asked, "Access-Control-Request-Method": "POST"})

    assert "GET" in reads.headers["Access-Control-Allow-Methods"]
    assert "POST" not in says.headers["Access-Control-Allow-Methods"]
    assert "content-type" not in says.headers["Access-Control-Allow-Headers"]
    assert reader.get(SITE, Origin=PAGE).headers["Access-Control-Allow-Origin"] == PAGE
