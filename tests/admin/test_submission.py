"""Editors submit from the admin: a first text at once, a later one with what changed, and every refusal is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from content_api.editorial.actions import record_edit
from content_api.editorial.models import ChangeType, State, Version
from tests.admin.browser import Browser, page_of, said
from therapies import models

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

TARGETS = reverse("admin:therapies_target_changelist")


def submit_page(*rows: Any) -> str:
    """Return the address that submits some rows of one kind."""
    address = reverse(f"admin:therapies_{rows[0]._meta.model_name}_submit")
    return f"{address}?{'&'.join(f'id={row.pk}' for row in rows)}"


@pytest.fixture
def approved(shelf: Shelf) -> Any:
    """Offer a target whose first version was approved, and which Ann has changed since."""
    target = shelf["target"]
    shelf.approve(target)
    shelf.ann.send(page_of(target), isoform="Isoform 2")
    return target


class TestFirst:
    def test_goes_to_review_without_questions(self, shelf: Shelf) -> None:
        target = shelf["target"]

        response = shelf.ann.send(submit_page(target))

        version = Version.objects.get(item=target.item)
        assert (version.state, version.change_type) == (State.IN_REVIEW, ChangeType.FIRST)
        assert said(response) == "Claudin18.2 is in review. It waits for medical reviewer."
        assert response.context["standing"][1] == "Submission 1: in review, waits for medical reviewer."

    def test_is_offered_in_the_list_for_many_at_once(self, shelf: Shelf) -> None:
        target = shelf["target"]
        chosen = {"action": "submit_for_review", "_selected_action": [str(target.pk)]}

        response = shelf.ann.post(TARGETS, **chosen)

        assert response.redirect_chain == [(submit_page(target), 302)]
        assert [row.pk for row in response.context["rows"]] == [target.pk]

    def test_of_many_goes_back_to_the_list(self, shelf: Shelf) -> None:
        other = models.Target.objects.create(slug="gpc3", name="GPC3", gene="GPC3")
        record_edit(item=other.item, person=shelf.people.ann)

        response = shelf.ann.send(submit_page(shelf["target"], other))

        assert response.redirect_chain == [(TARGETS, 302)]
        assert "Claudin18.2 is in review." in said(response)
        assert "GPC3 is in review." in said(response)

    def test_twice_is_refused_with_what_to_do(self, shelf: Shelf) -> None:
        shelf.ann.send(submit_page(shelf["target"]))

        response = shelf.ann.send(submit_page(shelf["target"]))

        assert "Recall it, or wait for the verdict." in said(response)
        assert Version.objects.count() == 1

    @pytest.mark.parametrize("name", ["mei", "pia", "ada"])
    def test_is_refused_to_who_is_no_editor(self, shelf: Shelf, people: People, name: str) -> None:
        browser = Browser(getattr(people, name))

        assert browser.get(submit_page(shelf["target"])).status_code == 403
        assert browser.post(submit_page(shelf["target"])).status_code == 403
        assert not Version.objects.exists()

    @pytest.mark.parametrize("query", ["", "?id=", "?id=nonsense", "?id=00000000-0000-4000-8000-000000000000"])
    def test_of_nothing_says_how_to_choose(self, shelf: Shelf, query: str) -> None:
        page = shelf.ann.get(reverse("admin:therapies_target_submit") + query)

        assert "Nothing is selected." in page.content.decode()


class TestLater:
    def test_asks_what_changed(self, shelf: Shelf, approved: Any) -> None:
        response = shelf.ann.send(submit_page(approved))

        assert "Choose what changed" in response.content.decode()
        assert "Say in a sentence" in response.content.decode()
        assert Version.objects.count() == 1

    def test_goes_to_review_with_the_answer(self, shelf: Shelf, approved: Any) -> None:
        shelf.ann.send(submit_page(approved), change_type="CORRECTION", change_note="The isoform was missing.")

        version = Version.objects.get(item=approved.item, number=2)
        assert (version.change_type, version.change_note) == ("CORRECTION", "The isoform was missing.")


class TestBehindTheBack:
    def test_is_refused_until_an_editor_adopts_it(self, shelf: Shelf) -> None:
        target = shelf["target"]
        type(target).objects.update(name="changed by hand")
        chosen = {"action": "adopt_changes", "_selected_action": [str(target.pk)]}

        refused = shelf.ann.send(submit_page(target))
        adopted = shelf.ann.post(TARGETS, **chosen)
        accepted = shelf.ann.send(submit_page(target))

        assert "adopt the change as yours" in said(refused)
        assert "you now answer for it" in said(adopted)
        assert "is in review" in said(accepted)

    def test_there_is_nothing_to_adopt_otherwise(self, shelf: Shelf) -> None:
        chosen = {"action": "adopt_changes", "_selected_action": [str(shelf["target"].pk)]}

        assert "there is nothing to adopt" in said(shelf.ann.post(TARGETS, **chosen))
