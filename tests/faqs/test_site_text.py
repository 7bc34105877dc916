"""A disclaimer in the words of the site that reads it, and links to it from what carries it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from content_api.editions.models import PublishedRelease
from content_api.partners.actions import create_site, issue_key
from content_api.partners.models import PartnerSite
from content_api.rendering.envelope import checksum_of
from tests.beginnings import begun, rolled_back
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.faqs.shelf import Shelf, clause
from tests.situations import Desk

if TYPE_CHECKING:
    from django.test import Client

ADDRESS = "disclaimers/words/"


def _shelf() -> Shelf:
    """Publish a shelf with a disclaimer that speaks of the site."""
    shelf = Shelf(Desk(People()))
    shelf.disclaimer(
        "words",
        clause("NOT_PROVIDER", "{organization_name} is a {organization_role}. It treats nobody."),
        clause("CURRENCY", "Current on {as_of}. More: {disclaimer_url}."),
        clause("CONSULT", "Only for those who coordinate.", site_roles=["COORDINATOR"]),
        applies_to_kinds=["faq"],
    )
    shelf.published()
    return shelf


beginning, db = begun(_shelf), rolled_back()


@pytest.fixture
def shelf(db: None, beginning: Shelf) -> Shelf:
    return deepcopy(beginning)


def site(slug: str, **profile: Any) -> Reader:
    """Return a site with this profile, to read with."""
    made = create_site(slug=slug, name=slug.title())
    PartnerSite.objects.filter(pk=made.pk).update(**profile)
    return Reader(issue_key(site=made))


def today() -> str:
    return str(PublishedRelease.objects.get(number=1).published_at.date())


@pytest.mark.parametrize(
    ("profile", "text"),
    [
        (
            {
                "organization_role": "COORDINATOR",
                "organization_name": "Waypoint",
                "disclaimer_url": "https://w.example/d",
            },
            [
                "Waypoint is a service that coordinates care. It treats nobody.",
                "Current on {today}. More: https://w.example/d.",
                "Only for those who coordinate.",
            ],
        ),
        (
            {"organization_role": "PUBLISHER", "organization_name": "Guide {as_of}"},
            [
                "Guide {as_of} is a publisher of information. It treats nobody.",
                "Current on {today}. More: the page of this site that says so.",
            ],
        ),
        ({"organization_role": "PROVIDER"}, ["Current on {today}. More: the page of this site that says so."]),
        ({}, ["Current on {today}. More: the page of this site that says so."]),
    ],
)
def test_a_site_gets_its_clauses_in_its_words(shelf: Shelf, profile: dict[str, str], text: list[str]) -> None:
    said = [line.replace("{today}", today()) for line in text]
    reader = site("site", **profile)

    assert reader.get(ADDRESS).json()["text"].split("\n\n") == said
    listed = {one["slug"]: one for one in reader.get("disclaimers/").json()["results"]}
    assert listed["words"]["text"].split("\n\n") == said


def test_a_provider_never_reads_that_it_is_none(shelf: Shelf) -> None:
    """Not even if the clause names its role, which the check refuses; nor as long as nothing is known of a site."""
    item = site("clinic", organization_role="PROVIDER").get(ADDRESS).json()

    assert "It treats nobody" not in item["text"]
    assert "It treats nobody" in item["clauses"][0]["template"]


def test_the_words_are_in_no_checksum_and_in_no_pinned_answer(shelf: Shelf, reader: Reader) -> None:
    item = reader.get(ADDRESS).json()
    pinned = reader.get(f"{ADDRESS}?release=1")

    assert checksum_of({name: value for name, value in item.items() if name != "text"}) == item["checksum"]
    assert {**pinned.json(), "text": item["text"]} == item
    assert "text" not in pinned.json()
    assert item["checksum"] in pinned.headers["ETag"]
    assert all("text" not in one for one in reader.get("disclaimers/?release=1").json()["results"])


@pytest.mark.parametrize("address", [ADDRESS, "disclaimers/", "disclaimers/?page_size=1"])
def test_no_cache_mixes_up_two_sites(shelf: Shelf, address: str) -> None:
    one, other = site("one", organization_name="One"), site("other", organization_name="Other")
    answer = one.get(address)

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "CDN-Cache-Control" not in answer.headers
    assert one.get(address, If_None_Match=answer.headers["ETag"]).status_code == 304
    assert other.get(address, If_None_Match=answer.headers["ETag"]).status_code == 200
    PartnerSite.objects.filter(slug="one").update(organization_name="Won")
    assert one.get(address, If_None_Match=answer.headers["ETag"]).status_code == 200


def test_a_later_page_is_worded_and_kept_out_of_shared_caches_too(shelf: Shelf, reader: Reader) -> None:
    second = reader.get(reader.get("disclaimers/?page_size=1").json()["next"])

    assert second.json()["results"][0]["text"]
    assert second.headers["Cache-Control"] == "private, no-cache"
    assert {"CDN-Cache-Control", "Cache-Tag"}.isdisjoint(second.headers.keys())


def test_the_tag_of_a_pinned_answer_does_not_stand_for_the_words(shelf: Shelf, reader: Reader) -> None:
    tag = reader.get(f"{ADDRESS}?release=1").headers["ETag"]

    assert reader.get(ADDRESS, If_None_Match=tag).json()["text"]


def test_an_item_links_to_what_must_be_shown_with_it(shelf: Shelf, reader: Reader) -> None:
    answer = reader.get("faqs/why-harder/")
    pinned = reader.get("faqs/why-harder/?release=1")

    assert re.findall(r"<[^>]*/disclaimers/([^>]*)>; rel=", answer.headers["Link"]) == ["general/", "words/"]
    assert "/disclaimers/general/?release=1>" in pinned.headers["Link"]
    assert "Link" not in reader.get("therapies/satri-cel/").headers
    assert reader.get("faqs/why-harder/", If_None_Match=answer.headers["ETag"]).status_code == 304


@pytest.mark.parametrize("address", ["faqs/why-harder/", "faqs/"])
def test_an_included_disclaimer_is_in_the_words_of_the_site(shelf: Shelf, address: str) -> None:
    one, other = site("one", organization_name="One", organization_role="COORDINATOR"), site("other")
    answer = one.get(f"{address}?include=disclaimers")
    body = answer.json()
    carried = {disclaimer["slug"]: disclaimer for disclaimer in body.get("results", [body])[0]["disclaimers"]}

    assert carried["words"]["text"].startswith("One is a service that coordinates care.")
    assert carried["words"]["mandatory"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    tag = answer.headers["ETag"]
    assert one.get(f"{address}?include=disclaimers", If_None_Match=tag).status_code == 304
    assert other.get(f"{address}?include=disclaimers", If_None_Match=tag).status_code == 200


def test_an_included_disclaimer_of_a_named_release_is_in_nobodys_words(shelf: Shelf, reader: Reader) -> None:
    pinned = reader.get("faqs/why-harder/?include=disclaimers&release=1")

    assert all("text" not in disclaimer for disclaimer in pinned.json()["disclaimers"])
    assert pinned.headers["Cache-Control"] != "private, no-cache"


def test_a_browser_may_ask_what_may_be_done_with_a_disclaimer(shelf: Shelf, client: Client) -> None:
    assert client.options(f"/api/v1/{ADDRESS}").status_code == 204
