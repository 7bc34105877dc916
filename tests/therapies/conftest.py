"""A cabinet that was published, and a site that reads it: once for the tests of a module, which only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from content_api.partners.actions import create_site, issue_key
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.situations import Desk
from tests.therapies.cabinet import Cabinet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def cabinet(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cabinet]:
    """Publish a cabinet in one release, and take it away after the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cabinet = Cabinet(Desk(People()))
        cabinet.published()
        yield cabinet
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reader(cabinet: Cabinet) -> Reader:
    """Read as a partner site."""
    return Reader(issue_key(site=create_site(slug="site", name="A site")))
