"""The guards: there after every migrate, missed when one is gone, and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connection

from content_api import guards
from content_api.releases.models import Release

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.situations import Desk

pytestmark = pytest.mark.django_db


def test_every_guard_is_there_after_a_migrate() -> None:
    assert guards.problems() == []
    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_one_that_is_gone_is_missed_and_the_next_migrate_makes_it_again() -> None:
    name, table = next(iter(guards._present().items()))
    with connection.cursor() as cursor:
        guards._drop(cursor, name, table)
    assert guards.problems() == [f"The guard {name} is missing."]
    messages = run_checks(tags=[Tags.database], databases=["default"])
    assert [(one.msg, one.hint) for one in messages] == [(f"The guard {name} is missing.", "Run `manage.py migrate`.")]
    call_command("migrate", verbosity=0)
    assert guards.problems() == []


def test_one_of_older_code_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    one = next(iter(guards._registry.values()))
    newer = guards.Guard(one.name, one.table, one.event, one.when, "said in other words", one.only)
    monkeypatch.setitem(guards._registry, one.name, newer)
    assert len(guards.problems()) == 2, "the new one is missing, the old one is strange"
    guards.install()
    assert guards.problems() == []


@pytest.mark.parametrize("room", ["editorial", "releases"])
def test_a_room_without_its_tables_makes_no_row(
    room: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """A migration back to nothing sends the same signal."""
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with django_assert_num_queries(0):
        cast("Any", apps.get_app_config(room)).make_single_row()


def test_a_name_fits_into_what_postgresql_keeps() -> None:
    assert [name for name in guards._wanted() if len(name) > 63] == []


@pytest.mark.django_db(transaction=True)
def test_a_filled_database_can_be_migrated(desk: Desk) -> None:
    """SQLite builds a table anew to alter it, and other tables' guards name it."""
    ground, pebble = desk.approved("ground"), desk.approved("pebble")
    desk.publish(ground, pebble, desk.approved("stone", stands_on=ground.item))
    desk.withdraw(pebble.item)
    releases = list(Release.objects.order_by("number").values_list("number", "title", "state"))
    call_command("migrate", "releases", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    assert list(Release.objects.order_by("number").values_list("number", "title", "state")) == releases
    assert guards.problems() == []
