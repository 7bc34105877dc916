"""The news of 22 June 2026 as one set: put in together, submitted once, judged twice, published once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api.editions.models import PublishedRelease
from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from tests.faqs.shelf import Shelf
from tests.journeys.dossier import event
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.window import Window
    from tests.conftest import People

SUBMITTED, APPROVED = event("SUBMITTED", "2025-06-25"), event("APPROVED", "2026-06-22", pathway="FULL")
STATUS = "{{{{ approvals(therapy={therapy}).status-by-jurisdiction }}}}"
TITLE = "China approves satri-cel"


@pytest.fixture
def library(people: People) -> Shelf:
    """Publish what was known before, then write what the event changes."""
    shelf = Shelf(Desk(people))
    shelf.approval("satri-cel-nmpa", "satri-cel", "CN", "nmpa", [SUBMITTED])
    answer = STATUS.format(therapy=shelf.id_of("satri-cel"))
    shelf.faq("where", question="Where is it approved?", short_answer=answer, review_interval_days=90)
    shelf.published()
    shelf.approval("satri-cel-nmpa", "satri-cel", "CN", "nmpa", [SUBMITTED, APPROVED])
    shelf.write("therapy", "satri-cel", summary="CAR-T cells that find Claudin18.2. China approved them in 2026.")
    return shelf


def test_one_event_is_one_submission_two_verdicts_and_one_release(
    library: Shelf, people: People, open_window: Callable[..., Window]
) -> None:
    ann, pia = open_window(people.ann), open_window(people.pia)
    mei, rui = open_window(people.mei, width=390), open_window(people.rui, dark=True)

    _put_in_and_submit(ann)
    _judge(rui)
    _judge(mei)
    _publish(pia)

    reader = Reader(issue_key(site=create_site(slug="site", name="A site")))
    assert PublishedRelease.objects.count() == 2
    assert reader.get("/api/v1/approvals/satri-cel-nmpa/").json()["status"] == "APPROVED"
    assert "approved in China (NMPA)" in reader.get("/api/v1/faqs/where/").json()["short_answer_html"]
    assert "approved them in 2026" in reader.get("/api/v1/therapies/satri-cel/").json()["summary_html"]


def _put_in_and_submit(ann: Window) -> None:
    """Put one text in from its own page, another by searching for its name; submit both at once."""
    ann.go("/admin/therapies/approval/")
    ann.page.get_by_role("main").locator("tbody th a").first.click()
    ann.follow("Add to a release")
    ann.page.get_by_label("Title").fill(TITLE)
    ann.press("Put in")
    ann.page.get_by_role("searchbox", name="A text, by its name or address").fill("satri-cel")
    ann.press("Search")
    ann.page.get_by_role("checkbox", name="therapy satri-cel").check()
    ann.press("Put in")
    ann.page.get_by_label("What changed, for all of them").select_option("WORLD_CHANGED")
    ann.page.get_by_role("complementary").get_by_label("Public note").fill("The NMPA approved it on 22 June 2026.")
    ann.press("Submit all for review")
    assert "2 in review" in ann.text()


def _judge(reviewer: Window) -> None:
    """Come from the dashboard to one of the texts, from there to the set, and judge all of it with one button."""
    reviewer.go("/admin/")
    reviewer.page.get_by_role("region", name="Waits for your review").get_by_role("link").first.click()
    reviewer.follow(TITLE)
    for mark in reviewer.page.get_by_label("Reads right").all():
        mark.check()
    assert reviewer.overflow() <= 0
    reviewer.press("Give this verdict")
    assert "Your verdict is recorded." in reviewer.text()


def _publish(pia: Window) -> None:
    pia.go("/admin/")
    assert "2 texts" in pia.page.get_by_role("region", name="Goes out next").inner_text()
    pia.follow(TITLE)
    pia.press("Publish now")
    assert "Release 2 is out." in pia.text()
