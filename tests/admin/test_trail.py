"""The audit trail as files: what its filters leave, whole, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from content_api.editorial import audit
from content_api.editorial.actions import park, record_edit, submit
from content_api.editorial.models import Transition
from content_api.editorial.spreadsheets import cell, lines
from content_api.releases.actions import add_version, open_release, publish
from tests.admin.browser import Browser, page_of

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.fixture
def trail(shelf: Shelf, people: People) -> Shelf:
    """Leave three moves: two submissions by Ann, and an approval by Mei."""
    shelf.approve(shelf["target"])
    submit(item=shelf["source"].item, person=people.ann)
    return shelf


def test_the_history_of_a_version_is_its_part_of_the_trail(trail: Shelf, people: People) -> None:
    mei, version = Browser(people.mei), trail["target"].item.versions.get()
    history = mei.get(reverse("admin:editorial_version_history", args=[version.pk]))

    moves = mei.get(history.context["trail_url"]).context["cl"].result_list
    assert [one.verb for one in moves] == ["approve", "submit"]
    assert history.context["trail_url"].replace("&", "&amp;") in history.content.decode()


def test_a_move_is_told_in_words(trail: Shelf, people: People) -> None:
    page = Browser(people.mei).get(reverse("admin:editorial_transition_change", args=[2])).content.decode()

    assert "In review → approved" in page
    assert "&quot;rows&quot;" in page


def test_what_was_parked_is_named_and_leads_nowhere(shelf: Shelf, people: People) -> None:
    """A parked text has no page that stays; those of versions and releases do."""
    release = open_release(person=people.pia, title="News")
    add_version(release=release, version=shelf.approve(shelf["target"]), person=people.pia)
    publish(release=release, person=people.pia)
    shelf["target"].gene = "CLDN18.2"
    shelf["target"].save()
    record_edit(item=shelf["target"].item, person=people.ann)
    parked = park(item=shelf["target"].item, person=people.ann)
    page = Browser(people.mei).get(reverse("admin:editorial_transition_changelist")).content.decode()

    assert f"parked text {parked.pk}" in page
    assert page_of(release) in page


def read(person: Any, form: str, query: str = "") -> Any:
    answer = Browser(person).get(reverse(f"admin:editorial_transition_{form}") + query)
    assert answer.streaming
    return b"".join(answer.streaming_content).decode()


def test_the_json_holds_all_that_the_chain_is_checked_by(trail: Shelf, people: People) -> None:
    rows = json.loads(read(people.mei, "json"))

    assert [row["seq"] for row in rows] == [1, 2, 3]
    for row, stored in zip(rows, Transition.objects.order_by("seq"), strict=True):
        assert (row["hash"], row["details"], row["person_id"]) == (stored.hash, stored.details, stored.person_id)
        assert audit.hash_of(stored) == row["hash"]


def test_the_csv_holds_the_same_rows(trail: Shelf, people: People) -> None:
    rows = list(csv.DictReader(io.StringIO(read(people.mei, "csv"), newline="")))

    assert [(row["seq"], row["verb"], row["person"]) for row in rows] == [
        ("1", "submit", "ann"),
        ("2", "approve", "mei"),
        ("3", "submit", "ann"),
    ]


@pytest.mark.parametrize(
    ("query", "left"), [("?verb=approve", [2]), ("?q=ann", [1, 3]), ("?of=release", []), ("?of=version&q=mei", [2])]
)
def test_a_file_holds_what_the_filters_of_the_list_leave(
    trail: Shelf, people: People, query: str, left: list[int]
) -> None:
    assert [row["seq"] for row in json.loads(read(people.mei, "json", query))] == left


def test_the_list_leads_to_its_files_and_keeps_its_filters(trail: Shelf, people: People) -> None:
    page = Browser(people.mei).get(f"{reverse('admin:editorial_transition_changelist')}?verb=approve")

    assert f'href="{reverse("admin:editorial_transition_csv")}?verb=approve"' in page.content.decode()
    stranger = Browser(people.make("stranger"))
    assert stranger.get(reverse("admin:editorial_transition_csv")).status_code == 403


def test_a_filter_that_is_none_leads_back_to_the_list(trail: Shelf, people: People) -> None:
    answer = Browser(people.mei).get(f"{reverse('admin:editorial_transition_csv')}?person__id__exact=nobody")

    assert answer.headers["Location"] == reverse("admin:editorial_transition_changelist")


@given(st.lists(st.text() | st.text(DANGEROUS + "\"', \n", max_size=4), min_size=1, max_size=4))
@example(["=1+1", "\uff1dcmd|' /C calc'!A0", "a\r\n=1", "  =1"])
def test_no_cell_is_a_formula_and_each_reads_back(texts: list[str]) -> None:
    written = "".join(lines(["head"] * len(texts), [texts]))
    _, *rows = list(csv.reader(io.StringIO(written, newline="")))

    assert len(rows) == 1
    for text, read_back in zip(texts, rows[0], strict=True):
        assert not read_back.lstrip(" ").startswith(tuple(DANGEROUS))
        assert read_back in {text, f"'{text}"}
        assert (read_back == text) == (not text.lstrip(" \u00a0\u3000").startswith(tuple(DANGEROUS)))


def test_nothing_is_an_empty_cell() -> None:
    assert (cell(None), cell(0), cell(-1)) == ("", "0", "'-1")
