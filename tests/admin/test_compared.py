"""What changed between two submissions, what was said of the one before, and words that were typed into it meanwhile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from content_api.editorial import actions, queries
from content_api.editorial.admin import words
from content_api.editorial.admin.differences import differences
from content_api.editorial.models import Version
from tests.admin.browser import Browser, page_of, said
from tests.admin.conftest import row
from tests.admin.test_collisions import of, opened, save
from tests.admin.test_side_pages import look, side, text_of

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

ALIAS = {"key": "one", "name": "One", "type": "CODE_NAME", "position": "0"}


def _sent_back(shelf: Shelf, people: People, text: Any, **comments: str) -> Version:
    """Submit a text and send it back with comments on its fields."""
    version = actions.submit(item=text.item, person=people.ann)
    for pointer, told in comments.items():
        actions.comment(version=version, person=people.mei, pointer=f"/{pointer}", text=told)
    read = queries.shown(version)
    hashes: dict[str, Any] = {"content_sha256": read.content_sha256, "substance_sha256": read.substance_sha256}
    actions.request_changes(
        version=version, person=people.mei, role="Medical reviewer", comment="See the fields.", **hashes
    )
    return version


def test_rows_and_lists_are_compared_by_what_went_and_what_came(shelf: Shelf, people: People) -> None:
    text = shelf["therapy"]
    two = row("aliases", 1, key="two", name="Two", type="CODE_NAME", position="1")
    shelf.ann.send(page_of(text), **{**row("aliases", 0, **ALIAS), **two})
    actions.submit(item=text.item, person=people.ann)
    actions.recall(version=Version.objects.get(item=text.item), person=people.ann)
    shelf.ann.send(page_of(text), **{"aliases-0-name": "Uno", "aliases-1-DELETE": "on"})
    actions.submit(item=text.item, person=people.ann)

    page = text_of(shelf.ann.get(f"{side(text, 'compare')}?from=1&to=2"))

    for marked in ("<del>One</del>", "<ins>Uno</ins>", "Two"):
        assert marked in page
    assert "Uno" not in text_of(shelf.ann.get(f"{side(text, 'compare')}?from=1&to=1"))


def test_a_list_in_another_order_reads_no_differently() -> None:
    assert differences({"roles": ["SPONSOR", "REGULATOR"]}, {"roles": ["REGULATOR", "SPONSOR"]}) == []
    assert differences({"roles": ["SPONSOR"]}, {"roles": ["REGULATOR"]})


def test_a_long_text_is_compared_as_a_whole(shelf: Shelf, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shelf["therapy_class"]
    actions.submit(item=text.item, person=people.ann)
    actions.recall(version=Version.objects.get(item=text.item), person=people.ann)
    shelf.ann.send(page_of(text), definition="Engineered B cells.")
    actions.submit(item=text.item, person=people.ann)
    address = f"{side(text, 'compare')}?from=1&to=2"

    assert "<del>Engineered" not in text_of(shelf.ann.get(address))
    monkeypatch.setattr(words, "MANY", 3)
    assert "<del>Engineered T cells." in text_of(shelf.ann.get(address))


def test_the_reviewer_sees_what_was_asked_for_and_whether_it_changed(shelf: Shelf, people: People) -> None:
    text = shelf["therapy"]
    shelf.ann.send(page_of(text), **row("aliases", 0, **ALIAS))
    before = _sent_back(shelf, people, text, **{"summary": "Which isoform?", "aliases/one": "Whose code?"})
    assert "Whose code?" in text_of(shelf.ann.get(page_of(text)))
    assert {'href="#aliases-0"', 'id="aliases-0"'} <= set(
        re.findall(r'(?:href|id)="[^"]*"', text_of(shelf.ann.get(page_of(text))))
    )
    shelf.ann.send(page_of(text), **{"aliases-0-name": "CT041"})
    version = actions.submit(item=text.item, person=people.ann)

    asked = Browser(people.mei).get(page_of(version)).context["asked_before"]

    assert {one.comment.text: one.has_changed for one in asked} == {"Which isoform?": False, "Whose code?": True}
    assert not Browser(people.mei).get(page_of(before)).context["asked_before"]


def test_a_comment_without_words_is_refused(shelf: Shelf, people: People) -> None:
    version = actions.submit(item=shelf["target"].item, person=people.ann)
    address, mei = page_of(version).replace("/change/", "/comment/"), Browser(people.mei)

    assert "Write the comment in its box" in said(mei.post(address, pointer="/name", text=""))
    mei.post(address, pointer="/name", text="Whose?")
    assert [one.text for one in version.comments.all()] == ["Whose?"]


def test_what_is_typed_is_shown_once_it_is_mended(shelf: Shelf) -> None:
    text = shelf["therapy"]
    twice = {**row("aliases", 0, **ALIAS), **row("aliases", 1, **ALIAS)}

    assert "once these are mended" in look(shelf.ann, text, "preview", name="")
    assert "Must be mended" in look(shelf.ann, text, "checks", **twice)
    assert "aliases-group" in look(shelf.ann, text, "checks", **twice)
    wrong = row("aliases", 0, **{**ALIAS, "type": "NO_TYPE"})
    assert "aliases-group" in look(shelf.ann, text, "checks", **wrong)
    assert "Must be mended" not in look(shelf.ann, text, "checks", **row("aliases", 0, **ALIAS))


@pytest.mark.parametrize("page", ["checks", "preview", "history", "compare", "change"])
def test_a_page_beside_no_text_is_not_found(shelf: Shelf, page: str) -> None:
    text = shelf["target"]
    missing = side(text, page).replace(str(text.pk), str(uuid4()))

    assert shelf.ann.get(side(text, page)).status_code == 200
    assert shelf.ann.get(missing).status_code == (302 if page == "change" else 404)
    if page == "change":
        assert "doesn’t exist" in said(shelf.ann.post(missing, _seen=shelf.ann.fields(page_of(text))["_seen"]))


def test_the_list_leads_reviewers_to_the_page_that_confirms(shelf: Shelf, people: People) -> None:
    text = shelf["target"]
    address = reverse("admin:therapies_target_changelist")
    chosen = {"action": "confirm_texts", "_selected_action": [text.pk]}

    confirming = Browser(people.mei).post(address, **chosen)

    assert confirming.redirect_chain == [(f"{reverse('admin:therapies_target_confirm')}?id={text.pk}", 302)]
    assert "confirm" not in [one for one, _ in shelf.ann.get(address).context["action_form"].fields["action"].choices]


class TestCollision:
    def test_is_shown_in_the_words_of_a_person(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy"]
        alias = row("aliases", 0, **ALIAS)
        save(opened(people.ann, text), text, **alias)
        carl = opened(people.carl, text)
        another = type(shelf["tumor_type"])(slug="ovarian", name="Ovarian cancer", group="SOLID")
        another.save()
        actions.record_edit(item=another.item, person=people.ann)
        save(
            opened(people.ann, text),
            text,
            tumor_types=[another.pk],
            short_name="satri-cel 1",
            **{"aliases-0-DELETE": "on"},
        )

        page = save(carl, text, tumor_types=[], short_name="satri", **{"aliases-0-name": "Uno"})

        places = {one["label"]: (one["theirs"], one["mine"]) for one in page.context["places"]}
        assert places["Tumor types"] == ("Ovarian cancer", "nothing")
        assert places["Short name"] == ("satri-cel 1", "satri")
        theirs, mine = next(both for label, both in places.items() if label.startswith("Aliases"))
        assert theirs == "nothing"
        assert "Name: Uno" in mine
        assert of(text)["short_name"] == "satri-cel 1"

    def test_of_a_row_that_is_wrong_keeps_what_was_typed(self, shelf: Shelf, people: People) -> None:
        text = shelf["therapy"]
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, short_name="satri")

        wrong = save(carl, text, **row("aliases", 0, **{**ALIAS, "type": "NO_TYPE"}))
        assert of(text)["aliases"] == []
        assert wrong.context["errors"]

    def test_of_changes_that_make_no_text_together_saves_nothing_and_asks(self, shelf: Shelf, people: People) -> None:
        text = shelf["trial"]
        arm = {"key": "satri-cel", "label": "satri-cel", "type": "EXPERIMENTAL", "position": "0"}
        shelf.ann.send(page_of(text), **row("arms", 0, **arm, assigned="20", treated="10"))
        carl = opened(people.carl, text)
        save(opened(people.ann, text), text, **{"arms-0-treated": "20"})

        page = save(carl, text, **{"arms-0-assigned": "10"})

        assert "no valid text: a row of it would break a rule." in said(page)
        assert [one["label"] for one in page.context["places"]] == ["Arms"]
        assert [(one["assigned"], one["treated"]) for one in of(text)["arms"]] == [(20, 20)]
