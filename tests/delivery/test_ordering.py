"""The order of a list: by any of its values, up or down, walked in pages of any size, alike on both engines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from content_api.delivery import ordering
from tests.delivery.library import AUTHOR, BOOK
from tests.delivery.press import Item

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

# (slug, name, printed on, next review, release)
BOOKS = [
    ("e", "emma", ["1815-12-23"], date(2027, 3, 1), 1),
    ("d", "Émile", ["1762-05-01"], date(2027, 1, 1), 1),
    ("c", "Zadig", [], date(2027, 1, 1), 2),
    ("b", "恺力", ["1815-12-23"], date(2027, 2, 1), 2),
    ("a", "Emma", [], date(2027, 1, 1), 1),
    ("a-1", "an end", ["1900-01-01", "1700-01-01"], date(2027, 1, 1), 2),
]
IN_ORDER = {
    "slug": "a a-1 b c d e",
    "-slug": "e d c b a-1 a",
    "name": "a c a-1 e d b",
    "-name": "b d e a-1 c a",
    "release": "a d e a-1 b c",
    "-release": "a-1 b c a d e",
    "published_at": "a d e a-1 b c",
    "-published_at": "a-1 b c a d e",
    "next_review": "a a-1 c d b e",
    "-next_review": "e b a a-1 c d",
    "printed_on": "a-1 d b e a c",
    "-printed_on": "b e d a-1 a c",
}


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read books that differ in all that a list can be ordered by."""
    for release in (1, 2):
        press.publish(
            *(
                Item("book", slug, {"printed_on": days} if days else {}, name=name, next_review=review)
                for slug, name, days, review, out in BOOKS
                if out == release
            )
        )
    return reader


def _walk(reader: Reader, path: str, way: str = "next") -> list[dict[str, Any]]:
    pages = [reader.get(path).json()]
    while pages[-1][way]:
        pages.append(reader.get(pages[-1][way]).json())
    return pages


def _slugs(pages: list[dict[str, Any]]) -> str:
    return " ".join(item["slug"] for page in pages for item in page["results"])


@pytest.mark.parametrize("asked", IN_ORDER)
@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_is_as_asked_for_in_pages_of_any_size_and_back(reader: Reader, asked: str, size: int) -> None:
    pages = _walk(reader, f"books/?ordering={asked}&page_size={size}")

    assert _slugs(pages) == IN_ORDER[asked]
    back = _walk(reader, pages[-2]["next"] if len(pages) > 1 else f"books/?ordering={asked}", "previous")
    assert _slugs(back[::-1]) == IN_ORDER[asked]


def test_is_tried_for_every_choice() -> None:
    assert set(IN_ORDER) == set(ordering.choices(BOOK))
    assert "printed_on" not in ordering.choices(AUTHOR)


def test_is_by_slug_unless_the_kind_says_otherwise(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader.results("books/") == IN_ORDER["slug"].split()

    monkeypatch.setitem(BOOK.__dict__, "default_ordering", "printed_on")
    assert reader.results("books/") == IN_ORDER["printed_on"].split()
    assert _slugs(_walk(reader, "books/?page_size=2")) == IN_ORDER["printed_on"]


def test_is_kept_under_a_filter(reader: Reader) -> None:
    assert reader.results("books/?ordering=-name&next_review_before=2027-01-01") == ["d", "a-1", "c", "a"]


@pytest.mark.parametrize(
    ("asked", "offer"),
    [
        ("printed", "Did you mean “printed_on”"),
        ("slug,name", "There is no value"),
        ("-", "There is no value"),
        ("body", "There is no value"),
        ("facets__value", "There is no value"),
    ],
)
def test_is_refused_where_there_is_no_such_value(reader: Reader, asked: str, offer: str) -> None:
    problem = reader.refused(f"books/?ordering={asked}", 400, "invalid-parameter")

    assert problem["errors"][0]["parameter"] == "ordering"
    assert offer in problem["errors"][0]["detail"]
    reader.refused("authors/?ordering=printed_on", 400, "invalid-parameter")


def test_binds_the_cursor(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    following = reader.get("books/?ordering=name&page_size=2").json()["next"]

    reader.refused(following.replace("ordering=name", "ordering=-name"), 400, "invalid-parameter")

    plain = reader.get("books/?page_size=2").json()["next"]
    monkeypatch.setitem(BOOK.__dict__, "default_ordering", "name")  # as a new release of the code might
    assert "another order" in reader.refused(plain, 400, "invalid-parameter")["detail"]
