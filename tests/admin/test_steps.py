"""The steps of a release that say what is missing, and what it waits for next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from content_api import kinds
from content_api.editorial import actions as editorial
from content_api.editorial.actions import submit
from content_api.releases import actions
from content_api.releases.impact import impact_of
from content_api.releases.models import Release
from tests.admin.browser import Browser, page_of, said
from tests.admin.test_change_sets import PUT_IN, a_page
from tests.admin.test_releases import step
from tests.specimens.kinds import SPECIMEN
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

HARM: dict[str, Any] = {"reason": "SAFETY", "public_note": "It harms."}


@pytest.fixture
def news(people: People) -> Release:
    """Offer an open release that holds nothing."""
    return actions.open_release(person=people.ann, title="News")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("put-in", "Tick at least one text."),
        ("remove", "Choose what to take out"),
        ("rebase", "Choose what to write anew"),
        ("dance", "That step is not complete"),
    ],
)
def test_a_step_with_nothing_chosen_says_what_to_choose(shelf: Shelf, news: Release, name: str, told: str) -> None:
    assert told in said(shelf.ann.post(step(news, name)))


@pytest.mark.parametrize(
    ("mine", "kept"), [({}, ""), ({"name": "Mine"}, "Where both changed, what is live was kept: name.")]
)
def test_what_was_overtaken_is_written_anew_and_the_page_says_what_was_kept(
    shelf: Shelf, people: People, news: Release, mine: dict[str, str], kept: str
) -> None:
    row, said_why = shelf["therapy_class"], {"change_type": "EDITORIAL", "change_note": "Said better."}
    old = shelf.approve(row)
    actions.publish_version(version=old, person=people.pia)
    shelf.ann.send(page_of(row), abbreviation="MINE", **mine)
    held = shelf.approve(row, **said_why)
    actions.add_version(release=news, version=held, person=people.ann)
    assert "so the version can go out as it is" in said(shelf.ann.post(step(news, "rebase"), item=row.pk))
    editorial.restore(version=old, person=people.carl)
    shelf.ann.send(page_of(row), name="Theirs")
    actions.publish_version(version=shelf.approve(row, **said_why), person=people.pia)

    page = Browser(people.pia).get(page_of(news)).content.decode()
    assert "is live and newer than submission 2" in page
    told = said(shelf.ann.post(step(news, "rebase"), item=row.pk))

    assert told.endswith(kept or "Read it, and submit it again.")
    row.refresh_from_db()
    assert (row.name, row.abbreviation) == ("Theirs", "MINE")


def test_what_was_taken_down_since_does_not_go_out_at_a_click(shelf: Shelf, people: People) -> None:
    row = shelf["target"]
    actions.publish_version(version=shelf.approve(row), person=people.pia)
    shelf.ann.send(page_of(row), name="CLDN18.2")
    waiting, pia = shelf.approve(row, change_type="EDITORIAL", change_note="Its name."), Browser(people.pia)
    assert "Publish now" in pia.get(page_of(waiting)).content.decode()
    actions.pull(item=row.item, person=people.mei, **HARM)

    page = pia.get(page_of(waiting)).content.decode()

    assert "was taken down in release 2" in page
    assert "Publish now" not in page


def test_a_pull_is_confirmed_on_its_page_by_another_and_not_by_who_pulled(shelf: Shelf, people: People) -> None:
    row = shelf["target"]
    actions.publish_version(version=shelf.approve(row), person=people.pia)
    number = actions.pull(item=row.item, person=people.mei, **HARM).number
    pulled = Release.objects.get(number=number)

    for address in (step(pulled, "confirm_pull"), a_page("confirm", pulled.pk)):
        assert "A second person must confirm" in said(Browser(people.mei).post(address))
    assert "The pull is confirmed." in said(Browser(people.pia).post(step(pulled, "confirm_pull")))


@pytest.mark.parametrize("page", ["withdraw", "pull", "confirm"])
def test_what_is_not_there_is_not_taken_down(shelf: Shelf, people: People, news: Release, page: str) -> None:
    nobody, pia = Browser(people.make("nil")), Browser(people.pia)
    actions.publish_version(version=shelf.approve(shelf["target"]), person=people.pia)
    there: Any = shelf["target"].pk
    if page == "confirm":
        there = Release.objects.get(number=actions.pull(item=shelf["target"].item, person=people.mei, **HARM).number).pk

    assert pia.get(a_page(page, there)).status_code == 200
    assert nobody.get(a_page(page, there)).status_code == 404
    assert pia.get(a_page(page, uuid4())).status_code == 404
    if page == "confirm":
        assert pia.get(a_page(page, news.pk)).status_code == 404


def test_a_withdrawal_that_is_refused_stays_on_its_page(shelf: Shelf, people: People, news: Release) -> None:
    row, given = shelf["target"], {"release": news.pk, "reason": "OUTDATED", "public_note": "It is old."}
    address, pia = a_page("withdraw", row.pk), Browser(people.pia)

    assert "not live" in said(pia.post(address, **given))
    actions.publish_version(version=shelf.approve(row), person=people.pia)
    assert pia.post(address, **{**given, "public_note": ""}).context["form"].errors
    assert "Only a publisher" in said(shelf.ann.post(address, **given))
    assert not news.withdrawals.exists()
    assert "The release takes it down." in said(pia.post(address, **given))


def test_texts_are_put_in_that_there_are_and_into_a_release(shelf: Shelf, news: Release) -> None:
    chosen = f"{PUT_IN}?id={shelf['target'].pk}"
    for address, given in (
        (f"{PUT_IN}?id=nothing", {"release": news.pk}),
        (PUT_IN, {"release": news.pk}),
        (chosen, {"release": uuid4()}),
    ):
        assert "Choose texts in a list" in said(shelf.ann.post(address, **given))
    assert not news.working_copies.exists()
    assert "In “News”" in said(shelf.ann.post(chosen, release=news.pk))


def test_a_kind_without_pages_is_not_found_for_a_release(
    shelf: Shelf, news: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds._registry, SPECIMEN.name, SPECIMEN)
    Specimen(slug="claudin-rock", title="Claudin rock").save()
    shelf["target"]

    page = shelf.ann.get(f"{page_of(news)}?find=claudin")

    assert [one["name"] for one in page.context["found"]] == ["Claudin18.2"]


def test_one_version_is_let_out_by_whom_may_and_if_it_is_there(shelf: Shelf, people: People) -> None:
    version = shelf.approve(shelf["target"])
    address = a_page("publish_version", version.pk)

    assert Browser(people.make("nil")).post(address).status_code == 404
    assert Browser(people.pia).post(a_page("publish_version", uuid4())).status_code == 404
    assert "Release 1 is out." in said(Browser(people.pia).post(address))


class TestNext:
    def next_of(self, browser: Browser, release: Release) -> tuple[list[str] | None, str]:
        """Return what the page of a release says, and what the list says."""
        listed = browser.get(reverse("admin:releases_release_changelist")).context["cl"]
        waits = {one.pk: listed.model_admin.waits_for(one) for one in listed.result_list}
        return browser.get(page_of(release)).context.get("next_steps"), waits[release.pk]

    def test_follows_a_text_from_its_editor_to_the_public(self, shelf: Shelf, people: People, news: Release) -> None:
        row = shelf["target"]
        assert self.next_of(shelf.ann, news) == (
            ["Put in what belongs to the event: texts to write or rewrite, and items to take down."],
            "its first text",
        )
        actions.put_in(release=news, items=[row.item], person=people.ann)
        assert self.next_of(shelf.ann, news) == (["An editor submits one text."], "an editor")
        version = submit(item=row.item, person=people.ann)
        told = (["It waits for the verdict of a medical reviewer."], "reviewers")
        assert self.next_of(shelf.ann, news) == told
        mei = Browser(people.mei)
        mei.send(page_of(news), to=step(news, "review"), **{f"verdict-{version.pk}": "APPROVED"})
        told = (["A publisher can publish it now, or schedule it."], "a publisher")
        assert self.next_of(shelf.ann, news) == told
        due = timezone.now() + timedelta(days=1)
        actions.schedule(release=news, person=people.pia, at=due, zone="UTC")
        told = ([f"It goes out by itself on {due:%d %B %Y at %H:%M} UTC, if all of it still holds then."], "its time")
        assert self.next_of(shelf.ann, news) == told
        actions.cancel(release=news, person=people.ann)
        assert self.next_of(shelf.ann, news) == (None, "")

    def test_is_a_sign_off_where_what_is_live_will_read_otherwise(self, shelf: Shelf, people: People) -> None:
        row = shelf["therapy"]
        row.sources.create(source=shelf["source"])
        editorial.record_edit(item=row.item, person=people.ann)
        first = actions.open_release(person=people.ann, title="First")
        for kind in ("therapy_class", "target", "tumor_type", "source", "therapy"):
            actions.add_version(release=first, version=shelf.approve(shelf[kind]), person=people.ann)
        actions.publish(release=first, person=people.pia)
        shelf.ann.send(page_of(shelf["source"]), retracted="on")
        news = actions.open_release(person=people.ann, title="A retraction")
        said_why = {"change_type": "WORLD_CHANGED", "change_note": "It was retracted."}
        actions.add_version(release=news, version=shelf.approve(shelf["source"], **said_why), person=people.ann)

        told = ["What else reads differently waits for a sign-off by: medical reviewer."]
        assert self.next_of(shelf.ann, news)[0] == told
        actions.sign_off(release=news, person=people.mei, role="Medical reviewer", impact_sha256=impact_of(news).sha256)
        assert self.next_of(shelf.ann, news)[0] == ["A publisher can publish it now, or schedule it."]
