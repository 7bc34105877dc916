"""The difference between two releases, as a site applies it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from content_api.editions.models import PublishedRelease
from tests.delivery.press import FIRST_DAY, Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

EMMA, PERSUASION, AUSTEN = Item("book", "emma"), Item("book", "persuasion"), Item("author", "austen")
BOOKS = [Item("book", f"book-{number}") for number in range(7)]


def changes(reader: Reader, query: str) -> list[dict[str, Any]]:
    """Return the pages, to the last."""
    pages, following = [], f"changes/?{query}"
    while following:
        response = reader.get(following)
        assert response.status_code == 200, response.content
        pages.append(response.json())
        following = pages[-1]["next"]
    return pages


def _slugs(pages: list[dict[str, Any]], name: str) -> list[str]:
    return [one["slug"] for page in pages for one in page[name]]


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read four releases: of two books, a better text, a withdrawal, and an author."""
    press.publish(EMMA, PERSUASION)
    press.publish(replace(EMMA, text="Told again."))
    press.publish(withdrawals=[Withdrawal(PERSUASION, replaced_by=EMMA, act_by=FIRST_DAY)])
    press.publish(AUSTEN)
    return reader


def test_lead_from_nothing_to_all_that_is_out(reader: Reader) -> None:
    page = reader.get("changes/?since=0").json()

    assert (page["since"], page["since_hash"], page["release"], page["next"]) == (0, None, 4, None)
    assert page["hash"] == reader.get("releases/4/").json()["hash"]
    assert page["count"] == 2
    assert page["withdrawals"] == []
    ids = sorted(str(one.content_id) for one in (EMMA, AUSTEN))
    assert [one["id"] for one in page["upserts"]] == ids


def test_hold_whole_items_as_they_are_delivered(reader: Reader) -> None:
    upserts = {one["slug"]: one for one in reader.get("changes/?since=1").json()["upserts"]}

    assert upserts == {"emma": reader.get("books/emma/").json(), "austen": reader.get("authors/austen/").json()}


def test_say_what_must_go_and_why(reader: Reader) -> None:
    (gone,) = reader.get("changes/?since=1").json()["withdrawals"]

    assert gone == {
        "id": str(PERSUASION.content_id),
        "kind": "book",
        "slug": "persuasion",
        "url": "/api/v1/books/persuasion/",
        "reason": "OUTDATED",
        "public_note": "It no longer holds.",
        "withdrawn_in_release": 3,
        "withdrawn_at": "2026-05-02T08:00:00.000000Z",
        "partner_action": "REMOVE",
        "act_by": "2026-04-29T08:00:00.000000Z",
        "replaced_by": {
            "id": str(EMMA.content_id), "kind": "book", "slug": "emma", "name": "Emma", "url": "/api/v1/books/emma/",
        },
    }  # fmt: skip


def test_lead_to_the_release_that_is_named(reader: Reader) -> None:
    page = reader.get("changes/?since=1&release=2").json()

    assert (page["release"], page["count"], page["redacted"]) == (2, 1, 0)
    assert [one["text"] for one in page["upserts"]] == ["Told again."]
    assert page["withdrawals"] == []
    assert reader.get("changes/?since=2&release=2").json()["count"] == 0
    assert "redacted" not in reader.get("changes/?since=1").json()


def test_tell_nothing_of_what_came_and_went(press: Press, reader: Reader) -> None:
    press.publish(PERSUASION)

    assert reader.get("changes/?since=4").json()["withdrawals"] == []
    assert _slugs(changes(reader, "since=1"), "withdrawals") == []
    assert set(_slugs(changes(reader, "since=3"), "upserts")) == {"austen", "persuasion"}


def test_name_what_was_pulled_since_and_show_it_nowhere(press: Press, reader: Reader) -> None:
    """Release 2 can no longer be held whole: whoever held Emma from release 1 is told to take it down there too."""
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True)])

    to_the_second, to_the_last = (reader.get(f"changes/?since=1{more}") for more in ("&release=2", ""))
    for page in (to_the_second, to_the_last):
        assert b"Told again" not in page.content
        gone = {one["slug"]: one for one in page.json()["withdrawals"]}["emma"]
        assert (gone["withdrawn_in_release"], gone["reason"], gone["partner_action"]) == (5, "SAFETY", "REMOVE")
    assert (to_the_second.json()["redacted"], to_the_second.json()["upserts"]) == (1, [])
    from_nothing = reader.get("changes/?since=0&release=2").json()
    assert (from_nothing["withdrawals"], from_nothing["redacted"]) == ([], 1)
    assert [one["slug"] for one in from_nothing["upserts"]] == ["persuasion"]


