"""Questions and disclaimers on a shelf, and a site that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from tests.faqs.shelf import Shelf

if TYPE_CHECKING:
    from tests.situations import Desk


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    """Write a dossier with a question and a disclaimer; nothing is published yet."""
    return Shelf(desk)


@pytest.fixture
def reader(db: None) -> Reader:
    """Read as a partner site of which nothing is known but its key."""
    return Reader(issue_key(site=create_site(slug="site", name="A site")))
