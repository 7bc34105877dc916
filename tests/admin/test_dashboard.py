"""The dashboard: each person finds what waits for them, and nothing that does not; at a price that does not grow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content_api.editorial.actions import record_edit, request_changes, submit
from content_api.editorial.queries import shown
from content_api.releases import actions as releases
from content_api.workplace.dashboard import dashboard
from tests.admin.browser import Browser, page_of
from tests.faqs.shelf import Shelf as Library
from tests.situations import Desk
from therapies.models import Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from content_api.editorial.models import Version
    from tests.admin.conftest import Shelf
    from tests.conftest import People


def found(person: User, **later: int) -> dict[str, list[str]]:
    """Return what the dashboard shows a person: the titles of each section's rows."""
    sections = dashboard(person, timezone.now() + timedelta(**later))
    return {section.title: [row.title for row in section.rows] for section in sections}


def send_back(version: Version, people: People, comment: str) -> None:
    read = shown(version)
    request_changes(
        version=version,
        person=people.mei,
        role="Medical reviewer",
        comment=comment,
        content_sha256=read.content_sha256,
        substance_sha256=read.substance_sha256,
    )


def test_what_is_submitted_waits_for_the_reviewer_and_not_for_its_author(shelf: Shelf, people: People) -> None:
    people.ann.groups.add(*people.mei.groups.all())  # she may review, but not this
    submit(item=shelf["target"].item, person=people.ann)

    assert found(people.mei)["Waits for your review"] == ["Claudin18.2"]
    assert found(people.ann)["Waits for your review"] == []
    assert found(people.ann)["Yours in review"] == ["Claudin18.2"]


def test_another_role_s_work_does_not_wait_for_me(shelf: Shelf, people: People) -> None:
    submit(item=shelf["target"].item, person=people.ann)

    assert found(people.rui)["Waits for your review"] == []


def test_what_was_sent_back_is_shown_to_its_author_with_the_comment_until_it_is_submitted_again(
    shelf: Shelf, people: People
) -> None:
    target = shelf["target"]
    send_back(submit(item=target.item, person=people.ann), people, "Name the isoform.")
    before = Browser(people.ann).get("/admin/").content.decode()
    others = found(people.carl)["Sent back to you"]
    target.isoform = "isoform 2"
    target.save()
    record_edit(item=target.item, person=people.ann)
    submit(item=target.item, person=people.ann)

    assert "Name the isoform." in before
    assert page_of(target) in before
    assert others == []
    assert found(people.ann)["Sent back to you"] == []


def test_what_was_written_and_not_submitted_waits_for_whoever_wrote_it(shelf: Shelf, people: People) -> None:
    assert shelf["organization"]

    assert found(people.ann)["Written, and not submitted"] == ["nmpa"]
    assert found(people.carl)["Written, and not submitted"] == []


def test_what_is_approved_waits_until_a_release_holds_it(shelf: Shelf, people: People) -> None:
    version = shelf.approve(shelf["target"])
    before = found(people.pia)
    release = releases.open_release(person=people.ann, title="News")
    releases.add_version(release=release, version=version, person=people.ann)
    held = found(people.pia)
    releases.publish(release=release, person=people.pia)
    out = found(people.pia)

    assert (before["Approved, and not out"], before["Goes out next"]) == (["Claudin18.2"], [])
    assert (held["Approved, and not out"], held["Goes out next"]) == ([], ["News"])
    assert (out["Approved, and not out"], out["Goes out next"]) == ([], [])


def test_a_text_is_due_a_month_before_its_day(shelf: Shelf, people: People) -> None:
    release = releases.open_release(person=people.ann, title="News")
    releases.add_version(release=release, version=shelf.approve(shelf["target"]), person=people.ann)
    releases.publish(release=release, person=people.pia)

    assert found(people.mei, days=300)["Due for review"] == []
    assert found(people.mei, days=340)["Due for review"] == ["Claudin18.2"]


def test_a_text_is_due_when_a_source_of_it_is_retracted_and_the_row_says_so(people: People) -> None:
    library = Library(Desk(people))
    library.published()
    before = found(people.mei)["Due for review"]
    library.write("source", "notice", retracted=True)
    library.desk.publish(*library.approved("notice"))
    page = Browser(people.mei).get("/admin/").content.decode()

    assert before == []
    assert f"/admin/faqs/faq/{library.id_of('why-harder')}/change/" in page
    assert "A source was retracted: A notice." in page


def test_a_section_shows_the_first_rows_and_counts_them_all(people: People) -> None:
    _fill(people, 20)
    sections = {one.title: one for one in dashboard(people.ann, timezone.now())}

    assert (len(sections["Yours in review"].rows), sections["Yours in review"].count) == (8, 10)
    assert (len(sections["Written, and not submitted"].rows), sections["Written, and not submitted"].count) == (8, 10)


def test_whoever_has_no_role_is_told_whom_to_ask(people: People) -> None:
    page = Browser(people.make("stranger")).get("/admin/").content.decode()

    assert "You have no role yet" in page
    assert dashboard(people.make("nobody"), timezone.now()) == []


def test_an_administrator_finds_no_editorial_work(people: People) -> None:
    assert list(found(people.ada)) == ["Sites that are behind"]


@pytest.mark.parametrize("name", ["ann", "mei", "pia", "ada"])
def test_it_takes_the_same_queries_however_much_there_is(shelf: Shelf, people: People, name: str) -> None:
    person = getattr(people, name)
    _fill(people, 2)
    few = _queries(person)
    _fill(people, 12)

    assert _queries(person) == few
    assert few <= 30


def _fill(people: People, count: int) -> None:
    for _ in range(count):
        number = Organization.objects.count()
        row = Organization.objects.create(
            slug=f"org-{number}", name=f"Organization {number}", country="CN", roles=["REGULATOR"]
        )
        record_edit(item=row.item, person=people.ann)
        if number % 2:
            submit(item=row.item, person=people.ann)


def _queries(person: Any) -> int:
    browser = Browser(person)
    browser.get("/admin/")
    with CaptureQueriesContext(
        connection,
    ) as taken:
        browser.get("/admin/")
    return len(taken)
