"""The seed, taken through the real workflow once for all tests of this package, and rolled back behind them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from content_api.editions.models import PublishedRelease
from content_api.partners.actions import acknowledge, create_site, issue_key
from tests.beginnings import undone
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.seeded.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

HERE = Path(__file__).parent
ROLES = {
    "editor": "Editor",
    "medical": "Medical reviewer",
    "regulatory": "Regulatory reviewer",
    "publisher": "Publisher",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all tests of this package to one process: the seed takes longer than they do."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group(HERE.name))


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold one transaction open for all tests here: they only read. The name tells pytest-django to make the tables."""
    with undone(django_db_blocker):
        yield


@pytest.fixture(scope="package")
def said(db: None) -> str:
    """Tell the story of the seed, and return what the command said."""
    for username, role in ROLES.items():
        People().make(username, role)
    out = StringIO()
    call_command("seed", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="package")
def site(said: str) -> Site:
    """Return a partner site that reads the three releases of the seed, and said that it serves the second."""
    guide = create_site(slug="guide", name="A guide")
    second = PublishedRelease.objects.get(number=2)
    acknowledge(site=guide, release=second.number, release_hash=second.hash)
    return Site(Reader(issue_key(site=guide)))
