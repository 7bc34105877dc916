"""Lists: whole items, in pages that see one release from end to end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
import pytest

from content_api.editions.models import Edition, PublishedRelease
from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

BOOKS = [Item("book", slug, {"color": [color]}) for slug, color in zip("abcdefg", ["RED", "BLUE"] * 4, strict=False)]


def _walk(reader: Reader, path: str, way: str = "next") -> list[dict[str, Any]]:
    pages = [reader.get(path).json()]
    while pages[-1][way]:
        pages.append(reader.get(pages[-1][way]).json())
    return pages


def _slugs(pages: list[dict[str, Any]]) -> str:
    return "".join(item["slug"] for page in pages for item in page["results"])


def test_holds_the_stored_bytes_of_every_live_item_in_order(press: Press, reader: Reader) -> None:
    press.publish(*reversed(BOOKS), Item("author", "austen"))

    response = reader.get("books/")

    envelope = {"release": 1, "count": 7, "next": None, "previous": None}
    bodies = ",".join(Edition.objects.filter(kind="book").order_by("slug").values_list("body", flat=True))
    assert response.content.decode() == orjson.dumps(envelope).decode()[:-1] + f',"results":[{bodies}]}}'


def test_is_empty_where_nothing_of_the_kind_is_live(press: Press, reader: Reader) -> None:
    press.publish(Item("author", "austen"))

    assert reader.get("books/").json() == {"release": 1, "count": 0, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 200])
def test_is_walked_whole_in_pages_of_any_size(press: Press, reader: Reader, size: int) -> None:
    press.publish(*BOOKS)

    pages = _walk(reader, f"books/?page_size={size}")

    assert _slugs(pages) == "abcdefg"
    assert {(page["count"], page["release"]) for page in pages} == {(7, 1)}
    assert [page["previous"] is None for page in pages] == [True, *[False] * (len(pages) - 1)]
    back = _walk(reader, pages[-2]["next"] if len(pages) > 1 else f"books/?page_size={size}", "previous")
    assert _slugs(back[::-1]) == "abcdefg"
    assert back[-1]["next"] is None or len(back) > 1


def test_walks_through_one_release_whatever_is_published_meanwhile(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    first = reader.get("books/?page_size=3").json()

    press.publish(Item("book", "ab"), Item("book", "ee"), withdrawals=[Withdrawal(BOOKS[4])])

    assert _slugs([first, *_walk(reader, first["next"])]) == "abcdefg"
    assert _slugs(_walk(reader, "books/?page_size=3")) == "aabbcdeefg"
    assert reader.get(first["next"]).headers["Content-Release"] == "1"


def test_leaves_out_what_was_pulled_and_says_how_many(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    first = reader.get("books/?page_size=3").json()
    press.publish(withdrawals=[Withdrawal(BOOKS[4], is_pull=True)])

    rest = _walk(reader, first["next"])

    assert _slugs(rest) == "dfg"
    assert {(page["count"], page["redacted"]) for page in rest} == {(6, 1)}
    assert reader.get("books/?release=1").json()["redacted"] == 1
    assert "redacted" not in reader.get("books/").json()
    assert reader.get("authors/?release=1").json()["redacted"] == 0


def test_counts_what_was_pulled_alike_under_every_filter(press: Press, reader: Reader) -> None:
    """A count that followed the filter would tell the color of a book that is gone."""
    press.publish(*BOOKS)
    press.publish(withdrawals=[Withdrawal(BOOKS[0], is_pull=True)])

    red, blue = (reader.get(f"books/?release=1&color={color}").json() for color in ("RED", "BLUE"))

    assert red["redacted"] == blue["redacted"] == 1
    assert (red["count"], blue["count"]) == (3, 3)


def test_shows_an_earlier_release_as_it_was(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS[:2])
    press.publish(replace(BOOKS[0], slug="z"), BOOKS[2], withdrawals=[Withdrawal(BOOKS[1])])

    assert reader.results("books/?release=1") == ["a", "b"]
    assert reader.results("books/") == ["c", "z"]


def test_keeps_filters_and_size_in_its_links_and_never_the_host_it_was_asked_at(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)

    response = reader.client.get(
        "/api/v1/books/?page_size=2&color=RED",
        headers={"Authorization": f"Bearer {reader.key}", "Host": "localhost", "X-Forwarded-Host": "evil.example"},
    )

    link = urlsplit(response.json()["next"])
    assert (link.scheme, link.netloc, link.path) == ("http", "testserver", "/api/v1/books/")
    assert "color=RED" in link.query
    assert "page_size=2" in link.query
    assert _slugs(_walk(reader, "books/?page_size=2&color=RED")) == "aceg"


def test_takes_another_page_size_in_the_middle_of_a_walk(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    following = reader.get("books/?page_size=2").json()["next"]

    assert _slugs([reader.get(following.replace("page_size=2", "page_size=4")).json()]) == "cdef"


def test_refuses_a_cursor_that_was_changed_or_belongs_elsewhere(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS, *(Item("author", slug) for slug in "ab"))
    press.publish(Item("author", "c"))
    following = reader.get("books/?page_size=2&release=1").json()["next"]
    cursor = next(part for part in urlsplit(following).query.split("&") if part.startswith("cursor="))

    assert reader.get(f"books/?page_size=2&{cursor}").status_code == 200
    for path in (
        f"books/?{cursor}x",
        f"books/?{cursor[:-1]}",
        "books/?cursor=abc",
        "books/?cursor=.",
        f"books/?color=RED&{cursor}",
        f"authors/?{cursor}",
        f"releases/?{cursor}",
        f"books/?release=2&{cursor}",
    ):
        assert reader.refused(path, 400, "invalid-parameter")["errors"][0]["parameter"] == "cursor", path


def test_refuses_a_cursor_of_a_release_that_was_replaced(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)
    following = reader.get("books/?page_size=2").json()["next"]
    PublishedRelease.objects.update(hash="sha256:" + "0" * 64)

    reader.refused(following, 409, "history-diverged")


def test_refuses_a_release_that_there_is_not(press: Press, reader: Reader) -> None:
    press.publish(*BOOKS)

    assert len(reader.results("books/?release=1")) == 7
    reader.refused("books/?release=2", 404, "release-not-found")


@pytest.mark.parametrize("size", ["0", "201", "-1", "1.0", "ten", "1e2", "٣", "9" * 25, ""])
def test_refuses_a_page_size_out_of_bounds(press: Press, reader: Reader, size: str) -> None:
    press.publish(*BOOKS)

    problem = reader.refused(f"books/?page_size={size}", 400, "invalid-parameter")

    assert problem["errors"][0]["parameter"] == "page_size"
