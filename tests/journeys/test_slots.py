"""A sentence that quotes a record, from the editor's hands to the sites, through everything that may happen to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from content_api.canonical_json import sha256
from content_api.editorial.slot_names import by_id
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.impact import impact_of
from content_api.releases.models import Release
from tests.journeys.test_own_kind import Routes
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from tests.delivery.conftest import Reader
    from tests.situations import Desk

NOTE = "It is {{ specimen:base.title | quoted }}, with {{ specimens(stands_on=base).titles | count }} on it."


@pytest.fixture(autouse=True)
def _own_routes(desk: Desk, settings: Any) -> None:
    settings.ROOT_URLCONF = Routes()


@pytest.fixture
def text(desk: Desk) -> ContentItem:
    """A text that quotes a record and a set, out in release 1 with both."""
    base = desk.approved("base", title="Base")
    version = desk.approved("text", note=by_id(NOTE))
    desk.publish(base, version)
    return version.item


def read(reader: Reader, slug: str, pin: str = "") -> Json:
    response = reader.get(f"specimens/{slug}/{pin}")
    assert response.status_code == 200, response.content
    item: Json = response.json()
    assert sha256({name: value for name, value in item.items() if name != "checksum"}) == item["checksum"]
    return item


def test_a_sentence_is_delivered_in_words_of_the_record(reader: Reader, text: ContentItem) -> None:
    item = read(reader, "text")
    assert item["note_markdown"] == "It is “Base”, with 0 on it."
    assert re.sub(r"<[^>]+>", "", item["note_html"]) == item["note_markdown"]
    assert [fact["text"] for fact in item["facts"]] == ["“Base”", "0"]
    assert all(f'data-fact="{fact["ref"]}"' in item["note_html"] for fact in item["facts"])
    assert reader.get("specimens/?page_size=1").json()["results"][0].keys() == item.keys()


def test_a_record_that_appears_and_one_that_changes_move_the_sentence_in_their_release(
    desk: Desk, reader: Reader, text: ContentItem
) -> None:
    base = Specimen.objects.get(slug="base").item
    desk.publish(desk.approved("upper", stands_on=base))
    assert read(reader, "text")["note_markdown"] == "It is “Base”, with 1 on it."
    desk.publish(desk.approved("base", title="Basalt"))
    item = read(reader, "text")
    assert (item["release"], item["version"]) == (3, 1)
    assert item["note_markdown"] == "It is “Basalt”, with 1 on it."
    assert item["facts"][0]["version"] == 2
    assert item["change"] == {"type": "EDITORIAL", "note": "Follows from: Basalt."}
    for release, words in ((1, "“Base”, with 0"), (2, "“Base”, with 1"), (3, "“Basalt”, with 1")):
        assert words in read(reader, "text", f"?release={release}")["note_markdown"]


def test_a_record_that_moves_to_another_address_breaks_no_sentence(
    desk: Desk, reader: Reader, text: ContentItem
) -> None:
    base = Specimen.objects.get(slug="base")
    base.slug = "renamed"
    base.save()
    desk.record(base)
    desk.publish(desk.approve(desk.submit(base.item)))
    item = read(reader, "text")
    assert (item["facts"][0]["slug"], item["note_markdown"]) == ("renamed", "It is “Base”, with 0 on it.")
    assert reader.get("specimens/base/").status_code == 308


def test_a_pull_takes_the_sentence_from_every_address_in_its_own_transaction(
    desk: Desk, reader: Reader, text: ContentItem
) -> None:
    desk.publish(desk.approved("other"))
    base = Specimen.objects.get(slug="base").item
    release = actions.pull(item=base, person=desk.people.mei, reason="SAFETY", public_note="It was never so.")
    for slug in ("text", "base"):
        for pin in ("", "?release=1", "?release=2", f"?release={release.number}"):
            response = reader.get(f"specimens/{slug}/{pin}")
            assert response.status_code == 410, (slug, pin)
            assert "Base" not in response.content.decode()
    for address in ("specimens/", "specimens/?release=1"):
        assert "Base" not in reader.get(address).content.decode()
    assert read(reader, "other")["title"] == "Other"
    actions.confirm_pull(release=Release.objects.get(is_pull=True), person=desk.people.rui)
    assert reader.get("specimens/text/").status_code == 410


def test_a_sentence_never_comes_to_quote_what_is_superseded(desk: Desk, reader: Reader) -> None:
    base = desk.write("base")
    marks = [{"key": "m", "text": "New finding", "seen_with": str(base.pk)}]
    first = desk.approved("base", marks=marks)
    desk.publish(first, desk.approved("text", note=by_id("It says: {{ specimen:base.marks.m.text }}.")))
    release = desk.compose(desk.approved("base", marks=[{**marks[0], "text": "Old finding"}]))
    desk.sign(release)
    with pytest.raises(Refused, match=r"“text” cannot fill \{\{ specimen:base.marks.m.text \}\}: it is superseded"):
        actions.publish(release=release, person=desk.people.pia)
    assert read(reader, "text")["note_markdown"] == "It says: New finding."


def test_a_sign_off_is_for_the_words_that_were_shown(desk: Desk, reader: Reader, text: ContentItem) -> None:
    base = Specimen.objects.get(slug="base").item
    release = desk.compose(desk.approved("base", title="Basalt"))
    desk.sign(release)
    (shown,) = [row for row in impact_of(release).rows if row.slug == "text"]
    assert (shown.before["note_markdown"][:12], shown.after["note_markdown"][:14]) == ("It is “Base”", "It is “Basalt”")
    desk.publish(desk.approved("upper", stands_on=base))
    with pytest.raises(Refused, match="wait for a sign-off"):
        actions.publish(release=release, person=desk.people.pia)
    desk.sign(release)
    actions.publish(release=release, person=desk.people.pia)
    assert read(reader, "text")["note_markdown"] == "It is “Basalt”, with 1 on it."
    assert read(reader, "text")["reviewed_by"][0]["name"] == "Mei Example"
