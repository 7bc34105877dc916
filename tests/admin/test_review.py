"""Reviewers read and judge in the admin: what they approve is what the page showed, and never their own text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from content_api.editorial.actions import record_edit, submit
from content_api.editorial.models import Review, State, Version
from tests.admin.browser import Browser, page_of, said
from therapies.models import ApprovalCheck, ApprovalEventCitation

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

LIST = reverse("admin:editorial_version_changelist")


def judge(browser: Browser, version: Version, **verdict: Any) -> Any:
    """Give a verdict with what the page of the version put into its form."""
    return browser.send(page_of(version), to=step(version, "verdict"), **verdict)


def step(version: Version, name: str) -> str:
    """Return the address that a form on the page of a version posts to."""
    return reverse(f"admin:editorial_version_{name}", args=[version.pk])


@pytest.fixture
def version(shelf: Shelf, people: People) -> Version:
    """Offer Ann's first submission of a therapy class."""
    return submit(item=shelf["therapy_class"].item, person=people.ann)


class TestApprove:
    def test_binds_the_verdict_to_what_was_shown(self, version: Version, people: People) -> None:
        response = judge(Browser(people.mei), version, verdict="APPROVED", comment="Reads right.")

        version.refresh_from_db()
        review = Review.objects.get(version=version)
        assert version.state == State.APPROVED
        assert (review.reviewer, review.comment) == (people.mei, "Reads right.")
        assert review.content_sha256 == version.content_sha256
        assert "It is approved" in said(response)

    def test_by_a_contributor_is_refused_with_the_reason(self, version: Version, people: People) -> None:
        people.ann.groups.add(*people.mei.groups.all())
        browser = Browser(people.ann)

        page = browser.get(page_of(version))
        response = judge(browser, version, verdict="APPROVED")

        assert "somebody else must approve it" in page.content.decode()
        assert "Approve this text" not in page.content.decode()
        assert "somebody else must approve it" in said(response)
        assert not Review.objects.exists()

    @pytest.mark.parametrize("name", ["carl", "rui", "pia", "ada"])
    def test_by_who_has_not_the_role_is_refused(self, version: Version, people: People, name: str) -> None:
        browser = Browser(getattr(people, name))
        hashes = {"content_sha256": version.content_sha256, "substance_sha256": "sha256:0"}

        page = browser.get(page_of(version))
        response = browser.post(step(version, "verdict"), verdict="APPROVED", role="Medical reviewer", **hashes)

        assert "This waits for a medical reviewer" in page.content.decode()
        assert "You do not have that role." in said(response)
        assert not Review.objects.exists()

    @pytest.mark.parametrize("member", ["content_sha256", "substance_sha256"])
    def test_of_something_else_than_was_shown_is_refused(self, version: Version, people: People, member: str) -> None:
        response = judge(Browser(people.mei), version, verdict="APPROVED", **{member: f"sha256:{'0' * 64}"})

        assert "Reload the page and read it again." in said(response)
        assert not Review.objects.exists()

    def test_without_the_form_is_refused(self, version: Version, people: People) -> None:
        response = Browser(people.mei).post(step(version, "verdict"), verdict="APPROVED")

        assert "on the page that shows the text" in said(response)
        assert not Review.objects.exists()

    def test_by_one_of_two_roles_waits_for_the_other(self, shelf: Shelf, people: People) -> None:
        shelf["approval"].checks.create(
            key="looked", on="2026-06-01", source=shelf["source"], finding="Nothing yet.", position=0
        )
        shelf.ann.send(page_of(shelf["approval"]), title="satri-cel, China")
        version = submit(item=shelf["approval"].item, person=people.ann)

        first = judge(Browser(people.mei), version, verdict="APPROVED")
        second = judge(Browser(people.rui), version, verdict="APPROVED")

        assert "It waits for another role." in said(first)
        assert "It is approved" in said(second)


