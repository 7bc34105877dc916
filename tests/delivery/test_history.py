"""How an item came to read as it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonpatch
import pytest

from content_api.rendering.envelope import NAMES
from tests.delivery.press import FIRST_DAY, Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

EMMA, AUSTEN = Item("book", "emma"), Item("author", "austen")
TEXTS = ["As it was first told.", "Told again.", "A third time.", "At last."]


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read a book that was told four times, in releases 1, 2, 4 and 5, the last time at another address."""
    press.publish(EMMA, AUSTEN)
    press.publish(replace(EMMA, text=TEXTS[1]))
    press.publish(replace(AUSTEN, text="Another."))
    press.publish(replace(EMMA, text=TEXTS[2]))
    press.publish(replace(EMMA, text=TEXTS[3], slug="emma-woodhouse"))
    return reader


def _entries(reader: Reader, path: str) -> list[dict[str, Any]]:
    response = reader.get(path)
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["results"]
    return found


def test_lists_every_text_the_newest_first(reader: Reader) -> None:
    page = reader.get("books/emma-woodhouse/history/").json()

    assert {name: page[name] for name in ("release", "count", "next", "previous")} == {
        "release": 5, "count": 4, "next": None, "previous": None,
    }  # fmt: skip
    assert [(one["release"], one["until_release"], one["version"]) for one in page["results"]] == [
        (5, None, 4), (4, 5, 3), (2, 4, 2), (1, 2, 1),
    ]  # fmt: skip
    newest = reader.get("books/emma-woodhouse/").json()
    assert page["results"][0] == {
        "release": 5,
        "until_release": None,
        "version": 4,
        "slug": "emma-woodhouse",
        "checksum": newest["checksum"],
        "url": "/api/v1/books/emma-woodhouse/?release=5",
        "cause": "VERSION",
        "cause_label": "A new version",
        "published_at": "2026-05-04T08:00:00.000000Z",
        **{name: newest[name] for name in ("last_reviewed", "next_review", "facts_as_of", "reviewed_by", "change")},
        "redacted": False,
        "withdrawal": None,
        "patch": [
            {"op": "replace", "path": "/slug", "value": "emma-woodhouse"},
            {"op": "replace", "path": "/url", "value": "/api/v1/books/emma-woodhouse/"},
            {"op": "replace", "path": "/name", "value": "Emma-Woodhouse"},
            {"op": "replace", "path": "/text", "value": "At last."},
        ],
    }


def test_has_patches_that_lead_from_text_to_text(reader: Reader) -> None:
    entries = _entries(reader, "books/emma-woodhouse/history/")
    read = [reader.get(one["url"].replace("emma-woodhouse", str(EMMA.content_id))).json() for one in entries]
    substances = [{name: value for name, value in one.items() if name not in NAMES} for one in read]

    assert entries[-1]["patch"] is None
    for entry, after, before in zip(entries, substances, substances[1:], strict=False):
        assert jsonpatch.apply_patch(before, entry["patch"]) == after
        assert {step["path"] for step in entry["patch"]} <= {f"/{name}" for name in after}


def test_ends_at_the_release_that_is_read(reader: Reader) -> None:
    entries = _entries(reader, "books/emma/history/?release=3")

    assert [(one["release"], one["until_release"]) for one in entries] == [(2, None), (1, 2)]
    assert [one["slug"] for one in entries] == ["emma", "emma"]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_is_walked_in_pages(press: Press, reader: Reader, size: int) -> None:
    whole = _entries(reader, "books/emma-woodhouse/history/")
    following, walked = f"books/emma-woodhouse/history/?page_size={size}", list[dict[str, Any]]()
    while following:
        page = reader.get(following).json()
        press.publish(replace(EMMA, text=f"Told in {len(walked)} ways.", slug="emma-woodhouse"))
        walked, following = walked + page["results"], page["next"]

    assert walked == whole


def test_sends_an_old_slug_to_the_new_one(reader: Reader) -> None:
    moved = reader.get("books/emma/history/?page_size=2")

    assert (moved.status_code, moved.headers["Location"]) == (308, "/api/v1/books/emma-woodhouse/history/?page_size=2")
    assert reader.get(f"books/{EMMA.content_id}/history/").status_code == 200


def test_follows_its_item_while_that_is_withdrawn(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(replace(EMMA, slug="emma-woodhouse"), replaced_by=AUSTEN, act_by=FIRST_DAY)])

    gone, item = (reader.refused(f"books/emma-woodhouse/{below}", 410, "withdrawn") for below in ("history/", ""))

    assert {**gone, "instance": ""} == {**item, "instance": ""}
    assert gone["replaced_by"]["slug"] == "austen"
    assert len(_entries(reader, "books/emma-woodhouse/history/?release=5")) == 4


def test_says_where_it_was_away(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(replace(EMMA, slug="emma-woodhouse"))])
    press.publish(replace(EMMA, text="Back again.", slug="emma-woodhouse"))

    back, before, *_ = _entries(reader, "books/emma-woodhouse/history/")

    assert (back["release"], back["withdrawal"]) == (7, None)
    assert (before["until_release"], before["withdrawal"]["withdrawn_in_release"]) == (6, 6)
    assert before["withdrawal"]["public_note"] == "It no longer holds."
    assert back["patch"] == [{"op": "replace", "path": "/text", "value": "Back again."}]
    assert _entries(reader, "books/emma-woodhouse/history/?release=5")[0]["withdrawal"] is None


def test_shows_neither_side_of_what_was_pulled(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(replace(EMMA, slug="emma-woodhouse"), is_pull=True)])
    reader.refused("books/emma-woodhouse/history/", 410, "withdrawn")
    reader.refused("books/emma/history/?release=4", 410, "redacted")
    press.publish(replace(EMMA, text="Back again.", slug="emma-woodhouse"))
    press.publish(replace(EMMA, text="And better.", slug="emma-woodhouse"))

    response = reader.get("books/emma-woodhouse/history/")

    assert not [text for text in TEXTS if text.encode() in response.content]
    entries = response.json()["results"]
    assert [one["redacted"] for one in entries] == [False, False, True, True, True, True]
    assert [one["patch"] for one in entries[1:]] == [None] * 5
    assert entries[0]["patch"] == [{"op": "replace", "path": "/text", "value": "And better."}]
    hidden = ("last_reviewed", "next_review", "facts_as_of", "reviewed_by", "change")
    assert {entry[name] for entry in entries[2:] for name in hidden} == {None}
    assert all(entry["checksum"] for entry in entries)


def test_is_refused_like_its_item(reader: Reader) -> None:
    reader.refused("books/emmy/history/", 404, "not-found")
    reader.refused("books/emma/history/?release=9", 404, "release-not-found")
    reader.refused("books/emma-woodhouse/history/?ordering=release", 400, "unknown-parameter")
    cursor = reader.get("books/emma-woodhouse/history/?page_size=1").json()["next"].partition("cursor=")[2]
    cursor = cursor.partition("&")[0]
    problem = reader.refused(f"authors/austen/history/?cursor={cursor}", 400, "invalid-parameter")
    assert problem["errors"][0]["parameter"] == "cursor"
