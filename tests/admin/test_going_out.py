"""From the page of a version to its release: the set that it belongs to, or one click that lets it out alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api.editorial.actions import submit
from content_api.releases.actions import add_version, open_release, publish_version, put_in
from tests.admin.browser import Browser, page_of
from tests.journeys.dossier import Dossier, event
from tests.situations import Desk

if TYPE_CHECKING:
    from content_api.editorial.models import Version
    from tests.admin.conftest import Shelf
    from tests.conftest import People

CLICK = "Publish now"


@pytest.fixture
def approved(shelf: Shelf) -> Version:
    """Approve a target, which shows nothing else and is shown by nothing."""
    return shelf.approve(shelf["target"])


def test_a_version_leads_to_the_set_that_its_working_copy_is_in(shelf: Shelf, people: People) -> None:
    news = open_release(person=people.ann, title="News of June")
    put_in(release=news, items=[shelf["target"].item], person=people.ann)
    version = submit(item=shelf["target"].item, person=people.ann)
    other = submit(item=shelf["source"].item, person=people.ann)
    mei = Browser(people.mei)

    page = mei.get(page_of(version)).content.decode()
    assert f'<a href="{page_of(news)}">News of June</a>' in page
    assert "you read and judge all of them at once" in page
    assert "News of June" not in mei.get(page_of(other)).content.decode()


def test_a_version_leads_to_the_release_that_it_waits_in_or_went_out_with(
    approved: Version, people: People, shelf: Shelf
) -> None:
    news = open_release(person=people.ann, title="News of June")
    add_version(release=news, version=approved, person=people.ann)
    waiting = Browser(people.pia).get(page_of(approved)).content.decode()
    out = shelf.approve(shelf["source"])
    number = publish_version(version=out, person=people.pia, title="A source").number
    gone = Browser(people.pia).get(page_of(out)).content.decode()

    assert f'href="{page_of(news)}"' in waiting
    assert f"Published as release {number}" in gone
    assert CLICK not in waiting + gone


def test_a_publisher_lets_it_out_with_one_click_and_nobody_else_is_offered_it(
    approved: Version, people: People
) -> None:
    assert CLICK in Browser(people.pia).get(page_of(approved)).content.decode()
    for other in (people.ann, people.mei, people.ada):
        assert CLICK not in Browser(other).get(page_of(approved)).content.decode()
    assert "Add to a release" in Browser(people.ann).get(page_of(approved)).content.decode()


def test_what_others_must_read_first_is_not_offered_and_says_why(people: People) -> None:
    dossier = Dossier(Desk(people)).published()
    dossier.approval("satri-cel-fda", "satri-cel, US (FDA)", "US", "fda", [event("IND_CLEARED", "2020-05-21")])
    (version,) = dossier.approved("satri-cel-fda")

    page = Browser(people.pia).get(page_of(version)).content.decode()

    assert CLICK not in page
    assert "Not by itself:" in page
    assert "satricabtagene autoleucel" in page
    assert "Add to a release" in page


def test_the_dashboard_counts_the_working_copies_of_a_set(shelf: Shelf, people: People) -> None:
    news = open_release(person=people.ann, title="News of June")
    put_in(release=news, items=[shelf["target"].item, shelf["source"].item], person=people.ann)
    add_version(release=news, version=shelf.approve(shelf["tumor_type"]), person=people.ann)

    assert "3 texts so far" in Browser(people.pia).get("/admin/").content.decode()


def test_a_text_is_found_for_a_set_by_its_name(shelf: Shelf, people: People) -> None:
    news = open_release(person=people.ann, title="News of June")
    assert shelf["therapy"]

    found = shelf.ann.get(f"{page_of(news)}?find=autoleucel").context["found"]

    assert [(one["kind"], one["slug"]) for one in found] == [("therapy", "satri-cel")]
    assert shelf.ann.get(f"{page_of(news)}?find=nowhere").context["found"] == []
