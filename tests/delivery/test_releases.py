"""The releases themselves, and what their hash can be checked by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from content_api.editions.models import PublishedRelease
from tests.delivery.press import FIRST_DAY, Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

EMMA, PERSUASION = Item("book", "emma"), Item("book", "persuasion")


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read a library of three releases."""
    press.publish(EMMA, PERSUASION, title="The first books")
    press.publish(replace(EMMA, text="Told again."), urgency="URGENT", act_by=FIRST_DAY, notes="Read it.")
    press.publish(withdrawals=[Withdrawal(PERSUASION, is_pull=True)])
    return reader


def test_are_listed_the_newest_first(reader: Reader) -> None:
    page = reader.get("releases/").json()

    assert (page["release"], page["count"], page["next"], page["previous"]) == (3, 3, None, None)
    assert [row["number"] for row in page["results"]] == [3, 2, 1]
    assert [row["previous_hash"] for row in page["results"]] == [row["hash"] for row in page["results"][1:]] + [None]
    assert set(page["results"][0]) == {
        "number", "url", "title", "notes", "urgency", "urgency_label", "act_by", "published_at", "hash",
        "previous_hash", "counts",
    }  # fmt: skip


def test_are_walked_in_pages(press: Press, reader: Reader) -> None:
    first = reader.get("releases/?page_size=2").json()
    press.publish(PERSUASION)

    second = reader.get(first["next"]).json()

    assert [row["number"] for row in first["results"] + second["results"]] == [3, 2, 1]
    assert second["next"] is None
    assert [row["number"] for row in reader.get(second["previous"]).json()["results"]] == [3, 2]


def test_end_at_the_release_that_is_named(reader: Reader) -> None:
    assert [row["number"] for row in reader.get("releases/?release=2").json()["results"]] == [2, 1]
    assert reader.get("releases/1/?release=2").status_code == 200
    reader.refused("releases/3/?release=2", 404, "release-not-found")
    assert reader.get("releases/latest/?release=2").json()["number"] == 2


def test_say_what_they_published_and_took_down(reader: Reader) -> None:
    first, second, third = (reader.get(f"releases/{number}/").json() for number in (1, 2, 3))

    emma = {"id": str(EMMA.content_id), "kind": "book", "slug": "emma", "url": EMMA.url}
    assert first["title"] == "The first books"
    assert (first["notes"], first["act_by"], first["previous_hash"]) == (None, None, None)
    assert [row["slug"] for row in first["published"]] == ["emma", "persuasion"]
    assert second["published"] == [{**emma, "version": 2}]
    assert (second["urgency"], second["urgency_label"], second["notes"]) == ("URGENT", "Urgent", "Read it.")
    assert second["act_by"] == "2026-04-29T08:00:00.000000Z"
    assert third["withdrawn"] == [
        {"id": str(PERSUASION.content_id), "kind": "book", "slug": "persuasion", "url": PERSUASION.url}
    ]
    assert third["counts"] == {"items": 1, "published": 0, "rerendered": 0, "confirmed": 0, "withdrawn": 1}
    assert reader.get("releases/latest/").json() == third


def test_tell_rendered_and_confirmed_texts_from_new_versions(reader: Reader) -> None:
    row = {"id": str(EMMA.content_id), "kind": "book", "slug": "emma", "version": 2}
    published = [{**row, "cause": cause} for cause in ("RERENDER", "CONFIRM", "RERENDER")]
    PublishedRelease.objects.filter(number=2).update(published=published)

    release = reader.get("releases/2/").json()

    assert [len(release[name]) for name in ("published", "rerendered", "confirmed")] == [0, 2, 1]
    assert release["counts"]["rerendered"] == 2
    assert "cause" not in release["rerendered"][0]


def test_write_times_in_utc_with_six_decimals(reader: Reader) -> None:
    PublishedRelease.objects.filter(number=3).update(published_at=datetime(2026, 6, 23, 8, 0, 0, 120, tzinfo=UTC))

    assert reader.get("releases/3/").json()["published_at"] == "2026-06-23T08:00:00.000120Z"


def test_have_a_manifest_of_every_item_by_id(reader: Reader) -> None:
    manifest = reader.get("releases/1/manifest/").json()

    assert (manifest["release"], manifest["count"]) == (1, 2)
    assert manifest["hash"] == reader.get("releases/1/").json()["hash"]
    assert [row["id"] for row in manifest["items"]] == sorted(str(one.content_id) for one in (EMMA, PERSUASION))
    rows = {row["slug"]: row for row in manifest["items"]}
    assert rows["emma"] == {
        "kind": "book",
        "id": str(EMMA.content_id),
        "slug": "emma",
        "version": 1,
        "checksum": reader.get("books/emma/?release=1").json()["checksum"],
        "redacted": False,
    }
    assert rows["persuasion"]["redacted"] is True
    assert [row["version"] for row in reader.get("releases/3/manifest/").json()["items"]] == [2]


def test_never_change_but_for_a_pull(press: Press, reader: Reader) -> None:
    before = [reader.get(path) for path in ("releases/2/", "releases/2/manifest/")]
    press.publish(PERSUASION)
    after = [reader.get(path) for path in ("releases/2/", "releases/2/manifest/")]

    assert [r.content for r in before] == [r.content for r in after]
    assert [r.headers["ETag"] for r in before] == [r.headers["ETag"] for r in after]
    assert {r.headers["Content-Release"] for r in after} == {"2"}
    assert {r.headers["Cache-Control"] for r in after} == {"private, max-age=3600"}
    assert "max-age=60" in reader.get("releases/latest/").headers["Cache-Control"]
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True)])
    assert reader.get("releases/2/manifest/").headers["ETag"] != before[1].headers["ETag"]


def test_name_what_a_pull_took_out_of_the_past(press: Press, reader: Reader) -> None:
    quoting = Item("author", "quoting")
    press.publish(quoting)
    press.publish(quoting)
    number = press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True, shown_by=[quoting])]).number

    told = reader.get(f"releases/{number}/").json()["redacted"]

    gone = {str(one.content_id): one.kind for one in (EMMA, quoting)}
    assert told == [{"id": one, "kind": gone[one]} for one in sorted(gone)]
    assert reader.get(f"releases/{number - 1}/").json()["redacted"] == []


@pytest.mark.parametrize("number", ["0", "4", "9999999999", "00"])
def test_are_not_found_where_there_are_none(reader: Reader, number: str) -> None:
    reader.refused(f"releases/{number}/", 404, "release-not-found")
    reader.refused(f"releases/{number}/manifest/", 404, "release-not-found")


@pytest.mark.parametrize("path", ["releases/-1/", "releases/x/", "releases/12345678901/", "releases/%D9%A3/"])
def test_are_not_found_off_the_routes(reader: Reader, path: str) -> None:
    reader.refused(path, 404, "not-found")
