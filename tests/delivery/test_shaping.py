"""Items in part (`fields`) and with whole others in them (`include`): in one query, and never without what is mandatory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

KEPT = ["id", "kind", "slug", "version", "release", "checksum"]


def _reference(item: Item, **beside: Any) -> dict[str, Any]:
    names = {
        "id": str(item.content_id),
        "kind": item.kind,
        "slug": item.slug,
        "name": item.title,
        "url": f"/api/v1/{item.kind}s/",
    }
    return {**names, **beside}


AUSTEN = Item("author", "austen", text="Of Hampshire.")
SEQUEL, PREQUEL = Item("book", "sequel"), Item("book", "prequel")
CARE = Item("author", "care", text="Read with care.")
MANDATORY = {"id": str(CARE.content_id), "slug": "care", "mandatory": True}
OPTIONAL = {"id": str(AUSTEN.content_id), "slug": "austen", "mandatory": False}
EMMA = Item(
    "book",
    "emma",
    members={
        "author": _reference(AUSTEN),
        "sequels": [_reference(PREQUEL), _reference(SEQUEL)],
        "sources": [_reference(AUSTEN, locator="Page 3")],
        "disclaimers": [MANDATORY, OPTIONAL],
    },
)
ORPHAN = Item("book", "orphan", members={"author": None, "sequels": [], "sources": [], "disclaimers": [OPTIONAL]})


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read a book that shows others, and one that shows none."""
    press.publish(AUSTEN, SEQUEL, PREQUEL, CARE, EMMA, ORPHAN)
    return reader


@pytest.mark.parametrize("release", ["", "&release=1"])
def test_holds_the_members_asked_for_and_what_every_item_keeps(reader: Reader, release: str) -> None:
    whole = reader.get("books/orphan/").json()

    part = reader.get(f"books/orphan/?fields=text,name{release}").json()

    assert list(part) == [name for name in whole if name in {*KEPT, "text", "name"}]
    assert part == {name: whole[name] for name in part}
    (listed,) = reader.get(f"books/?slug=orphan&fields=text,name{release}").json()["results"]
    assert listed == part


def test_never_drops_a_mandatory_disclaimer(reader: Reader) -> None:
    assert reader.get("books/emma/?fields=text").json()["disclaimers"] == [MANDATORY]
    assert reader.get("books/emma/?fields=disclaimers").json()["disclaimers"] == [MANDATORY, OPTIONAL]
    (listed,) = reader.get("books/?slug=emma&fields=name").json()["results"]
    assert listed["disclaimers"] == [MANDATORY]


def test_puts_whole_items_in_place_of_summaries_and_keeps_what_these_say_beside(reader: Reader) -> None:
    author, sequel, prequel, care = (reader.get(one.url).json() for one in (AUSTEN, SEQUEL, PREQUEL, CARE))

    emma = reader.get("books/emma/?include=author,sequels,sources,disclaimers").json()

    assert emma["author"] == author
    assert emma["sequels"] == [prequel, sequel]
    assert emma["sources"] == [{**author, "locator": "Page 3"}]
    assert emma["disclaimers"] == [{**MANDATORY, **care}, {**OPTIONAL, **author}]
    assert emma["checksum"] == reader.get("books/emma/").json()["checksum"]
    (listed,) = reader.get("books/?slug=emma&include=author,sequels,sources,disclaimers").json()["results"]
    assert listed == emma
    assert reader.get("books/orphan/?include=author,sequels").json()["author"] is None


def test_shows_a_member_that_is_included_though_it_is_not_among_the_fields(reader: Reader) -> None:
    emma = reader.get("books/emma/?fields=text&include=author").json()

    assert emma["author"]["text"] == "Of Hampshire."
    assert "sequels" not in emma


def test_includes_what_was_live_in_the_release(press: Press, reader: Reader) -> None:
    press.publish(Item("author", "austen", text="Of Bath.", content_id=AUSTEN.content_id))

    assert reader.get("books/emma/?include=author&release=1").json()["author"]["text"] == "Of Hampshire."
    assert reader.get("books/emma/?include=author").json()["author"]["text"] == "Of Bath."


def test_leaves_out_what_was_pulled_and_says_how_many(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(SEQUEL, is_pull=True)])

    page = reader.get("books/?slug=emma&include=sequels,author&release=1").json()

    assert [one["slug"] for one in page["results"][0]["sequels"]] == ["prequel"]
    assert page["redacted"] == 2  # the sequel itself in the list, and in Emma
    assert [one["slug"] for one in reader.get("books/emma/?include=sequels&release=1").json()["sequels"]] == ["prequel"]


def test_names_what_it_includes_so_that_a_pull_can_purge_it(reader: Reader) -> None:
    tags = reader.get("books/emma/?include=author&release=1").headers["Cache-Tag"]

    assert tags == f"{EMMA.content_id},{AUSTEN.content_id}"


def test_has_a_tag_of_its_own_for_every_shape(reader: Reader) -> None:
    paths = ["", "?fields=text", "?fields=text,name", "?include=author"]
    etags = [reader.get(f"books/emma/{path}").headers["ETag"] for path in paths]

    assert len(set(etags)) == 4
    for path, etag in zip(paths, etags, strict=True):
        assert reader.get(f"books/emma/{path}", If_None_Match=etag).status_code == 304


@pytest.mark.parametrize("path", ["books/", "books/emma/"])
@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("fields=txt", "Did you mean “text”?"),
        ("fields=text,", "empty value"),
        ("fields=author.name", "There is no “author.name” here."),
        ("include=text", "There is no “text” here."),
        ("include=autor", "Did you mean “author”?"),
        ("include=author&include=sequels", "given twice"),
        ("field=text", "Did you mean “fields”"),
    ],
)
def test_refuses_members_that_there_are_not(reader: Reader, path: str, query: str, offer: str) -> None:
    code = "unknown-parameter" if query.startswith("field=") else "invalid-parameter"

    assert offer in reader.refused(f"{path}?{query}", 400, code)["detail"]


def test_includes_into_short_pages_only(reader: Reader) -> None:
    assert reader.get("books/?include=author&page_size=50").status_code == 200
    assert "at most 50" in reader.refused("books/?include=author&page_size=51", 400, "invalid-parameter")["detail"]