def test_ask_to_refresh_a_text_that_showed_what_was_pulled(press: Press, reader: Reader) -> None:
    press.publish(replace(EMMA, text="Without her."))
    press.publish(withdrawals=[Withdrawal(AUSTEN, is_pull=True, shown_by=[EMMA])])

    gone = {one["slug"]: one for one in reader.get("changes/?since=1&release=2").json()["withdrawals"]}["emma"]
    assert (gone["withdrawn_in_release"], gone["partner_action"], gone["replaced_by"]) == (6, "REFRESH", None)
    assert gone["public_note"] == "It showed something that was pulled in release 6."
    current = reader.get("changes/?since=1").json()
    assert ([one["text"] for one in current["upserts"]], _slugs([current], "withdrawals")) == (
        ["Without her."], ["persuasion"],
    )  # fmt: skip


def test_walk_in_pages_within_two_releases(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS, withdrawals=[Withdrawal(EMMA), Withdrawal(AUSTEN)])
    whole = reader.get("changes/?since=4").json()
    for size in (1, 2, 3, 5, 8, 9, 10):
        pages = changes(reader, f"since=4&page_size={size}")
        assert _slugs(pages, "withdrawals") == [one["slug"] for one in whole["withdrawals"]]
        assert _slugs(pages, "upserts") == [one["slug"] for one in whole["upserts"]]
        assert all(len(page["withdrawals"]) + len(page["upserts"]) <= size for page in pages)
        assert {page["count"] for page in pages} == {9}
        assert len(pages) == -(-9 // size)
    assert [one["id"] for one in whole["upserts"]] == sorted(one["id"] for one in whole["upserts"])


def test_stay_in_their_releases_while_others_go_out(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    first = reader.get("changes/?since=4&page_size=3").json()
    press.publish(*(replace(one, text="Told again.") for one in BOOKS), withdrawals=[Withdrawal(EMMA)])

    second = reader.get(first["next"]).json()

    assert (second["since"], second["release"], second["hash"]) == (4, 5, first["hash"])
    assert {one["text"] for one in second["upserts"]} == {"As it was first told."}


def test_carry_the_number_and_hash_of_both_releases(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    following = reader.get("changes/?since=4&page_size=3").json()["next"]
    assert f"since_hash={reader.get('releases/4/').json()['hash'].replace(':', '%3A')}" in following

    PublishedRelease.objects.filter(number=4).update(hash="sha256:" + "4" * 64)
    reader.refused(following, 409, "history-diverged")
    PublishedRelease.objects.filter(number=4).update(hash=following.partition("since_hash=sha256%3A")[2][:64])
    PublishedRelease.objects.filter(number=5).update(hash="sha256:" + "5" * 64)
    reader.refused(following, 409, "history-diverged")


@pytest.mark.parametrize("query", ["since=5", "since=9999999999", "since=5&release=2", "since=1&since_hash=sha256:{}"])
def test_refuse_to_continue_from_a_release_that_is_not_ours(reader: Reader, query: str) -> None:
    problem = reader.refused(f"changes/?{query.format('0' * 64)}", 409, "history-diverged")

    assert "since=0" in problem["detail"]


def test_go_on_from_a_hash_that_is_ours(reader: Reader) -> None:
    known = reader.get("releases/1/").json()["hash"]

    assert reader.get(f"changes/?since=1&since_hash={known}").json()["since_hash"] == known


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "since"),
        ("release=1", "since"),
        ("since=-1", "since"),
        ("since=one", "since"),
        ("since=3&release=2", "since"),
        ("since=1&since_hash=abc", "since_hash"),
        (f"since=0&since_hash=sha256:{'0' * 64}", "since_hash"),
        ("since=1&page_size=0", "page_size"),
        ("since=1&cursor=abc", "cursor"),
    ],
)
def test_refuse_what_cannot_be_asked(reader: Reader, query: str, parameter: str) -> None:
    problem = reader.refused(f"changes/?{query}", 400, "invalid-parameter")

    assert problem["errors"][0]["parameter"] == parameter


def test_refuse_a_release_that_is_not_there_and_a_cursor_of_another_question(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    cursor = reader.get("changes/?since=4&page_size=1").json()["next"].partition("cursor=")[2].partition("&")[0]

    reader.refused("changes/?since=1&release=9", 404, "release-not-found")
    assert reader.get(f"changes/?since=4&cursor={cursor}").status_code == 200
    for path in (f"changes/?since=3&cursor={cursor}", f"books/?cursor={cursor}"):
        assert reader.refused(path, 400, "invalid-parameter")["errors"][0]["parameter"] == "cursor"


def test_may_be_kept_while_neither_release_can_change(press: Press, reader: Reader) -> None:
    path = "changes/?since=1&release=2"
    etag = reader.get(path).headers["ETag"]
    press.publish(*BOOKS)

    assert reader.get(path, If_None_Match=etag).status_code == 304
    assert reader.get(path).headers["Cache-Control"] == "private, max-age=3600"
    assert "max-age=60," in reader.get("changes/?since=1").headers["Cache-Control"]
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True)])
    assert reader.get(path, If_None_Match=etag).status_code == 200


def test_are_the_lines_of_the_export(reader: Reader) -> None:
    lines = reader.get("export/").getvalue().splitlines()

    assert [orjson.dumps(one) for one in reader.get("changes/?since=0").json()["upserts"]] == lines
