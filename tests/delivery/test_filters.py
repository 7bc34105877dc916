"""Filters: what each keeps, and that nothing is ever ignored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

AUSTEN, SHELLEY = Item("author", "austen"), Item("author", "shelley")
FICTION = Item("subject", "fiction")
NOVEL = Item("subject", "novel", {"parent": [str(FICTION.content_id)]})
GOTHIC = Item("subject", "gothic-novel", {"parent": [str(NOVEL.content_id)]})
SCIENCE = Item("subject", "science")


def _book(slug: str, color: str, author: Item, subject: Item, printed: str) -> Item:
    facets = {
        "color": [color],
        "author": [str(author.content_id)],
        "subject": [str(subject.content_id)],
        "printed_on": [printed],
    }
    return Item("book", slug, facets)


EMMA = _book("emma", "RED", AUSTEN, NOVEL, "1815-12-23")
NORTHANGER = _book("northanger-abbey", "GREEN", AUSTEN, GOTHIC, "1817-12-20")
FRANKENSTEIN = _book("frankenstein", "GREEN", SHELLEY, GOTHIC, "1818-01-01")
OPTICKS = Item("book", "opticks", {"subject": [str(SCIENCE.content_id)], "isbn": ["9780486602059"]})
EVERYTHING = (AUSTEN, SHELLEY, FICTION, NOVEL, GOTHIC, SCIENCE, EMMA, NORTHANGER, FRANKENSTEIN, OPTICKS)


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read the library, after its first release."""
    press.publish(*EVERYTHING)
    return reader


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("color=RED", ["emma"]),
        ("color=RED,GREEN", ["emma", "frankenstein", "northanger-abbey"]),
        ("color=BLUE", []),
        ("color=GREEN&author=austen", ["northanger-abbey"]),
        ("author=austen,shelley", ["emma", "frankenstein", "northanger-abbey"]),
        (f"author={SHELLEY.content_id}", ["frankenstein"]),
        (f"author={str(SHELLEY.content_id).upper()}", ["frankenstein"]),
        (f"author=austen,{AUSTEN.content_id}", ["emma", "northanger-abbey"]),
        ("subject=fiction", ["emma", "frankenstein", "northanger-abbey"]),
        ("subject=gothic-novel", ["frankenstein", "northanger-abbey"]),
        (f"subject={NOVEL.content_id}", ["emma", "frankenstein", "northanger-abbey"]),
        ("subject=science,gothic-novel", ["frankenstein", "northanger-abbey", "opticks"]),
        ("printed_after=1817-12-20", ["frankenstein", "northanger-abbey"]),
        ("printed_before=1817-12-20", ["emma", "northanger-abbey"]),
        ("printed_after=1815-12-24&printed_before=1817-12-31", ["northanger-abbey"]),
        ("isbn=9780486602059", ["opticks"]),
        ("isbn=0000000000000", []),
        ("bright=yes", ["emma"]),
        ("bright=yes,no", ["emma", "frankenstein", "northanger-abbey"]),
        ("slug=emma,opticks", ["emma", "opticks"]),
        (f"slug={EMMA.content_id},unheard-of", ["emma"]),
        ("updated_since=0", ["emma", "frankenstein", "northanger-abbey", "opticks"]),
        ("updated_since=1", []),
        ("color=RED&color%73=", None),
    ],
)
def test_keeps_what_has_any_of_the_values(reader: Reader, query: str, found: list[str] | None) -> None:
    if found is None:
        reader.refused(f"books/?{query}", 400, "unknown-parameter")
    else:
        assert reader.results(f"books/?{query}") == found


def test_keeps_what_changed_after_a_release(press: Press, reader: Reader) -> None:
    press.publish(replace(EMMA, text="Told again."))

    assert reader.results("books/?updated_since=1") == ["emma"]
    assert reader.results("books/?updated_since=1&release=1") == []


def test_knows_only_references_that_are_live_in_the_release_that_is_read(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(SHELLEY), Withdrawal(SCIENCE)])

    problem = reader.refused("books/?author=shelley", 400, "invalid-parameter")

    assert problem["errors"][0]["parameter"] == "author"
    assert reader.results("books/?author=shelley&release=1") == ["frankenstein"]
    reader.refused(f"books/?author={SHELLEY.content_id}", 400, "invalid-parameter")
    reader.refused("books/?subject=science", 400, "invalid-parameter")


def test_offers_nothing_where_there_is_nothing_near(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(AUSTEN), Withdrawal(SHELLEY)])

    problem = reader.refused("books/?author=shelley", 400, "invalid-parameter")

    assert problem["errors"][0]["detail"] == "There is no author “shelley” in release 2."


def test_knows_no_reference_that_was_pulled(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(SHELLEY, is_pull=True)])

    reader.refused("books/?author=shelley&release=1", 400, "invalid-parameter")


