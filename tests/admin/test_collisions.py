"""Two editors at one text: what both wrote is kept, and where they collide the second is asked, not overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from django.core.exceptions import ValidationError

from content_api import shapes
from content_api.editorial.actions import submit
from content_api.editorial.merging import at, chosen, merged
from content_api.editorial.models import Contribution
from tests.admin.browser import Browser, page_of, said
from tests.admin.conftest import row

if TYPE_CHECKING:
    from tests.admin.browser import Fields
    from tests.admin.conftest import Shelf
    from tests.conftest import People


def opened(person: Any, text: Any) -> tuple[Browser, Fields]:
    """Open a text's form, and keep it open."""
    browser = Browser(person)
    return browser, browser.fields(page_of(text))


def save(window: tuple[Browser, Fields], text: Any, **typed: Any) -> Any:
    """Type into a form that was opened before, and save it."""
    browser, fields = window
    return browser.client.post(page_of(text), {**fields, **typed}, follow=True)


def of(text: Any) -> Any:
    """Return what a text says now."""
    return shapes.snapshot(type(text).objects.get(pk=text.pk))


class TestApart:
    def test_both_changes_stand_and_the_second_is_told(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy_class"]
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, name="CAR-T cell therapy")

        told = said(save(carl, text, abbreviation="CAR-T"))

        assert "Ann Example changed this text while you had it open: name." in told
        assert (of(text)["name"], of(text)["abbreviation"]) == ("CAR-T cell therapy", "CAR-T")
        writers = Contribution.objects.filter(item=text.item).order_by("pk").values_list("person__username", flat=True)
        assert list(writers) == ["ann", "ann", "carl"], "both are contributors, and neither may approve"

    def test_rows_are_merged_by_their_keys(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy"]
        save(opened(people.ann, text), text, **row("aliases", 0, key="one", name="One", type="CODE_NAME", position="0"))
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, **{"aliases-0-name": "Uno"})

        added = {"aliases-1-key": "two", "aliases-1-name": "Two", "aliases-1-type": "CODE_NAME"}
        save(carl, text, **{"aliases-TOTAL_FORMS": "2", **added, "aliases-1-position": "1"})

        assert [(one["key"], one["name"]) for one in of(text)["aliases"]] == [("one", "Uno"), ("two", "Two")]

    def test_a_row_that_one_took_away_stays_away(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy"]
        save(opened(people.ann, text), text, **row("aliases", 0, key="one", name="One", type="CODE_NAME", position="0"))
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, **{"aliases-0-DELETE": "on"})

        save(carl, text, short_name="satri")

        assert (of(text)["aliases"], of(text)["short_name"]) == ([], "satri")

    def test_nobody_is_told_anything_where_nothing_changed(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy_class"]

        assert "while you had it open" not in said(save(opened(people.carl, text), text, abbreviation="CAR-T"))

    def test_a_field_that_is_wrong_is_shown_with_all_that_was_typed(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy_class"]
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, name="CAR-T cell therapy")

        page = save(carl, text, slug="No Slug", definition="Typed by Carl.")
        again = {"slug": "car-t", "name": "CAR-T", "definition": "Typed by Carl."}
        save((carl[0], {**carl[1], "_seen": [page.context["seen"]]}), text, **again)

        assert "Typed by Carl." in page.content.decode()
        assert (of(text)["name"], of(text)["definition"]) == ("CAR-T cell therapy", "Typed by Carl.")

    def test_a_row_is_taken_away_beside_the_change_of_another(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy"]
        save(opened(people.ann, text), text, **row("aliases", 0, key="one", name="One", type="CODE_NAME", position="0"))
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, short_name="satri")

        save(carl, text, **{"aliases-0-DELETE": "on"})

        assert (of(text)["aliases"], of(text)["short_name"]) == ([], "satri")

    def test_a_row_that_has_rows_of_its_own_begins_without_any(self, shelf: Shelf, people: People) -> None:
        text, authority = shelf["approval"], shelf["organization"].pk
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, title="satri-cel, China")

        filed = {"key": "filed", "type": "SUBMITTED", "on": "2025-06-01", "authority": authority}
        save(carl, text, **row("events", 0, **filed, precision="DAY", on_basis="OCCURRED", position="0"))

        assert of(text)["title"] == "satri-cel, China"
        assert [(one["key"], one["sources"]) for one in of(text)["events"]] == [("filed", [])]


