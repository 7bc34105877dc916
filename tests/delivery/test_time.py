"""What was out at a moment: the release in force then, on every read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import time_machine

from content_api.editions.models import PublishedRelease
from tests.delivery.press import FIRST_DAY, Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

EMMA, PERSUASION = Item("book", "emma"), Item("book", "persuasion")
READS = (
    *("", "books/", "books/emma/", "books/emma/blurb/", "books/emma/history/"),
    *("releases/", "releases/latest/", "releases/1/", "releases/1/manifest/", "changes/?since=0", "export/"),
)


def _at(day: int, **more: int) -> str:
    return quote((FIRST_DAY + timedelta(days=day, **more)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read three releases, which came out a day after one another."""
    press.publish(EMMA)
    press.publish(replace(EMMA, text="Told again."))
    press.publish(PERSUASION)
    return reader


@pytest.mark.parametrize("path", READS)
def test_reads_the_release_that_was_in_force_at_a_moment(reader: Reader, path: str) -> None:
    mark = "&" if "?" in path else "?"
    for moment, number in ((_at(1), 1), (_at(2, microseconds=-1), 1), (_at(2), 2), (_at(2, hours=5), 2), (_at(3), 3)):
        by_moment, by_number = (reader.get(f"{path}{mark}{said}") for said in (f"at={moment}", f"release={number}"))
        assert by_moment.status_code == 200, by_moment.content
        assert by_moment.getvalue() == by_number.getvalue()
        assert by_moment.headers["Content-Release"] == by_number.headers["Content-Release"]


@pytest.mark.parametrize("path", READS)
def test_refuses_what_is_to_come_and_two_ways_of_saying_when(reader: Reader, path: str) -> None:
    mark = "&" if "?" in path else "?"
    for said in (f"at={_at(1)}&release=1", "at=2999-01-01T00:00:00Z", f"at=2999-01-01T00:00:00{quote('+')}14:00"):
        problem = reader.refused(f"{path}{mark}{said}", 400, "invalid-parameter")
        assert [fault["parameter"] for fault in problem["errors"]] == ["at"]
    problem = reader.refused(f"{path}{mark}at={_at(0)}", 404, "release-not-found")
    assert "Nothing had been published by 2026-04-29T08:00:00.000000Z" in problem["detail"]


def test_takes_this_very_moment(reader: Reader) -> None:
    with time_machine.travel(FIRST_DAY + timedelta(days=2), tick=False):
        assert reader.get(f"books/?at={_at(2)}").headers["Content-Release"] == "2"
        reader.refused(f"books/?at={_at(2, microseconds=1)}", 400, "invalid-parameter")


@pytest.mark.parametrize("offset", ["%2B02:00", "-11:30", "Z", "%2B00:00"])
def test_understands_every_offset(reader: Reader, offset: str) -> None:
    hours = {"%2B02:00": 2, "-11:30": -11.5}.get(offset, 0)
    there = (FIRST_DAY + timedelta(days=2, hours=hours)).strftime("%Y-%m-%dT%H:%M:%S")

    assert reader.get(f"books/?at={there}{offset}").headers["Content-Release"] == "2"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-05-01",
            "2026-05-01T00:00:00",
            "2026-05-01T00:00:00+02:00",
            "2026-05-01 00:00:00Z",
            "now",
            "1746057600",
        ),
        *("2026-02-30T00:00:00Z", "2026-05-01T24:00:01Z", "2026-05-01T00:00:60Z", "0000-01-01T00:00:00Z"),
        *(
            "0001-01-01T00:00:00%2B23:59",
            "2026-05-01T00:00:00.1234567Z",
            "2026-05-01t00:00:00z",
            "2026-W18-5T00:00:00Z",
        ),
    ],
)
def test_refuses_what_is_no_moment(reader: Reader, text: str) -> None:
    assert "at: " in reader.refused(f"books/?at={text}", 400, "invalid-parameter")["detail"]


def test_reads_the_last_of_two_releases_of_one_moment(press: Press, reader: Reader) -> None:
    PublishedRelease.objects.filter(number=3).update(published_at=FIRST_DAY + timedelta(days=2))

    assert reader.get(f"books/?at={_at(2)}").headers["Content-Release"] == "3"


def test_may_be_kept_long_once_a_later_release_has_settled_it(press: Press, reader: Reader) -> None:
    """A release that is on its way may still have been in force at the last moment."""
    settled, unsettled = reader.get(f"books/emma/?at={_at(2)}"), reader.get(f"books/emma/?at={_at(3)}")

    assert settled.headers["Cache-Control"] == "private, max-age=3600"
    assert "max-age=60," in unsettled.headers["Cache-Control"]
    press.publish(replace(EMMA, text="A third time."))
    assert reader.get(f"books/emma/?at={_at(3)}").headers["Cache-Control"] == "private, max-age=3600"


def test_walks_on_in_the_release_of_the_moment(press: Press, reader: Reader) -> None:
    first = reader.get(f"books/?at={_at(3)}&page_size=1").json()
    press.publish(Item("book", "lady-susan"))

    assert [one["slug"] for one in reader.get(first["next"]).json()["results"]] == ["persuasion"]
    cursor = next(part for part in first["next"].partition("?")[2].split("&") if part.startswith("cursor="))
    problem = reader.refused(f"books/?at={_at(2)}&{cursor}", 400, "invalid-parameter")
    assert problem["errors"][0]["parameter"] == "cursor"


def test_shows_no_release_that_was_not_out_yet(reader: Reader) -> None:
    assert reader.get(f"releases/2/?at={_at(2)}").status_code == 200
    reader.refused(f"releases/3/?at={_at(2)}", 404, "release-not-found")
    reader.refused("releases/1/?release=9", 404, "release-not-found")


def test_shows_nothing_that_was_pulled_since(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True)])

    assert reader.get(f"books/?at={_at(3)}").json()["redacted"] == 1
    reader.refused(f"books/emma/?at={_at(1)}", 410, "redacted")