class TestRequestChanges:
    def test_goes_back_to_the_author_with_the_comment(self, version: Version, shelf: Shelf, people: People) -> None:
        response = judge(Browser(people.mei), version, verdict="CHANGES_REQUESTED", comment="Say of which cells.")

        version.refresh_from_db()
        standing = shelf.ann.get(page_of(shelf["therapy_class"])).context["standing"]
        assert version.state == State.CHANGES_REQUESTED
        assert "It goes back to its author" in said(response)
        assert "changes requested by Mei Example: “Say of which cells.”" in standing[1]

    def test_without_a_comment_is_refused(self, version: Version, people: People) -> None:
        response = judge(Browser(people.mei), version, verdict="CHANGES_REQUESTED")

        version.refresh_from_db()
        assert "Say what must change" in said(response)
        assert version.state == State.IN_REVIEW


class TestRecall:
    def test_is_for_the_submitter(self, version: Version, shelf: Shelf) -> None:
        response = shelf.ann.send(page_of(version), to=step(version, "recall"))

        version.refresh_from_db()
        assert version.state == State.RECALLED
        assert "It is recalled." in said(response)

    def test_is_refused_to_others(self, version: Version, people: People) -> None:
        browser = Browser(people.carl)

        assert "Take it back" not in browser.get(page_of(version)).content.decode()
        assert "Only the person who submitted it" in said(browser.post(step(version, "recall")))


class TestPage:
    def test_shows_the_text_as_readers_will_see_it(self, shelf: Shelf, people: People) -> None:
        shelf.ann.send(page_of(shelf["therapy_class"]), definition="T cells with a **chimeric** receptor.")
        version = submit(item=shelf["therapy_class"].item, person=people.ann)

        page = Browser(people.mei).get(page_of(version)).content.decode()

        assert "<strong>chimeric</strong>" in page
        assert "Ann Example" in page

    def test_shows_text_and_not_markup_of_ours(self, shelf: Shelf, people: People) -> None:
        shelf.ann.send(page_of(shelf["therapy_class"]), name="<script>alert(1)</script>")
        version = submit(item=shelf["therapy_class"].item, person=people.ann)

        page = Browser(people.mei).get(page_of(version)).content.decode()

        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page

    def test_is_read_by_everybody_with_a_role_and_by_nobody_else(self, version: Version, people: People) -> None:
        assert Browser(people.pia).get(page_of(version)).status_code == 200
        assert Browser(people.make("stranger")).get(page_of(version)).status_code == 404

    def test_takes_no_verdict_by_following_a_link(self, version: Version, people: People) -> None:
        assert Browser(people.mei).get(step(version, "verdict")).status_code == 405


class TestList:
    def test_finds_what_waits_for_the_person_who_looks(self, version: Version, people: People) -> None:
        waiting = {
            name: len(Browser(getattr(people, name)).get(f"{LIST}?waits=me").context["cl"].result_list)
            for name in ("mei", "rui", "carl")
        }

        assert waiting == {"mei": 1, "rui": 0, "carl": 0}

    def test_has_no_longer_what_was_judged(self, version: Version, people: People) -> None:
        mei = Browser(people.mei)
        judge(mei, version, verdict="APPROVED")

        assert not mei.get(f"{LIST}?waits=me").context["cl"].result_list
        assert mei.get(f"{LIST}?q=Engineered").context["cl"].result_list

    def test_of_one_item_is_linked_from_its_page(self, version: Version, shelf: Shelf) -> None:
        page = shelf.ann.get(page_of(shelf["therapy_class"]))

        assert len(shelf.ann.get(page.context["history_url"]).context["entries"]) == 1


def test_the_audit_trail_is_read_and_never_written(version: Version, people: People) -> None:
    mei = Browser(people.mei)
    trail = reverse("admin:editorial_transition_changelist")

    assert "submit" in mei.get(trail).content.decode()
    assert mei.get(reverse("admin:editorial_transition_change", args=[1])).status_code == 200
    assert mei.post(reverse("admin:editorial_transition_change", args=[1]), verb="x").status_code == 403
    assert mei.get(reverse("admin:editorial_transition_add")).status_code == 403


