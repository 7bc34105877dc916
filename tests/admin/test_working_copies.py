"""Editors edit in the admin, every edit is recorded with its person, and nobody else edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from content_api.editorial.models import Contribution
from tests.admin.browser import Browser, page_of
from tests.admin.conftest import MODELS, Shelf, row

if TYPE_CHECKING:
    from typing import Any

    from tests.conftest import People

OTHERS = ["mei", "rui", "pia", "ada"]


def writers(working_copy: Any) -> list[str]:
    """Return who changed a text, oldest first."""
    rows = Contribution.objects.filter(item=working_copy.item).order_by("pk")
    return [one.person.get_username() for one in rows.select_related("person")]


@pytest.mark.parametrize("kind", MODELS)
class TestEveryKind:
    def test_is_added_by_an_editor_who_is_recorded(self, shelf: Shelf, kind: str) -> None:
        typed = shelf.typed(kind)

        shelf.ann.send(reverse(f"admin:therapies_{MODELS[kind]._meta.model_name}_add"), **typed)

        assert writers(MODELS[kind]._default_manager.get(slug=typed["slug"])) == ["ann"]

    def test_a_post_that_changes_nothing_records_nothing(self, shelf: Shelf, people: People, kind: str) -> None:
        Browser(people.carl).send(page_of(shelf[kind]))

        assert writers(shelf[kind]) == ["ann"]

    def test_a_change_is_recorded_with_its_person(self, shelf: Shelf, people: People, kind: str) -> None:
        Browser(people.carl).send(page_of(shelf[kind]), review_interval_days="30")

        assert writers(shelf[kind]) == ["ann", "carl"]

    @pytest.mark.parametrize("name", OTHERS)
    def test_is_read_and_not_changed_by_anybody_else(self, shelf: Shelf, people: People, kind: str, name: str) -> None:
        browser, page = Browser(getattr(people, name)), page_of(shelf[kind])

        assert "asks for the Editor role" in browser.get(page).content.decode()
        assert browser.post(page, **shelf.ann.fields(page)).status_code == 403
        assert browser.get(reverse(f"admin:therapies_{MODELS[kind]._meta.model_name}_add")).status_code == 403
        assert writers(shelf[kind]) == ["ann"]

    def test_is_never_deleted_and_the_page_says_how_to_take_it_down(self, shelf: Shelf, kind: str) -> None:
        page = page_of(shelf[kind])

        assert "withdraw it in a release" in shelf.ann.get(page).content.decode()
        assert shelf.ann.post(page.replace("/change/", "/delete/"), post="yes").status_code == 403

    def test_is_found_in_its_list(self, shelf: Shelf, kind: str) -> None:
        slug = shelf[kind].slug

        found = shelf.ann.get(reverse(f"admin:therapies_{MODELS[kind]._meta.model_name}_changelist") + f"?q={slug}")

        assert [one.slug for one in found.context["cl"].result_list] == [slug]


class TestRows:
    def test_an_edit_of_a_row_alone_is_recorded(self, shelf: Shelf, people: People) -> None:
        therapy = shelf["therapy"]

        Browser(people.carl).send(
            page_of(therapy), **row("aliases", 0, key="ct041", name="CT041", type="CODE_NAME", position="0")
        )

        assert [alias.name for alias in therapy.aliases.all()] == ["CT041"]
        assert writers(therapy) == ["ann", "carl"]

    def test_taking_a_row_away_is_recorded(self, shelf: Shelf, people: People) -> None:
        event = shelf.add_event()

        Browser(people.carl).send(page_of(event.parent), **{"events-0-DELETE": "on"})

        assert not event.parent.events.exists()
        assert writers(event.parent) == ["ann", "ann", "carl"]

    def test_a_new_row_goes_last(self, shelf: Shelf) -> None:
        page = page_of(shelf["therapy"])
        for index, name in enumerate(["first", "second", "third"]):
            shelf.ann.send(page, **row("aliases", index, key=name, name=name, type="SYNONYM", position="0"))

        rows = shelf["therapy"].aliases.order_by("position")

        assert [(one.position, one.key) for one in rows] == [(0, "first"), (1, "second"), (2, "third")]

    def test_a_new_row_goes_where_the_editor_puts_it(self, shelf: Shelf) -> None:
        alias = {"key": "ct041", "name": "CT041", "type": "CODE_NAME", "position": "7"}

        shelf.ann.send(page_of(shelf["therapy"]), **row("aliases", 0, **alias))

        assert shelf["therapy"].aliases.get().position == 7

    def test_countries_are_typed_with_commas(self, shelf: Shelf) -> None:
        therapy, risk = shelf["therapy"], {"key": "crs", "term": "Cytokine release syndrome", "position": "0"}

        shelf.ann.send(page_of(therapy), **row("risks", 0, **risk, jurisdictions="us, CN"))

        assert therapy.risks.get().jurisdictions == ["CN", "US"]
        assert shelf.ann.fields(page_of(therapy))["risks-0-jurisdictions"] == ["CN, US"]

    def test_what_is_no_country_is_refused(self, shelf: Shelf) -> None:
        risk = {"key": "crs", "term": "Cytokine release syndrome", "position": "0"}

        response = shelf.ann.send(page_of(shelf["therapy"]), **row("risks", 0, **risk, jurisdictions="China"))

        assert "two-letter country codes" in response.content.decode()
        assert not shelf["therapy"].risks.exists()

    def test_a_broken_rule_is_told_in_words(self, shelf: Shelf) -> None:
        event = shelf.add_event()

        response = shelf.ann.send(page_of(event.parent), **{"events-0-pathway": ""})

        assert "Choose a pathway for an approval" in response.content.decode()


class TestPageOfAnEvent:
    def test_an_edit_is_recorded_on_the_approval(self, shelf: Shelf, people: People) -> None:
        event = shelf.add_event()
        citation = row("sources", 0, source=shelf["source"].pk, locator="paragraph 2", position="0")

        response = Browser(people.carl).send(page_of(event), **citation)

        assert response.redirect_chain == [(page_of(event.parent), 302)]
        assert [one.locator for one in event.sources.all()] == ["paragraph 2"]
        assert writers(event.parent) == ["ann", "ann", "carl"]

    def test_a_post_that_changes_nothing_records_nothing(self, shelf: Shelf, people: People) -> None:
        event = shelf.add_event()

        Browser(people.carl).send(page_of(event))

        assert writers(event.parent) == ["ann", "ann"]

    @pytest.mark.parametrize("name", OTHERS)
    def test_is_read_and_not_changed_by_anybody_else(self, shelf: Shelf, people: People, name: str) -> None:
        browser, page = Browser(getattr(people, name)), page_of(shelf.add_event())

        assert browser.get(page).status_code == 200
        assert browser.post(page, note="changed").status_code == 403

    def test_a_risk_of_a_class_has_one_too(self, shelf: Shelf) -> None:
        risk = {"key": "crs", "term": "Cytokine release syndrome", "description": "Common.", "position": "0"}
        shelf.ann.send(page_of(shelf["therapy_class"]), **row("risks", 0, **risk))

        shelf.ann.send(page_of(shelf["therapy_class"].risks.get()), term="CRS")

        assert shelf["therapy_class"].risks.get().term == "CRS"
        assert writers(shelf["therapy_class"]) == ["ann"] * 3

    def test_rows_are_not_listed_in_the_index(self, shelf: Shelf) -> None:
        index = shelf.ann.get("/admin/").content.decode()

        assert reverse("admin:therapies_approval_changelist") in index
        assert reverse("admin:therapies_approvalevent_changelist") not in index


class TestStanding:
    def test_the_page_says_where_the_text_stands(self, shelf: Shelf) -> None:
        page = shelf.ann.get(page_of(shelf["therapy"]))

        assert page.context["standing"] == ["Nothing of it is public yet.", "It was not submitted for review yet."]

    def test_the_page_says_that_it_was_changed_from_outside(self, shelf: Shelf) -> None:
        therapy = shelf["therapy"]
        type(therapy).objects.update(name="changed by hand")

        standing = shelf.ann.get(page_of(therapy)).context["standing"]

        assert "changed outside the application" in standing[-1]
