"""Lists of working copies: where each text stands, filters for it, and a price that does not grow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.editorial.actions import record_edit, submit
from content_api.releases import actions as releases
from tests.admin.browser import Browser
from therapies.models import Organization

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

LIST = "/admin/therapies/organization/"


def write(people: People, slug: str) -> Organization:
    row = Organization.objects.create(slug=slug, name=slug.title(), country="CN", roles=["REGULATOR"])
    record_edit(item=row.item, person=people.ann)
    return row


def listed(browser: Browser, query: str = "") -> dict[str, str]:
    """Return the rows of the list: the name, and where it says that the text stands."""
    page = browser.get(f"{LIST}{query}").content.decode()
    rows = re.findall(r'<th class="field-name">.*?>([^<]+)</a>.*?<span class="state [^>]*>([^<]+)<', page, re.DOTALL)
    return dict(rows)


@pytest.fixture
def five(shelf: Shelf, people: People) -> Browser:
    """Write five organizations, each of which stands elsewhere."""
    for slug in ("written", "submitted", "approved", "out", "changed"):
        write(people, slug)
    rows = {row.slug: row for row in Organization.objects.all()}
    submit(item=rows["submitted"].item, person=people.ann)
    shelf.approve(rows["approved"])
    release = releases.open_release(person=people.ann, title="News")
    for slug in ("out", "changed"):
        releases.add_version(release=release, version=shelf.approve(rows[slug]), person=people.ann)
    releases.publish(release=release, person=people.pia)
    rows["changed"].name = "Changed"
    rows["changed"].country = "US"
    rows["changed"].save()
    record_edit(item=rows["changed"].item, person=people.carl)
    return Browser(people.ann)


def test_it_says_where_each_text_stands(five: Browser) -> None:
    assert listed(five) == {
        "Written": "Not submitted",
        "Submitted": "In review",
        "Approved": "Approved, not out",
        "Out": "Live",
        "Changed": "Not submitted",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?stands=live", {"Out"}),
        ("?stands=in_review", {"Submitted"}),
        ("?stands=not_submitted", {"Written", "Changed"}),
        ("?out=yes", {"Out", "Changed"}),
        ("?out=no", {"Written", "Submitted", "Approved"}),
        ("?review=later", {"Out", "Changed"}),
        ("?review=overdue", set()),
        ("?owner=me", {"Written", "Submitted", "Approved", "Out"}),
        ("?owner=others", {"Changed"}),
        ("?stands=live&owner=others", set()),
    ],
)
def test_it_is_filtered_by_where_they_stand(five: Browser, query: str, found: set[str]) -> None:
    assert listed(five, query).keys() == found


def test_it_takes_the_same_queries_for_one_text_and_for_many(people: People) -> None:
    browser, counts = Browser(people.ann), []
    for number in range(12):
        write(people, f"org-{number}")
        if number in {1, 11}:
            with CaptureQueriesContext(connection) as taken:
                browser.get(LIST)
            counts.append(len(taken))

    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_a_set_of_choices_is_shown_in_words(people: People) -> None:
    write(people, "nmpa")

    page = Browser(people.ann).get(LIST).content.decode()
    assert "Regulator" in page
    assert "REGULATOR" not in page
