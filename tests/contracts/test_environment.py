"""What the other tests rely on: the engine that was asked for, guards that can be lifted, and no way out."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from content_api import guards
from content_api.content_items import ContentItem

if TYPE_CHECKING:
    from tests.conftest import People


@pytest.mark.django_db
def test_the_engine_is_the_one_asked_for() -> None:
    assert connection.vendor == os.environ.get("TEST_ENGINE", "sqlite")


def test_a_test_cannot_reach_another_machine() -> None:
    with socket.socket() as outside, pytest.raises(pytest.fail.Exception, match="this machine only"):
        outside.connect(("192.0.2.1", 80))


def test_a_test_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.django_db
def test_guards_are_up() -> None:
    item = ContentItem.objects.create(kind="source")

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        item.delete()


def test_guards_can_be_lifted(guards_lifted: None) -> None:
    item = ContentItem.objects.create(kind="source")

    item.delete()

    assert not ContentItem.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_that_commits_starts_from_empty_tables_and_standing_guards(turn: str, people: People) -> None:
    assert not ContentItem.objects.exists()
    assert not guards.problems()
    assert people.ann.groups.exists()

    ContentItem.objects.create(kind="source")
