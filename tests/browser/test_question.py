"""A question with a slot, from its first word to the day it is pulled: each step in the window of who takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from tests.faqs.shelf import Shelf
from tests.journeys.dossier import event
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.window import Window
    from tests.conftest import People

ADDRESS = "/api/v1/faqs/is-satri-cel-approved-in-china/"
QUESTION = "Is satri-cel approved in China?"
GONE = 410


@pytest.fixture
def library(people: People) -> Shelf:
    """Publish a therapy that China approved, and the disclaimer that questions carry."""
    shelf = Shelf(Desk(people))
    shelf.approval("satri-cel-nmpa", "satri-cel", "CN", "nmpa", [event("APPROVED", "2026-06-22", pathway="FULL")])
    shelf.published()
    return shelf


def test_a_question_with_a_slot_is_asked_back_answered_approved_by_two_published_and_pulled(
    library: Shelf, people: People, open_window: Callable[..., Window]
) -> None:
    ann, pia = open_window(people.ann), open_window(people.pia)
    mei, rui = open_window(people.mei, width=390), open_window(people.rui, width=390, dark=True)
    reader = Reader(issue_key(site=create_site(slug="site", name="A site")))

    _write(ann)
    _ask_back(mei)
    _answer(ann)
    _approve(rui, "Your approval is recorded. It waits for another role.")
    _approve(mei, "It is approved")
    _publish(pia)
    short = reader.get(ADDRESS).json()["short_answer_html"]
    assert "satri-cel: approved in China (NMPA) since 22 June 2026." in short

    _pull(mei)
    gone = reader.get(ADDRESS)
    assert (gone.status_code, gone.json()["reason"]) == (GONE, "ENTERED_IN_ERROR")
    _confirm(rui)
    assert reader.get(ADDRESS).status_code == GONE


def _write(ann: Window) -> None:
    """Write a question, and find the fact for its answer by keys alone."""
    ann.go("/admin/")
    ann.page.get_by_role("link", name="Add to FAQs").click()
    ann.page.get_by_role("textbox", name="Question").fill(QUESTION)
    ann.page.get_by_label("Topic").select_option("ACCESS")
    ann.page.get_by_label("Patients").first.check()
    ann.page.get_by_label("Days until the next review").fill("90")
    _insert_a_fact(ann)
    ann.press("Save")
    ann.press("Save and submit for review")
    ann.press("Submit for review")
    assert "waits for medical reviewer and regulatory reviewer" in ann.text()


def _insert_a_fact(ann: Window) -> None:
    ann.page.get_by_role("group", name="Format").first.get_by_role("button", name="Insert a fact…").press("Enter")
    dialog = ann.page.get_by_role("dialog", name="Insert a fact")
    dialog.get_by_role("searchbox").fill("satri-cel-nmpa")
    ann.page.keyboard.press("Enter")
    dialog.get_by_role("link", name="satricabtagene autoleucel").wait_for(state="detached")
    dialog.get_by_role("link", name="satri-cel").first.press("Enter")
    dialog.get_by_role("button", name="Insert {{ approval:satri-cel-nmpa.status | status-sentence }}").press("Enter")
    assert (
        "{{ approval:satri-cel-nmpa.status | status-sentence }}" in ann.page.get_by_label("Short answer").input_value()
    )


def _ask_back(mei: Window) -> None:
    """Read the slot filled, and ask about one field."""
    mei.go("/admin/")
    mei.follow(QUESTION)
    assert "approved in China (NMPA) since 22 June 2026" in mei.text()
    field = mei.page.locator("dl.reading > div").filter(has_text="Short answer").first
    field.locator("summary", has_text="Comment").click()
    field.get_by_role("textbox").fill("Say what that does not mean elsewhere.")
    field.get_by_role("button", name="Add comment").click()
    mei.press("Request changes")
    assert "Changes requested" in mei.text()


def _answer(ann: Window) -> None:
    """Mend the field that was asked about, and submit again."""
    ann.go("/admin/")
    ann.follow(QUESTION)
    assert "Say what that does not mean elsewhere." in ann.page.inner_text(".field-short_answer")
    area = ann.page.get_by_label("Short answer")
    area.fill(f"{area.input_value()} Other countries decide on their own.")
    ann.press("Save and submit for review")
    ann.press("Submit for review")


def _approve(reviewer: Window, told: str) -> None:
    reviewer.go("/admin/")
    reviewer.follow(QUESTION)
    assert "Other countries decide on their own." in reviewer.text()
    assert reviewer.overflow() <= 0
    reviewer.press("Approve this text")
    assert told in reviewer.text()


def _publish(pia: Window) -> None:
    """Find what was approved, see that nothing else changes, and let it out with one click."""
    pia.go("/admin/")
    pia.follow(QUESTION)
    pia.press("Publish now")
    assert "Release 2 is out." in pia.text()


def _pull(mei: Window) -> None:
    """Read what a pull does before doing it."""
    mei.go("/admin/faqs/faq/")
    mei.follow(QUESTION)
    mei.follow("Pull")
    assert "It goes down at once" in mei.text()
    mei.page.get_by_label("Reason").select_option("ENTERED_IN_ERROR")
    mei.page.get_by_label("Public note").fill("It was entered in error.")
    assert mei.overflow() <= 0
    mei.press("Pull it now")
    assert "waits for a second person" in mei.text()


def _confirm(rui: Window) -> None:
    rui.go("/admin/")
    rui.follow("Pulled: It was entered in error.")
    rui.follow("Look at the pull and confirm it")
    rui.press("Confirm the pull")
    assert "confirmed by a second person" in rui.text()
