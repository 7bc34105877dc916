"""What the tests of a module or a package begin with: made once by the real actions, and undone behind each of them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


@contextmanager
def undone(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Open the database, and roll back whatever is done meanwhile; one may stand inside another."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
