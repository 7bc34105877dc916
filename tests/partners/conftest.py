"""A partner site that reads two releases, and another beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.editions.models import PublishedRelease
from content_api.partners.actions import create_site, issue_key
from content_api.problems import CONTENT_TYPE
from tests.delivery.conftest import Reader

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from content_api.partners.models import PartnerSite
    from tests.situations import Desk

SITE = "site/"
SAY = "site/acknowledgements/"
OTHER = "sha256:" + "0" * 64
PAGE = "https://guide.example"


@pytest.fixture
def site(db: None) -> PartnerSite:
    """Return a partner site."""
    return create_site(slug="guide", name="A guide")


@pytest.fixture
def reader(site: PartnerSite) -> Reader:
    """Read as that site."""
    return Reader(issue_key(site=site))


@pytest.fixture
def hashes(desk: Desk) -> dict[int, str]:
    """Publish two releases, and return their hashes."""
    desk.publish(desk.approved("first"))
    desk.publish(desk.approved("second"))
    return dict(PublishedRelease.objects.values_list("number", "hash"))


def refused(response: Response, status: int, code: str) -> dict[str, Any]:
    """Return the problem document of a refusal, after looking at its form."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, CONTENT_TYPE), response.content
    assert response.headers["Cache-Control"] == "private, no-store"
    problem: dict[str, Any] = response.json()
    assert (problem["code"], problem["status"]) == (code, status)
    return problem
