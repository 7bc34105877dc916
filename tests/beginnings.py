"""What the tests of a module or a package begin with: made once by the real actions, and undone behind each of them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker


@contextmanager
def undone(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Open the database, and roll back whatever is done meanwhile; one may stand inside another."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def begun(make: Callable[[], Any]) -> Any:
    """Return the fixture `beginning` of a module: what `make` makes, once."""

    @pytest.fixture(scope="module")
    def beginning(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
        with undone(django_db_blocker):
            yield make()

    return beginning


def rolled_back() -> Any:
    """Return the fixture `db` of such a module: what a test does to the beginning is undone behind it."""

    @pytest.fixture
    def db(beginning: Any, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
        with undone(django_db_blocker):
            yield

    return db
