"""One item: what its address answers, now and in earlier releases."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content_api.editions.models import Edition
from tests.delivery.press import FIRST_DAY, Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

EMMA = Item("book", "emma", content_id=uuid.UUID("0b8e1f5a-6d1c-4a57-8f0e-5a2f3f6f1a01"))
PERSUASION = Item("book", "persuasion")


def test_answers_the_stored_bytes(press: Press, reader: Reader) -> None:
    press.publish(EMMA)

    response = reader.get("books/emma/")

    assert response.content.decode() == Edition.objects.get().body
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Release"] == "1"


@pytest.mark.parametrize("address", [str(EMMA.content_id), str(EMMA.content_id).upper(), EMMA.content_id.hex])
def test_answers_by_id_in_place_of_the_slug(press: Press, reader: Reader, address: str) -> None:
    press.publish(EMMA)

    assert reader.get(f"books/{address}/").json()["slug"] == "emma"


def test_answers_as_it_read_in_an_earlier_release(press: Press, reader: Reader) -> None:
    press.publish(EMMA)
    press.publish(replace(EMMA, text="Told again."))

    assert reader.get("books/emma/?release=1").json()["text"] == "As it was first told."
    assert reader.get("books/emma/").json()["text"] == "Told again."
    assert reader.get("books/emma/?release=2").json()["text"] == "Told again."


def test_sends_an_old_slug_to_the_new_one_with_the_same_query(press: Press, reader: Reader) -> None:
    press.publish(EMMA)
    press.publish(replace(EMMA, slug="emma-woodhouse"))

    moved = reader.get("books/emma/?release=2")

    assert (moved.status_code, moved.headers["Location"]) == (308, "/api/v1/books/emma-woodhouse/?release=2")
    assert reader.get("books/emma/?release=1").status_code == 200
    assert reader.get("books/emma-woodhouse/?release=1").headers["Location"] == "/api/v1/books/emma/?release=1"


def test_sends_what_lies_below_an_old_slug_along(press: Press, reader: Reader) -> None:
    press.publish(replace(EMMA, slug="books"))
    press.publish(replace(EMMA, slug="blurb"))

    assert reader.get("books/books/blurb/?day=2026-01-01").headers["Location"] == (
        "/api/v1/books/blurb/blurb/?day=2026-01-01"
    )


def test_says_why_it_was_withdrawn_and_what_replaces_it(press: Press, reader: Reader) -> None:
    press.publish(EMMA, PERSUASION)
    press.publish(withdrawals=[Withdrawal(EMMA, replaced_by=PERSUASION, act_by=FIRST_DAY)])

    problem = reader.refused("books/emma/", 410, "withdrawn")

    assert problem["reason"] == "OUTDATED"
    assert problem["public_note"] == "It no longer holds."
    assert problem["withdrawn_in_release"] == 2
    assert problem["withdrawn_at"] == "2026-05-01T08:00:00.000000Z"
    assert problem["act_by"] == "2026-04-29T08:00:00.000000Z"
    assert problem["partner_action"] == "REMOVE"
    assert problem["replaced_by"] == {
        "id": str(PERSUASION.content_id),
        "kind": "book",
        "slug": "persuasion",
        "name": "Persuasion",
        "url": "/api/v1/books/persuasion/",
    }
    assert reader.refused(f"books/{EMMA.content_id}/", 410, "withdrawn")["withdrawn_in_release"] == 2
    assert reader.get("books/emma/?release=1").status_code == 200


def test_names_no_replacement_that_is_not_live(press: Press, reader: Reader) -> None:
    press.publish(EMMA, PERSUASION)
    press.publish(withdrawals=[Withdrawal(EMMA, replaced_by=PERSUASION)])
    press.publish(withdrawals=[Withdrawal(PERSUASION)])

    assert reader.refused("books/emma/", 410, "withdrawn")["replaced_by"] is None
    assert reader.refused("books/emma/?release=2", 410, "withdrawn")["replaced_by"]["slug"] == "persuasion"


def test_answers_again_when_it_is_published_again(press: Press, reader: Reader) -> None:
    press.publish(EMMA)
    press.publish(withdrawals=[Withdrawal(EMMA)])
    press.publish(EMMA)

    assert reader.get("books/emma/").status_code == 200
    assert reader.get("books/emma/?release=2").status_code == 410


def test_says_410_at_an_old_slug_of_what_was_withdrawn(press: Press, reader: Reader) -> None:
    press.publish(EMMA)
    press.publish(replace(EMMA, slug="emma-woodhouse"))
    press.publish(withdrawals=[Withdrawal(replace(EMMA, slug="emma-woodhouse"))])

    assert reader.refused("books/emma/", 410, "withdrawn")["withdrawn_in_release"] == 3


def test_is_gone_from_earlier_releases_when_it_was_pulled(press: Press, reader: Reader) -> None:
    press.publish(EMMA, PERSUASION)
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True, replaced_by=PERSUASION)])

    problem = reader.refused("books/emma/?release=1", 410, "redacted")

    assert (problem["reason"], problem["withdrawn_in_release"]) == ("SAFETY", 2)
    assert problem["replaced_by"]["slug"] == "persuasion"
    assert reader.refused("books/emma/", 410, "withdrawn")["reason"] == "SAFETY"


def test_is_gone_where_it_showed_what_was_pulled_but_stands_as_it_now_reads(press: Press, reader: Reader) -> None:
    press.publish(EMMA, PERSUASION)
    clean = replace(PERSUASION, text="Without Emma.")
    press.publish(clean, withdrawals=[])
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True, shown_by=[PERSUASION])])

    problem = reader.refused("books/persuasion/?release=1", 410, "redacted")

    assert "showed something that was pulled" in problem["detail"]
    assert problem["replaced_by"] is None
    assert reader.get("books/persuasion/").json()["text"] == "Without Emma."


@pytest.mark.parametrize("address", ["persuasion", "Emma", "0b8e1f5a-6d1c-4a57-8f0e-5a2f3f6f1aff", "-", "a" * 100])
def test_is_not_found_in_the_same_words_whatever_was_never_public(press: Press, reader: Reader, address: str) -> None:
    press.publish(EMMA)

    problem = reader.refused(f"books/{address}/", 404, "not-found")

    assert problem["detail"] == f"There is no book “{address}” in release 1."


def test_is_not_found_before_its_first_release_nor_under_another_kind(press: Press, reader: Reader) -> None:
    press.publish(PERSUASION)
    press.publish(EMMA)

    reader.refused("books/emma/?release=1", 404, "not-found")
    reader.refused(f"authors/{EMMA.content_id}/", 404, "not-found")


@pytest.mark.parametrize(
    "path", ["books/emma", "books/em%00ma/", "books/%FF/", "books/emma/reviews/", "poems/", "books//"]
)
def test_is_not_found_off_the_routes(press: Press, reader: Reader, path: str) -> None:
    press.publish(EMMA)

    reader.refused(path, 404, "not-found")


def test_says_that_a_slash_is_missing(press: Press, reader: Reader) -> None:
    press.publish(EMMA)

    assert "“/api/v1/books/emma/”" in reader.refused("books/emma", 404, "not-found")["detail"]


@pytest.mark.parametrize("path", ["", "emma/", "emma/blurb/"])
def test_refuses_a_release_that_does_not_exist(press: Press, reader: Reader, path: str) -> None:
    press.publish(EMMA)

    for number in ("0", "2", "9999999999"):
        problem = reader.refused(f"books/{path}?release={number}", 404, "release-not-found")
        assert number in problem["detail"]


def test_says_that_nothing_is_published_yet(reader: Reader) -> None:
    reader.refused("books/", 404, "nothing-published")
    reader.refused("books/emma/", 404, "nothing-published")
    reader.refused("releases/latest/", 404, "nothing-published")
    assert reader.get("releases/").json()["results"] == []


def test_reads_below_an_item_in_the_same_ways(press: Press, reader: Reader) -> None:
    press.publish(EMMA)

    assert reader.get("books/emma/blurb/?day=2026-06-22").json() == {"book": "emma", "day": "2026-06-22"}
    assert reader.get(f"books/{EMMA.content_id}/blurb/").json() == {"book": "emma", "day": None}
    reader.refused("books/persuasion/blurb/", 404, "not-found")
    assert (
        reader.refused("books/emma/blurb/?day=22.6.2026", 400, "invalid-parameter")["errors"][0]["parameter"] == "day"
    )
    assert "“day”" in reader.refused("books/emma/blurb/?dya=2026-06-22", 400, "unknown-parameter")["detail"]
