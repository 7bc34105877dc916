"""One text is walked from the admin's form to the JSON, and after approval nothing but those bytes comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from content_api.canonical_json import canonical
from content_api.editions.models import Edition
from content_api.editorial.models import Contribution, Version
from content_api.releases import actions as releases
from content_api.rendering.envelope import substance_in
from tests.admin.browser import Browser, page_of
from therapies.models import TherapyClass

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.situations import Desk

WORDS = "T cells **changed** to find one molecule; see <https://example.org/a?b=1&c=2>."
LATER = "Something that nobody approved."


@pytest.fixture
def approved(desk: Desk) -> Version:
    """Ann writes it in the admin, is sent back, Carl fixes a comma there, Mei approves; Ann goes on writing."""
    ann, carl = Browser(desk.people.ann), Browser(desk.people.carl)
    typed: dict[str, Any] = {
        "slug": "car-t",
        "name": "CAR-T cell therapy",
        "engineered": True,
        "definition": WORDS.replace(";", ""),
    }
    ann.send(reverse("admin:therapies_therapyclass_add"), **typed)
    row = TherapyClass.objects.get(slug="car-t")
    desk.send_back(desk.submit(row.item), comment="A semicolon is missing.")
    carl.send(page_of(row), definition=WORDS)
    version = desk.approve(desk.submit(row.item, by=desk.people.carl))
    ann.send(page_of(row), definition=LATER)
    return version


def test_what_was_approved_is_what_is_read(desk: Desk, approved: Version, reader: Reader) -> None:
    desk.publish(approved)
    response = reader.get("/api/v1/therapy-classes/car-t/")
    item = response.json()
    assert item["definition_markdown"] == WORDS
    assert "<strong>changed</strong>" in item["definition_html"]
    assert LATER.encode() not in response.content
    stored = Edition.objects.get(slug="car-t")
    assert response.content == stored.body.encode(), "the stored bytes pass through"
    assert canonical(substance_in(stored.body)) == approved.reviews.get().substance, "and are what Mei was shown"


def test_the_database_lets_no_other_text_out(desk: Desk, approved: Version) -> None:
    release = desk.compose(approved)
    for change in ({"content": approved.content.replace("one", "any")}, {"content_sha256": "sha256:" + "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=approved.pk).update(**change)
    releases.publish(release=release, person=desk.people.pia)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(slug="car-t").update(body="{}")


def test_everybody_who_wrote_it_is_on_record(desk: Desk, approved: Version) -> None:
    writers = Contribution.objects.filter(item=approved.item).order_by("pk").values_list("person__username", flat=True)
    assert list(writers) == ["ann", "carl", "ann"]
    assert set(approved.contributors.values_list("person__username", flat=True)) == {"ann", "carl"}
