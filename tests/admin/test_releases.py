"""Releases in the admin: composed by editors, signed off by reviewers, published by publishers, and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from content_api.editions.models import Edition, PublishedRelease
from content_api.editorial.actions import record_edit, submit
from content_api.editorial.models import Version
from content_api.releases.actions import open_release, pull
from content_api.releases.impact import impact_of
from content_api.releases.models import Release, ReleaseState, SignOff
from tests.admin.browser import Browser, page_of, said

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

ADD = reverse("admin:releases_release_add")

LIST = reverse("admin:releases_release_changelist")


def step(release: Release, name: str) -> str:
    """Return the address that one step of a release posts to."""
    return reverse("admin:releases_release_step", args=[release.pk, name])


@pytest.fixture
def release(shelf: Shelf) -> Release:
    """Offer an open release, made in the admin, that holds a class of treatment."""
    version = shelf.approve(shelf["therapy_class"])
    shelf.ann.send(ADD, title="What CAR-T is")
    release = Release.objects.get()
    shelf.ann.post(step(release, "add"), versions=[version.pk])
    return release


@pytest.fixture
def retraction(shelf: Shelf, people: People, release: Release) -> Release:
    """Offer a second release: it says that a source was retracted, which a live therapy cites."""
    shelf["therapy"].sources.create(source=shelf["source"])
    record_edit(item=shelf["therapy"].item, person=people.ann)
    versions = [shelf.approve(shelf[kind]).pk for kind in ("target", "tumor_type", "source", "therapy")]
    shelf.ann.post(step(release, "add"), versions=versions)
    Browser(people.pia).post(step(release, "publish"))
    shelf.ann.send(page_of(shelf["source"]), retracted="on")
    version = shelf.approve(shelf["source"], change_type="WORLD_CHANGED", change_note="It was retracted.")
    second = open_release(person=people.ann, title="A retraction")
    shelf.ann.post(step(second, "add"), versions=[version.pk])
    return second


class TestList:
    def test_says_how_much_each_holds(self, people: People, release: Release) -> None:
        listed = Browser(people.rui).get(reverse("admin:releases_release_changelist"))

        assert [(one.title, one.item_count) for one in listed.context["cl"].result_list] == [("What CAR-T is", 1)]
        assert '<td class="field-texts">1</td>' in listed.content.decode()


class TestCompose:
    def test_is_offered_what_is_approved_and_not_out(self, shelf: Shelf, people: People, release: Release) -> None:
        version = shelf.approve(shelf["target"])

        page = shelf.ann.get(page_of(release))

        assert [one["name"] for one in page.context["texts"]] == ["CAR-T"]
        assert [one["version"] for one in page.context["candidates"]] == [version]

    def test_is_not_offered_what_is_older_than_what_is_out(
        self, shelf: Shelf, people: People, release: Release
    ) -> None:
        shelf.ann.send(page_of(shelf["therapy_class"]), abbreviation="CAR-T")
        newer = shelf.approve(shelf["therapy_class"], change_type="EDITORIAL", change_note="Short name.")
        shelf.ann.post(step(release, "remove"), item=shelf["therapy_class"].pk)
        shelf.ann.post(step(release, "add"), versions=[newer.pk])
        Browser(people.pia).post(step(release, "publish"))
        another = open_release(person=people.ann, title="Another")

        assert shelf.ann.get(page_of(another)).context["candidates"] == []

    def test_takes_a_text_out_again(self, shelf: Shelf, release: Release) -> None:
        response = shelf.ann.post(step(release, "remove"), item=shelf["therapy_class"].pk)

        assert "It is out of the release" in said(response)
        assert not release.items.exists()

    def test_of_nothing_is_refused(self, shelf: Shelf, release: Release) -> None:
        assert "Tick at least one" in said(shelf.ann.post(step(release, "add")))

    def test_of_what_is_in_review_is_refused(self, shelf: Shelf, people: People, release: Release) -> None:
        waiting = submit(item=shelf["target"].item, person=people.ann)

        response = shelf.ann.post(step(release, "add"), versions=[waiting.pk])

        assert "Only an approved version can be released." in said(response)
        assert release.items.count() == 1

    @pytest.mark.parametrize("name", ["mei", "rui", "ada"])
    def test_is_refused_to_who_neither_edits_nor_publishes(
        self, shelf: Shelf, people: People, release: Release, name: str
    ) -> None:
        browser = Browser(getattr(people, name))

        assert browser.get(ADD).status_code == 403
        assert "Only an editor or a publisher" in said(
            browser.post(step(release, "remove"), item=shelf["therapy_class"].pk)
        )
        assert release.items.count() == 1

    def test_is_cancelled_and_its_texts_stay_approved(self, shelf: Shelf, release: Release) -> None:
        shelf.ann.post(step(release, "cancel"))

        release.refresh_from_db()
        assert release.state == ReleaseState.CANCELLED
        assert Version.objects.get().state == "APPROVED"


class TestPublish:
    def test_is_for_a_publisher(self, people: People, release: Release) -> None:
        response = Browser(people.pia).send(page_of(release), to=step(release, "publish"))

        assert said(response) == "Release 1 is out."
        assert Edition.objects.get().slug == "car-t"

    @pytest.mark.parametrize("name", ["ann", "mei", "ada"])
    def test_is_refused_to_others(self, people: People, release: Release, name: str) -> None:
        browser = Browser(getattr(people, name))

        assert "Publish now" not in browser.get(page_of(release)).content.decode()
        assert "Only a publisher may do this" in said(browser.post(step(release, "publish")))
        assert not PublishedRelease.objects.exists()

    def test_twice_is_refused(self, people: People, release: Release) -> None:
        pia = Browser(people.pia)
        pia.post(step(release, "publish"))

        assert "open a new one" in said(pia.post(step(release, "publish")))
        assert PublishedRelease.objects.count() == 1

    def test_a_published_release_offers_no_step(self, people: People, release: Release) -> None:
        pia = Browser(people.pia)
        pia.post(step(release, "publish"))

        assert "<form method=" not in pia.get(page_of(release)).content.decode().split('id="content-main"')[1]


class TestImpact:
    def test_is_shown_before_and_after(self, people: People, retraction: Release) -> None:
        page = Browser(people.pia).get(page_of(retraction))

        [one] = page.context["impact_rows"]
        assert (one["row"].slug, one["row"].needs_sign_off) == ("satri-cel", True)
        assert {two.label.partition(" · ")[0] for two in one["changes"]} == {"Sources"}
        assert "Waits for a sign-off by: medical reviewer." in page.content.decode()

    def test_the_page_of_the_version_shows_what_was_public(self, people: People, retraction: Release) -> None:
        page = Browser(people.mei).get(page_of(Version.objects.get(number=2)))

        assert [one["difference"].label for one in page.context["changes"]] == ["Retracted"]

    def test_is_signed_off_before_it_goes_out(self, people: People, retraction: Release) -> None:
        pia, mei = Browser(people.pia), Browser(people.mei)

        too_early = pia.post(step(retraction, "publish"))
        signed = mei.send(page_of(retraction), to=step(retraction, "sign_off"))
        in_time = pia.post(step(retraction, "publish"))

        assert "They wait for a sign-off by: Medical reviewer." in said(too_early)
        assert said(signed) == "You signed off what will read differently."
        assert said(in_time) == "Release 2 is out."

    @pytest.mark.parametrize(("name", "reason"), [("ann", "not have that role"), ("mei", "not the one you were shown")])
    def test_is_not_signed_off_without_the_role_or_the_list(
        self, people: People, retraction: Release, name: str, reason: str
    ) -> None:
        browser = Browser(getattr(people, name))

        response = browser.post(step(retraction, "sign_off"), role="Medical reviewer", impact_sha256="sha256:0")

        assert reason in said(response)
        assert not SignOff.objects.exists()

    def test_is_not_offered_for_signing_to_who_composed_it(self, people: People, retraction: Release) -> None:
        people.ann.groups.add(*people.mei.groups.all())

        browser = Browser(people.ann)
        signed = {"role": "Medical reviewer", "impact_sha256": impact_of(retraction).sha256}

        page = browser.get(page_of(retraction))
        response = browser.post(step(retraction, "sign_off"), **signed)

        assert page.context["signing_roles"] == []
        assert "somebody else must sign off" in page.content.decode()
        assert "somebody else must sign off" in said(response)
        assert not SignOff.objects.exists()


class TestPull:
    def test_is_confirmed_by_a_second_person(self, shelf: Shelf, people: People, release: Release) -> None:
        Browser(people.pia).post(step(release, "publish"))
        item = shelf["therapy_class"].item
        pull(item=item, person=people.pia, reason="SAFETY", public_note="It is wrong.")
        pulled = Release.objects.get(is_pull=True)

        alone = Browser(people.pia).post(step(pulled, "confirm_pull"))
        together = Browser(people.mei).send(page_of(pulled), to=step(pulled, "confirm_pull"))

        assert "A second person must confirm." in said(alone)
        assert "The pull is confirmed." in said(together)
        assert _titles(shelf.ann.get(f"{LIST}?pull=yes")) == [pulled.title]
        assert {release.title, pulled.title} & set(_titles(shelf.ann.get(f"{LIST}?pull=no"))) == {release.title}
        assert "withdrawn in release 2" in shelf.ann.get(page_of(shelf["therapy_class"])).context["standing"][0]


def _titles(page: Any) -> list[str]:
    return [one.title for one in page.context["cl"].result_list]


def test_a_step_that_does_not_exist_is_refused(people: People, release: Release) -> None:
    assert "Reload the page" in said(Browser(people.pia).post(step(release, "explode")))


def test_a_step_is_not_taken_by_following_a_link(people: People, release: Release) -> None:
    assert Browser(people.pia).get(step(release, "publish")).status_code == 405
    assert not PublishedRelease.objects.exists()
