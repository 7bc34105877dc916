"""A cabinet that was published, and a site that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from tests.therapies.cabinet import Cabinet

if TYPE_CHECKING:
    from tests.situations import Desk


@pytest.fixture
def cabinet(desk: Desk) -> Cabinet:
    """Publish a cabinet in one release."""
    cabinet = Cabinet(desk)
    cabinet.published()
    return cabinet


@pytest.fixture
def reader(db: None) -> Reader:
    """Read as a partner site."""
    return Reader(issue_key(site=create_site(slug="site", name="A site")))
