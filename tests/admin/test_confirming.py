"""Confirming in the admin: reviewers say of many texts at once that they still hold, and are told which do not go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editorial.models import Version
from content_api.releases import actions as releases
from tests.admin.browser import Browser, said

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

PAGE = "/admin/therapies/target/confirm/"


def test_a_reviewer_confirms_what_is_out_and_is_told_why_the_rest_is_not(shelf: Shelf, people: People) -> None:
    release = releases.open_release(person=people.ann, title="News")
    releases.add_version(release=release, version=shelf.approve(shelf["target"]), person=people.ann)
    releases.publish(release=release, person=people.pia)
    assert shelf["source"]
    mei, page = Browser(people.mei), f"{PAGE}?id={shelf['target'].pk}"
    typed = {"role": "Medical reviewer", "note": "The register still lists it."}
    unknown = mei.send(page, **typed, source="nowhere").content.decode()
    done = mei.send(page, **typed, source="notice")

    assert "There is no source with this slug" in unknown
    assert "your confirmation is recorded" in said(done)
    assert Version.objects.get(change_type="CONFIRMED").change_note == "The register still lists it."


def test_what_is_not_out_is_not_confirmed_and_the_page_says_so_first(shelf: Shelf, people: People) -> None:
    page = f"{PAGE}?id={shelf['target'].pk}"
    assert shelf["source"]
    mei = Browser(people.mei)

    assert "Nothing of this item was approved yet" in mei.get(page).content.decode()
    done = mei.send(page, role="Medical reviewer", source="notice", note="Still true.")
    assert "was not confirmed" in said(done)
    assert not Version.objects.exists()


def test_an_editor_does_not_confirm(shelf: Shelf, people: People) -> None:
    assert Browser(people.ann).get(f"{PAGE}?id={shelf['target'].pk}").status_code == 403
    assert Browser(people.mei).get(f"{PAGE}?id=not-an-id").status_code == 200
