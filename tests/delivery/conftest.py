"""A library that is published in releases, and a site that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from django.test import Client

from content_api import kinds
from content_api.delivery.entry import document
from content_api.partners.actions import create_site, issue_key
from tests.delivery import urls as _urls  # noqa: F401 - it reads the real kinds before a fixture adds others
from tests.delivery.library import LIBRARY
from tests.delivery.press import Press

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django.fixtures import Settings


class Reader:
    """A partner site that reads with its key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Response:
        """Read an address under /api/v1/, or an absolute one."""
        return self.request("GET", path, b"", **headers)

    def post(self, path: str, sent: object, **headers: str) -> Response:
        """Send JSON, or bytes as they are."""
        body = sent if isinstance(sent, bytes) else orjson.dumps(sent)
        return self.request("POST", path, body, **{"Content-Type": "application/json", **headers})

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> Response:
        """Send any request."""
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        sent = {
            "Authorization": f"Bearer {self.key}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return self.client.generic(method, address, body, headers=sent)

    def results(self, path: str) -> list[str]:
        """Return the slugs of a list."""
        response = self.get(path)
        assert response.status_code == 200, response.content
        return [item["slug"] for item in response.json()["results"]]

    def refused(self, path: str, status: int, code: str, **headers: str) -> dict[str, Any]:
        """Return the problem document of a refusal, after looking at its form."""
        response = self.get(path, **headers)
        assert response.status_code == status, response.content
        assert response.headers["Content-Type"] == "application/problem+json"
        problem: dict[str, Any] = response.json()
        assert (problem["status"], problem["code"]) == (status, code)
        assert problem["type"].endswith(f"/problems/{code}/")
        return problem


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    for kind in LIBRARY:
        monkeypatch.setitem(kinds._registry, kind.name, kind)
    settings.ROOT_URLCONF = "tests.delivery.urls"
    document.cache_clear()  # it was made of other kinds in another test


@pytest.fixture
def press(guards_lifted: None) -> Press:
    """Publish releases as rows: past the guards, which know that these rows were never approved."""
    return Press()


@pytest.fixture
def reader(db: None) -> Reader:
    """Read as a partner site."""
    return Reader(issue_key(site=create_site(slug="guide", name="A guide")))
