"""A partner site that reads what was really published."""

import pytest

from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader


@pytest.fixture
def reader(db: None) -> Reader:
    """Return a site with a key."""
    return Reader(issue_key(site=create_site(slug="site", name="A site")))
