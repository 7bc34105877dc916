"""The pages for people: the landing page, the guide, and the reference."""

from __future__ import annotations

import gzip
import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from content_api.delivery import guide
from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from django.test import Client

    from tests.delivery.press import Press

pytestmark = pytest.mark.django_db
PAGES = ["/", "/api/v1/docs/", "/api/v1/redoc/", *(page.url for page in guide.pages().values())]


@pytest.mark.parametrize("path", PAGES)
def test_loads_nothing_from_elsewhere_under_a_strict_policy(client: Client, path: str) -> None:
    response = client.get(path)

    page, policy = response.content.decode(), response.headers["Content-Security-Policy"]
    assert response.status_code == 200
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<script>|<style| style=| on[a-z]+=", page.partition("<main")[0])
    for asset in re.findall(r'(?:src|<link rel="stylesheet" href)="([^"]+)"', page):
        with closing(client.get(asset)) as served:
            assert served.status_code == 200, asset
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_sends_a_page_once(client: Client, path: str) -> None:
    page, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip"})
    held = client.get(path, headers={"If-None-Match": page.headers["ETag"]})

    assert "Accept-Encoding" in page.headers["Vary"]
    assert (held.status_code, held.content) == (304, b"")
    assert gzip.decompress(packed.content) == page.content
    assert packed.headers["ETag"] != page.headers["ETag"]


def test_says_which_release_is_out(client: Client, press: Press) -> None:
    assert "Nothing has been published yet." in client.get("/").content.decode()

    emma = Item("book", "emma")
    press.publish(emma, Item("book", "persuasion"), title="The <first> books")
    press.publish(withdrawals=[Withdrawal(emma)], title="One less")
    page = client.get("/").content.decode()

    assert "Release 2" in page
    assert "One less" in page
    assert "1 May 2026, 08:00 UTC</time> · 1 item<" in " ".join(page.split())


def test_leads_from_the_landing_page_to_everything(client: Client, press: Press) -> None:
    press.publish(Item("book", "emma"))
    links = re.findall(r'<a href="([^"]+)"', client.get("/").content.decode())

    assert {"/api/v1/guide/", "/api/v1/docs/", "/api/v1/redoc/", "/api/v1/", "/admin/"} <= set(links)
    assert {client.get(link, follow=True).status_code for link in links} == {200}


@pytest.mark.parametrize("page", guide.pages().values(), ids=lambda page: page.name)
def test_has_links_in_the_guide_that_lead_somewhere(client: Client, page: guide.Page) -> None:
    links = re.findall(r'<a href="([^"]+)"', client.get(page.url).content.decode())

    for link in links:
        path, _, place = link.partition("#")
        answer = client.get(path)
        assert answer.status_code == 200, link
        assert not place or f'id="{place}"' in answer.content.decode()


def test_names_every_page_of_the_guide_on_its_first(client: Client) -> None:
    files = {path.stem for path in (settings.BASE_DIR / "docs" / "partners").glob("*.md")}

    assert files == guide.pages().keys()
    assert client.get("/api/v1/guide/nothing/").status_code == 404


def test_takes_the_outside_picture_out_of_the_reference(client: Client) -> None:
    script = client.get("/api/v1/redoc/redoc.js")

    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert b"cdn.redoc" not in script.content
    assert script.content.count(b"data:image/gif") >= 1
    held = client.get("/api/v1/redoc/redoc.js", headers={"If-None-Match": script.headers["ETag"]})
    assert held.status_code == 304
