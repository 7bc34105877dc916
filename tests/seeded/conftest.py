"""The seed, taken through the real workflow once for all tests of this package, and rolled back behind them."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from content_api.partners.actions import create_site, issue_key
from tests.beginnings import undone
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.seeded.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

ROLES = {
    "editor": "Editor",
    "medical": "Medical reviewer",
    "regulatory": "Regulatory reviewer",
    "publisher": "Publisher",
}


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold one transaction open for all tests here: they only read. The name tells pytest-django to make the tables."""
    with undone(django_db_blocker):
        yield


@pytest.fixture(scope="package")
def site(db: None) -> Site:
    """Return a partner site that reads the three releases of the seed."""
    for username, role in ROLES.items():
        People().make(username, role)
    call_command("seed", stdout=StringIO())
    return Site(Reader(issue_key(site=create_site(slug="guide", name="A guide"))))