class TestTogether:
    @pytest.fixture
    def asked(self, shelf: Shelf, people: People) -> tuple[Browser, Any]:
        """Let Carl save second what Ann changed first: his name is another, his abbreviation is his alone."""
        text = shelf["therapy_class"]
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, name="CAR-T of Ann")
        return carl[0], save(carl, text, name="CAR-T of Carl", abbreviation="CAR-T")

    @pytest.mark.parametrize(("keep", "name"), [("theirs", "CAR-T of Ann"), ("mine", "CAR-T of Carl")])
    def test_the_person_chooses_and_the_rest_is_kept(
        self, shelf: Shelf, asked: tuple[Browser, Any], keep: str, name: str
    ) -> None:
        browser, page = asked
        text = shelf["therapy_class"]
        assert [one["label"] for one in page.context["places"]] == ["Name"]
        assert of(text)["name"] == "CAR-T of Ann", "nothing is saved before"

        hidden = {"_seen": page.context["seen"], "_offer": page.context["offer"]}
        token = browser.fields(page_of(text))["csrfmiddlewaretoken"]
        typed = {**hidden, "keep-name": keep, "_continue": "1", "csrfmiddlewaretoken": token}
        browser.client.post(page_of(text), typed, follow=True)

        assert (of(text)["name"], of(text)["abbreviation"]) == (name, "CAR-T")

    def test_a_third_change_meanwhile_is_not_overwritten_either(
        self, shelf: Shelf, people: People, asked: tuple[Browser, Any]
    ) -> None:
        browser, page = asked
        text = shelf["therapy_class"]
        save(opened(people.ann, text), text, name="CAR-T of Ann, again")

        hidden = {"_seen": page.context["seen"], "_offer": page.context["offer"]}
        token = browser.fields(page_of(text))["csrfmiddlewaretoken"]
        typed = {**hidden, "keep-name": "mine", "_continue": "1", "csrfmiddlewaretoken": token}
        answer = browser.client.post(page_of(text), typed, follow=True)

        assert [one["theirs"] for one in answer.context["places"]] == ["CAR-T of Ann, again"]
        assert of(text)["name"] == "CAR-T of Ann, again"

    def test_what_is_no_valid_text_together_is_not_saved_and_the_person_is_told_why(
        self, shelf: Shelf, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = shelf["therapy_class"]
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, name="CAR-T of Ann")
        monkeypatch.setattr(shapes, "restore", Mock(side_effect=ValidationError("An abbreviation is too much.")))

        page = save(carl, text, abbreviation="CAR-T")

        assert "no valid text: An abbreviation is too much." in said(page)
        assert (of(text)["name"], of(text)["abbreviation"]) == ("CAR-T of Ann", "")

    def test_what_was_chosen_is_submitted_if_that_was_pressed(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy_class"]
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, name="CAR-T of Ann")

        assert "submit" in save(carl, text, abbreviation="CAR-T", _submit="1").redirect_chain[-1][0]
        assert submit(item=text.item, person=people.carl).contributors.count() == 2


def test_a_form_that_this_server_did_not_give_is_refused(shelf: Shelf, people: People) -> None:
    text = shelf["therapy_class"]
    browser, fields = opened(people.carl, text)

    assert browser.script.post(page_of(text), {**fields, "_seen": "made-up", "name": "X"}).status_code == 400
    assert of(text)["name"] == "CAR-T"


BASE = {"a": 1, "rows": [{"key": "x", "n": 1, "m": 1}, {"key": "y", "n": 1, "m": 1}], "list": [1]}


@pytest.mark.parametrize(
    ("mine", "live", "both", "expected"),
    [
        ({**BASE, "a": 2}, {**BASE, "list": [2]}, [], {**BASE, "a": 2, "list": [2]}),
        ({**BASE, "a": 2}, {**BASE, "a": 3}, ["a"], {**BASE, "a": 3}),
        ({**BASE, "a": 2}, {**BASE, "a": 2}, [], {**BASE, "a": 2}),
        (
            {**BASE, "rows": [{"key": "x", "n": 2, "m": 1}, BASE["rows"][1]]},  # type: ignore[index]
            {**BASE, "rows": [{"key": "x", "n": 3, "m": 4}, BASE["rows"][1]]},  # type: ignore[index]
            ["rows/x/n"],
            {**BASE, "rows": [{"key": "x", "n": 3, "m": 4}, BASE["rows"][1]]},  # type: ignore[index]
        ),
        (
            {**BASE, "rows": [*reversed(BASE["rows"])]},  # type: ignore[call-overload]
            {**BASE, "rows": [{"key": "x", "n": 9, "m": 1}, BASE["rows"][1]]},  # type: ignore[index]
            [],
            {**BASE, "rows": [BASE["rows"][1], {"key": "x", "n": 9, "m": 1}]},  # type: ignore[index]
        ),
        (
            {**BASE, "rows": [BASE["rows"][1]]},  # type: ignore[index]
            {**BASE, "rows": [{"key": "x", "n": 9, "m": 1}, BASE["rows"][1]]},  # type: ignore[index]
            ["rows/x"],
            {**BASE, "rows": [{"key": "x", "n": 9, "m": 1}, BASE["rows"][1]]},  # type: ignore[index]
        ),
    ],
)
def test_three_ways_become_one(mine: Any, live: Any, both: list[str], expected: Any) -> None:
    content, collided = merged(BASE, mine, live)

    assert (content, collided) == (expected, both)
    picked = chosen(content, mine, both)
    assert [at(picked, one) for one in both] == [at(mine, one) for one in both]