@pytest.fixture
def case(shelf: Shelf, people: People) -> Version:
    """Submit a case with an event, whose rows stand one below the other, and a check, whose rows stand in a table."""
    event = shelf.add_event()
    cited = {"source": shelf["source"], "position": 0}
    ApprovalEventCitation.objects.create(parent=event, **cited)
    ApprovalCheck.objects.create(parent=event.parent, key="may", on=event.on, finding="Nothing.", **cited)
    record_edit(item=event.parent.item, person=people.ann)
    return submit(item=event.parent.item, person=people.ann)


class TestACommentOnARow:
    def test_is_offered_beside_each_row_of_a_new_text(self, case: Version, people: People) -> None:
        page = Browser(people.mei).get(page_of(case)).content.decode()

        assert '<input type="hidden" name="pointer" value="/checks/may">' in page

    @pytest.mark.parametrize("pointer", ["/checks/may", "/checks/may/finding"])
    def test_is_read_on_the_page_of_the_version(self, case: Version, people: People, pointer: str) -> None:
        mei = Browser(people.mei)
        mei.post(step(case, "comment"), pointer=pointer, text="Which day?")

        assert mei.get(page_of(case)).content.decode().count("Which day?") == 1

    @pytest.mark.parametrize(
        ("pointer", "row"),
        [
            ("/events/approved", "events"),
            ("/events/approved/on", "events"),
            ("/checks/may", "checks"),
            ("/checks/may/finding", "checks"),
        ],
    )
    def test_stands_beside_the_row_in_the_form(
        self, case: Version, shelf: Shelf, people: People, pointer: str, row: str
    ) -> None:
        Browser(people.mei).post(step(case, "comment"), pointer=pointer, text="Which day?")

        form = shelf.ann.get(page_of(shelf["approval"])).content.decode()
        assert "Which day?" in form.partition(f'id="{row}-0"')[2].partition(f'id="{row}-empty"')[0]
        assert f'href="#{row}-0"' in form

    @pytest.mark.parametrize("pointer", ["/events/never", "/events/approved/never", "/events/approved/on/never", "/"])
    def test_is_refused_where_there_is_no_such_row_or_field(self, case: Version, people: People, pointer: str) -> None:
        answer = Browser(people.mei).post(step(case, "comment"), pointer=pointer, text="What?")

        assert "has no field" in said(answer)

    def test_of_what_readers_do_not_see_stands_below_its_words(self, case: Version, people: People) -> None:
        mei = Browser(people.mei)
        mei.post(step(case, "comment"), pointer="/review_interval_days", text="Why so rarely?")

        page = mei.get(page_of(case))
        (beyond,) = page.context["beyond"]
        assert (beyond["label"], beyond["words"]) == ("Review interval days", "90")
        assert page.content.decode().count("Why so rarely?") == 1

    @pytest.mark.parametrize(
        ("pointer", "label", "field"),
        [("/events/approved", "This row", "key"), ("/events/approved/on", "On", "on")],
    )
    def test_stands_beside_its_field_on_the_page_of_the_row(
        self, case: Version, shelf: Shelf, people: People, pointer: str, label: str, field: str
    ) -> None:
        mei = Browser(people.mei)
        for place, text in ((pointer, "Which day?"), ("/checks/may", "Of another row."), ("/title", "Of the text.")):
            mei.post(step(case, "comment"), pointer=place, text=text)

        page = shelf.ann.get(page_of(shelf["approval"].events.get())).content.decode()
        assert f'<a href="#id_{field}">{label}</a>' in page
        assert "Which day?" in page.partition(f'id="id_{field}"')[2]
        assert "Of another row." not in page
        assert "Of the text." not in page
