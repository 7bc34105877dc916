"""Search: every word must be found; the best places come first; equal on both engines, and for ever in a release."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

ALIAS = {"aliases": [{"name": "CT041"}, {"name": "恺力美"}]}
IN_TITLE = Item("book", "z-title", name="Satri-cel in China", members=ALIAS, text="Nothing more.")
IN_SHORT = Item("book", "y-short", name="A blurb", members={"blurb_markdown": "Of satri-cel, in **China**."}, text="-")
IN_TEXT = Item("book", "b-text", name="A text", text="It tells of satri-cel. China is not in its title.")
ALSO_IN_TEXT = Item("book", "a-text", name="Satri-cel", text="Approved in China.")
AUTHOR = Item("author", "b-text", name="Satri Cel of China")
EVERYTHING = [IN_TITLE, IN_SHORT, IN_TEXT, ALSO_IN_TEXT, AUTHOR]
IN_ORDER = ["author/b-text", "book/z-title", "book/y-short", "book/a-text", "book/b-text"]


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read a few texts that hold the same words in other places."""
    press.publish(*EVERYTHING)
    return reader


def _found(reader: Reader, path: str) -> list[str]:
    response = reader.get(path)
    assert response.status_code == 200, response.content
    return [f"{hit['kind']}/{hit['slug']}" for hit in response.json()["results"]]


def _q(text: str, more: str = "") -> str:
    return f"search/?q={quote(text)}{more}"


@pytest.mark.parametrize("query", ["satri-cel China", "china SATRICEL", "satri cel china", "chin* satri*"])
def test_finds_names_first_then_short_texts_then_texts_then_by_slug(reader: Reader, query: str) -> None:
    assert _found(reader, _q(query)) == (IN_ORDER if "SATRI" not in query else IN_ORDER[1:])


def test_is_walked_in_pages_of_any_size_and_back(reader: Reader) -> None:
    for size in (1, 2, 3):
        pages = [reader.get(_q("satri-cel china", f"&page_size={size}")).json()]
        while pages[-1]["next"]:
            pages.append(reader.get(pages[-1]["next"]).json())
        assert [hit["slug"] for page in pages for hit in page["results"]] == [one.split("/")[1] for one in IN_ORDER]
        assert {page["count"] for page in pages} == {5}
        back = reader.get(pages[-1]["previous"]).json()
        assert back["results"] == pages[-2]["results"]


def test_needs_every_word(reader: Reader) -> None:
    assert _found(reader, _q("china nowhere")) == []
    assert _found(reader, _q("approved china")) == ["book/a-text"]


def test_finds_a_chinese_name_by_a_part_of_it(reader: Reader) -> None:
    hits = reader.get(_q("恺力")).json()["results"]

    assert hits == [
        {
            "id": str(IN_TITLE.content_id),
            "kind": "book",
            "slug": "z-title",
            "name": "Satri-cel in China",
            "url": "/api/v1/books/z-title/",
            "highlights": [{"field": "/aliases/1/name", "start": 0, "end": 2}],
        }
    ]
    assert _found(reader, _q("恺")) == _found(reader, _q("力美")) == _found(reader, _q("ct-041")) == ["book/z-title"]
    assert _found(reader, _q("美力")) == []


def test_marks_the_words_in_the_delivered_text(reader: Reader) -> None:
    hits: list[dict[str, Any]] = reader.get(_q("satri-cel china", "&kind=book")).json()["results"]

    marked = {}
    for hit in hits:
        item = reader.get(hit["url"]).json()
        marked[hit["slug"]] = [item[mark["field"][1:]][mark["start"] : mark["end"]] for mark in hit["highlights"]]
    assert marked == {
        "z-title": ["Satri-cel", "China"],
        "y-short": ["satri-cel", "China"],
        "a-text": ["Satri-cel", "China"],
        "b-text": ["satri-cel", "China"],
    }