@pytest.mark.parametrize(
    ("query", "code", "parameter", "offer"),
    [
        ("colour=RED", "unknown-parameter", "colour", "Did you mean “color”"),
        ("Color=RED", "unknown-parameter", "Color", "“color”"),
        ("color__in=RED", "unknown-parameter", "color__in", "“color”"),
        ("editor=austen", "unknown-parameter", "editor", ""),
        ("limit=5", "unknown-parameter", "limit", ""),
        ("color=red", "invalid-parameter", "color", "Did you mean “RED”?"),
        ("color=PURPLE", "invalid-parameter", "color", "Use “RED”, “GREEN” or “BLUE”."),
        ("color=RED,", "invalid-parameter", "color", "empty value"),
        ("color=RED, GREEN", "invalid-parameter", "color", "“ GREEN”"),
        ("color=", "invalid-parameter", "color", "no value"),
        ("color", "invalid-parameter", "color", "no value"),
        ("color=RED&color=GREEN", "invalid-parameter", "color", "commas"),
        ("release=1&release=1", "invalid-parameter", "release", "given twice"),
        ("author=austin", "invalid-parameter", "author", "Did you mean “austen”?"),
        ("author=Austen", "invalid-parameter", "author", "neither a slug nor an id"),
        ("author=emma", "invalid-parameter", "author", "no author “emma” in release 1"),
        (f"author={EMMA.content_id}", "invalid-parameter", "author", "no author"),
        ("author=austen%00", "invalid-query", "", ""),
        ("subject=gotic-novel", "invalid-parameter", "subject", "“gothic-novel”"),
        ("printed_after=1817-13-01", "invalid-parameter", "printed_after", "YYYY-MM-DD"),
        ("printed_after=18171220", "invalid-parameter", "printed_after", "YYYY-MM-DD"),
        ("isbn=978", "invalid-parameter", "isbn", "Write thirteen digits."),
        ("updated_since=-1", "invalid-parameter", "updated_since", "whole number"),
        ("updated_since=1234567890123", "invalid-parameter", "updated_since", "whole number"),
        ("slug=Emma", "invalid-parameter", "slug", "slug"),
        ("slug=" + ",".join(f"b{n}" for n in range(51)), "invalid-parameter", "slug", "at most 50"),
        ("isbn=" + "9" * 3000, "invalid-parameter", "isbn", "characters"),
        ("release=1.0", "invalid-parameter", "release", "whole number"),
        ("release=99999999999", "invalid-parameter", "release", "whole number"),
        ("format=yaml", "unknown-parameter", "format", ""),
        ("color=%FF", "invalid-query", "", ""),
        ("color=%ED%A0%80", "invalid-query", "", ""),
        ("color=RED%0D%0ASet-Cookie:a", "invalid-query", "", ""),
        ("&".join(f"a{n}=1" for n in range(40)), "invalid-query", "", ""),
        ("color=" + "R" * 9000, "invalid-query", "", ""),
        ("a" * 400 + "=1", "unknown-parameter", "a" * 60 + "…", ""),
    ],
)
def test_refuses_what_it_does_not_know_and_offers_the_nearest(
    reader: Reader, query: str, code: str, parameter: str, offer: str
) -> None:
    problem = reader.refused(f"books/?{query}", 400, code)

    assert [error["parameter"] for error in problem["errors"]] == ([parameter] if parameter else [])
    assert offer in (problem["errors"][0]["detail"] if parameter else problem["detail"])


def test_finds_by_outside_codes_whole_and_in_their_system(press: Press, reader: Reader) -> None:
    press.publish(
        Item("book", "coded", {"code": ["ISBN|9780141439518", "OCLC|1"]}), Item("book", "other", {"code": ["OCLC|2"]})
    )

    assert reader.results("books/?code=ISBN|9780141439518") == ["coded"]
    assert reader.results("books/?code=OCLC|1,OCLC|2") == ["coded", "other"]
    assert reader.results("books/?code=OCLC%7C3") == []
    for code, offer in (("OCLD|1", "Did you mean “OCLC”?"), ("OCLC", "a bar"), ("OCLC|", "a bar"), ("|1", "no code")):
        assert offer in reader.refused(f"books/?code={code}", 400, "invalid-parameter")["detail"]
    reader.refused("authors/?code=OCLC|1", 400, "unknown-parameter")


def test_finds_what_is_due_for_review_by_a_day(press: Press, reader: Reader) -> None:
    press.publish(*(Item("author", f"due-{day}", next_review=date(2027, 2, day)) for day in (1, 2, 3)))

    assert reader.results("authors/?next_review_before=2027-02-02") == ["austen", "due-1", "due-2", "shelley"]
    assert "due-3" in reader.results("authors/?next_review_before=2027-02-03")
    reader.refused("authors/?next_review_before=tomorrow", 400, "invalid-parameter")


def test_lists_every_fault_at_once(reader: Reader) -> None:
    problem = reader.refused("books/?colour=RED&page_size=0&auther=x", 400, "unknown-parameter")
    assert [error["parameter"] for error in problem["errors"]] == ["colour", "auther", "page_size"]

    problem = reader.refused("books/?author=x&subject=y", 400, "invalid-parameter")
    assert [error["parameter"] for error in problem["errors"]] == ["author", "subject"]

    problem = reader.refused("books/?color=x&isbn=y", 400, "invalid-parameter")
    assert [error["parameter"] for error in problem["errors"]] == ["color", "isbn"]


def test_survives_subjects_that_lie_below_one_another_in_a_circle(press: Press, reader: Reader) -> None:
    press.publish(replace(FICTION, facets={"parent": [str(GOTHIC.content_id)]}))

    assert reader.results("books/?subject=novel") == ["emma", "frankenstein", "northanger-abbey"]
