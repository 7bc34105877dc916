"""A change set in the admin: put in, submitted, judged, scheduled and published on one page, by those who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from content_api.editions.models import Edition, PublishedRelease
from content_api.editorial.models import Version
from content_api.releases.actions import open_release, publish_version
from content_api.releases.models import Release, ReleaseState, SetVerdict
from tests.admin.browser import Browser, page_of, said
from tests.admin.test_marks import out_with_a_source
from tests.admin.test_releases import step

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

PUT_IN = reverse("admin:releases_release_put_in")


def a_page(name: str, row: Any) -> str:
    return reverse(f"admin:releases_release_{name}", args=[row])


@pytest.fixture
def news(shelf: Shelf, people: People) -> Release:
    """Offer a set that holds the working copies of a target and of a class, put in from a list."""
    ids = f"?id={shelf['target'].pk}&id={shelf['therapy_class'].pk}"
    shelf.ann.send(PUT_IN + ids, title="News")
    return Release.objects.get()


def standings(page: Any) -> dict[str, str]:
    return {one["name"]: one["standing"] for one in page.context["texts"]}


class TestPutIn:
    def test_from_a_list_into_a_new_release(self, shelf: Shelf, news: Release) -> None:
        page = shelf.ann.get(page_of(news))

        assert standings(page) == {"CAR-T": "to be submitted", "Claudin18.2": "to be submitted"}
        assert page.context["next_steps"] == ["An editor submits 2 texts."]
        assert "not approved yet" in page.context["why_not"]

    def test_the_list_leads_to_the_page(self, shelf: Shelf) -> None:
        chosen = {"action": "add_to_release", "_selected_action": [shelf["target"].pk]}
        listed = shelf.ann.post(reverse("admin:therapies_target_changelist"), **chosen)

        assert listed.redirect_chain == [(f"{PUT_IN}?id={shelf['target'].pk}", 302)]
        assert "Claudin18.2" in listed.content.decode()

    def test_into_a_release_that_is_open_by_searching_on_its_page(self, shelf: Shelf, news: Release) -> None:
        shelf["organization"]
        page = shelf.ann.get(f"{page_of(news)}?find=nmp")

        assert [one["slug"] for one in page.context["found"]] == ["nmpa"]
        put = shelf.ann.post(step(news, "put-in"), items=[shelf["organization"].pk])
        assert "1 in the release" in said(put)
        assert news.working_copies.count() == 3

    def test_a_refusal_stays_on_the_page_and_opens_no_release(self, shelf: Shelf, news: Release) -> None:
        page = shelf.ann.post(f"{PUT_IN}?id={shelf['target'].pk}", title="Another")

        assert "is in the release “News”" in said(page)
        assert Release.objects.count() == 1

    def test_is_for_who_composes(self, people: People, shelf: Shelf, news: Release) -> None:
        mei = Browser(people.mei)

        assert mei.get(f"{PUT_IN}?id={shelf['target'].pk}").status_code == 403
        assert "Only an editor or a publisher" in said(mei.post(step(news, "put-in"), items=[shelf["target"].pk]))
        page = mei.get(page_of(news))
        assert "Take out" not in page.content.decode()


class TestSubmit:
    def test_all_go_to_review_with_what_changed(self, shelf: Shelf, people: People, news: Release) -> None:
        assert "2 in review" in said(shelf.ann.send(page_of(news), to=step(news, "submit")))
        assert {one.state for one in Version.objects.all()} == {"IN_REVIEW"}

    def test_none_goes_if_one_cannot_and_the_page_says_which(self, shelf: Shelf, people: People, news: Release) -> None:
        publish_version(version=shelf.approve(shelf["organization"]), person=people.pia)
        shelf.ann.send(page_of(shelf["organization"]), name="The NMPA")
        shelf.ann.post(step(news, "put-in"), items=[shelf["organization"].pk])

        refused = shelf.ann.post(step(news, "submit"))
        own = {f"type-{shelf['organization'].pk}": "EDITORIAL", f"note-{shelf['organization'].pk}": "Its name."}
        sent = shelf.ann.post(step(news, "submit"), **own)

        assert "The NMPA: Readers are told what changed" in said(refused)
        assert "3 in review" in said(sent)
        assert Version.objects.get(item=shelf["organization"].item, number=2).change_note == "Its name."


class TestVerdict:
    @pytest.fixture
    def submitted(self, shelf: Shelf, news: Release) -> Release:
        shelf.ann.post(step(news, "submit"))
        return news

    def test_one_verdict_approves_all_and_publishing_says_where_it_is(self, people: People, submitted: Release) -> None:
        mei, pia = Browser(people.mei), Browser(people.pia)

        judged = mei.send(page_of(submitted), to=step(submitted, "review"))
        published = pia.send(page_of(submitted), to=step(submitted, "publish"))

        assert said(judged) == "Your verdict is recorded."
        assert {one.state for one in Version.objects.all()} == {"APPROVED"}
        assert said(published) == "Release 1 is out."
        assert "/api/v1/releases/1/" in published.content.decode()
        assert Edition.objects.count() == 2

    def test_one_is_sent_back_with_a_comment_that_its_editor_sees(
        self, shelf: Shelf, people: People, submitted: Release
    ) -> None:
        mei, version = Browser(people.mei), Version.objects.get(item=shelf["target"].item)
        page = page_of(submitted)
        back = {f"verdict-{version.pk}": "CHANGES_REQUESTED", f"comment-{version.pk}": "Name the isoform."}

        mei.send(page, to=step(submitted, "review"), **back)

        seen = shelf.ann.get(page)
        assert standings(seen) == {"CAR-T": "approved", "Claudin18.2": "needs rewriting"}
        assert "Name the isoform." in seen.content.decode()

    def test_is_not_offered_on_a_text_that_the_person_wrote(
        self, shelf: Shelf, people: People, submitted: Release
    ) -> None:
        people.ann.groups.add(*people.mei.groups.all())

        page = shelf.ann.get(page_of(submitted))

        assert not page.context["is_judging"]
        assert "You contributed to this text" in page.content.decode()
        assert not SetVerdict.objects.exists()

    @pytest.mark.parametrize("name", ["ann", "pia", "ada", "rui"])
    def test_is_offered_to_nobody_without_the_role(self, people: People, submitted: Release, name: str) -> None:
        browser = Browser(getattr(people, name))
        hashes = {"role": "Medical reviewer", "impact_sha256": "sha256:0"}

        assert "Give this verdict" not in browser.get(page_of(submitted)).content.decode()
        assert "You do not have that role" in said(browser.post(step(submitted, "review"), **hashes))


class TestSchedule:
    def test_is_typed_on_the_clock_of_a_place_and_shown_in_utc(self, shelf: Shelf, people: People) -> None:
        release = open_release(person=people.ann, title="Later")
        shelf.ann.post(step(release, "add"), versions=[shelf.approve(shelf["target"]).pk])
        pia, when = Browser(people.pia), {"day": "2099-06-22", "time": "09:00", "zone": "Asia/Shanghai"}

        scheduled = pia.send(page_of(release), to=step(release, "schedule"), **when)
        back = pia.send(page_of(release), to=step(release, "unschedule"))

        assert "22 June 2099 at 01:00 UTC" in said(scheduled)
        assert "typed in Asia/Shanghai" in scheduled.content.decode()
        assert "open again" in said(back)

    def test_is_refused_without_a_time_or_the_role(self, shelf: Shelf, people: People) -> None:
        release = open_release(person=people.ann, title="Later")
        shelf.ann.post(step(release, "add"), versions=[shelf.approve(shelf["target"]).pk])
        when = {"day": "2099-06-22", "time": "09:00", "zone": "UTC"}

        assert "Give a day, a time" in said(Browser(people.pia).post(step(release, "schedule"), day="2099-06-22"))
        assert "Only a publisher" in said(shelf.ann.post(step(release, "schedule"), **when))
        release.refresh_from_db()
        assert release.state == ReleaseState.OPEN


class TestTakingDown:
    @pytest.fixture
    def out(self, shelf: Shelf, people: People) -> Any:
        return out_with_a_source(shelf, people)

    def test_a_withdrawal_says_what_it_changes_and_goes_into_a_release(
        self, shelf: Shelf, people: People, out: Any
    ) -> None:
        release = open_release(person=people.ann, title="Taken down")
        address, pia = a_page("withdraw", shelf["source"].pk), Browser(people.pia)

        page = pia.get(address)
        pia.send(address, release=release.pk, reason="OUTDATED", public_note="It is out of date.")

        assert [one["name"] for one in page.context["reads_differently"]] == ["satricabtagene autoleucel"]
        assert [one.item_id for one in release.withdrawals.all()] == [shelf["source"].pk]
        assert "It is out of date." in pia.get(page_of(release)).content.decode()

    def test_a_withdrawal_is_offered_to_publishers(self, shelf: Shelf, people: People, out: Any) -> None:
        page = shelf.ann.get(a_page("withdraw", shelf["source"].pk))

        assert "Only a publisher may do this" in page.context["refusal"]
        assert "Take it down in the release" not in page.content.decode()

    def test_a_pull_lists_first_what_it_does_and_is_confirmed_by_another(
        self, shelf: Shelf, people: People, out: Any
    ) -> None:
        address, mei = a_page("pull", shelf["therapy_class"].pk), Browser(people.mei)

        asked = mei.get(address)
        incomplete = mei.send(address, public_note="")
        pulled = mei.send(address, reason="SAFETY", public_note="It harms.")

        assert asked.context["goes_too"] or asked.context["reads_differently"]
        assert incomplete.context["form"].errors
        assert "It is down since release 2." in said(pulled)
        release = Release.objects.get(number=2)
        confirm = a_page("confirm", release.pk)
        assert "A second person must confirm" in mei.get(confirm).context["refusal"]
        assert "The pull is confirmed." in said(Browser(people.pia).send(confirm))

    @pytest.mark.parametrize("name", ["ann", "ada"])
    def test_a_pull_is_not_offered_to_who_may_not(self, shelf: Shelf, people: People, out: Any, name: str) -> None:
        browser = Browser(getattr(people, name))
        address = a_page("pull", out.pk)

        assert "Only a reviewer or a publisher may pull" in browser.get(address).context["refusal"]
        refused = browser.post(address, reason="SAFETY", public_note="No.")
        assert "Only a reviewer or a publisher may pull" in said(refused)
        assert PublishedRelease.objects.count() == 1

    def test_what_replaces_it_is_named_by_its_slug(self, shelf: Shelf, people: People, out: Any) -> None:
        pia, address = Browser(people.pia), a_page("pull", shelf["source"].pk)
        given = {"reason": "LEGAL", "public_note": "No.", "partner_action": "REPLACE"}

        unknown = pia.send(address, **given, replaced_by="nowhere")
        pia.send(address, **given, replaced_by="satri-cel")

        assert "names no live item" in str(unknown.context["form"].errors)
        assert PublishedRelease.objects.count() == 2


def test_one_version_goes_out_at_a_click(shelf: Shelf, people: People) -> None:
    version = shelf.approve(shelf["target"])
    address = a_page("publish_version", version.pk)

    assert "Only a publisher" in said(shelf.ann.post(address))
    assert Browser(people.pia).get(address).status_code == 405
    assert said(Browser(people.pia).post(address)) == "Release 1 is out."


def test_the_list_says_whom_each_release_waits_for(
    shelf: Shelf, people: People, news: Release, django_assert_max_num_queries: Any
) -> None:
    open_release(person=people.ann, title="Empty")
    address = reverse("admin:releases_release_changelist")
    with django_assert_max_num_queries(20):
        listed = shelf.ann.get(address)
    releases = {one.title: listed.context["cl"].model_admin.waits_for(one) for one in listed.context["cl"].result_list}

    assert releases == {"News": "an editor", "Empty": "its first text"}