def test_does_not_look_into_the_addresses_of_links(press: Press, reader: Reader) -> None:
    blurb = {"blurb_markdown": 'See [the register](https://hidden.example/x_(y) "word") or <https://hidden.example>.'}
    press.publish(Item("book", "linked", members=blurb))

    assert _found(reader, _q("hidden")) == []
    (hit,) = reader.get(_q("register")).json()["results"]
    assert hit["highlights"] == [{"field": "/blurb_markdown", "start": 9, "end": 17}]


def test_narrows_to_kinds(reader: Reader) -> None:
    assert _found(reader, _q("china", "&kind=author")) == ["author/b-text"]
    assert len(_found(reader, _q("china", "&kind=author,book"))) == 5
    problem = reader.refused(_q("china", "&kind=bok"), 400, "invalid-parameter")
    assert "Did you mean “book”?" in problem["detail"]


def test_finds_the_same_for_ever_in_a_release(press: Press, reader: Reader) -> None:
    before = reader.get(_q("china", "&release=1")).content
    following = reader.get(_q("china", "&page_size=2")).json()["next"]

    press.publish(replace(IN_SHORT, members={}), Item("book", "new", name="China"), withdrawals=[Withdrawal(IN_TEXT)])

    assert reader.get(_q("china", "&release=1")).content == before
    assert reader.get(following).json()["count"] == 5
    assert _found(reader, _q("china")) == ["author/b-text", "book/new", "book/z-title", "book/a-text"]


def test_does_not_find_what_was_pulled_in_any_release(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(IN_TITLE, is_pull=True)])

    pinned = reader.get(_q("china", "&release=1")).json()
    assert (len(pinned["results"]), pinned["count"], pinned["redacted"]) == (4, 4, 1)
    assert reader.get(_q("恺力", "&release=1")).json()["results"] == []
    assert "redacted" not in reader.get(_q("china")).json()


def test_narrows_every_list_too(reader: Reader) -> None:
    assert reader.results("books/?q=satri-cel") == ["a-text", "b-text", "y-short", "z-title"]
    assert reader.results("books/?q=satri-cel&ordering=-slug") == ["z-title", "y-short", "b-text", "a-text"]
    assert reader.results("authors/?q=satri*") == ["b-text"]
    assert reader.results("authors/?q=nobody") == []
    assert "no word" in reader.refused("authors/?q=%25_", 400, "invalid-parameter")["detail"]


@pytest.mark.parametrize(
    ("query", "code", "detail"),
    [
        ("", "invalid-parameter", "q"),
        ("q=", "invalid-parameter", "no value"),
        ("q=...", "invalid-parameter", "no word"),
        ("q=" + "+".join("abcdefghi"), "invalid-parameter", "at most 8"),
        ("q=x*", "invalid-parameter", "at least 2 letters"),
        ("q=" + "a" * 257, "invalid-parameter", "257 characters"),
        ("q=a&ordering=slug", "unknown-parameter", "ordering"),
        ("query=a", "unknown-parameter", "query"),
        ("q=a%00", "invalid-query", "control character"),
        ("q=a&release=99", "release-not-found", "no release 99"),
    ],
)
def test_refuses_what_it_cannot_look_for(reader: Reader, query: str, code: str, detail: str) -> None:
    status = 404 if code == "release-not-found" else 400

    assert detail in str(reader.refused(f"search/?{query}", status, code))


def test_binds_the_cursor_to_the_words(reader: Reader) -> None:
    following = reader.get(_q("china", "&page_size=2")).json()["next"]

    reader.refused(following.replace("q=china", "q=satri"), 400, "invalid-parameter")


def test_looks_up_words_in_an_index_and_reads_no_body_for_a_304(reader: Reader) -> None:
    with CaptureQueriesContext(connection) as queries:
        etag = reader.get(_q("satri-cel chin*")).headers["ETag"]
    asked = next(one["sql"] for one in queries if "hit_rank" in one["sql"])
    assert "LIKE" not in asked.upper()
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(_q("satri-cel chin*"), If_None_Match=etag).status_code == 304
    assert not any('"body"' in query["sql"] for query in queries)
