"""The story of the seed, as a partner site reads it: one release changes every answer, and an older one still reads on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.seeded.site import words

if TYPE_CHECKING:
    from tests.seeded.site import Json, Site

FOLLOWING = {  # texts that nobody touched, and that read differently because of release 2
    "has-car-t-been-approved-for-solid-tumors",
    "how-can-i-get-satri-cel",
    "is-pancreatic-cancer-included",
    "satri-cel-in-china",
    "should-i-travel-for-treatment",
    "what-is-satri-cel",
    "where-is-satri-cel-approved",
    "which-cancers-are-studied",
    "who-may-be-considered",
}
WRITTEN = {  # texts that somebody changed for release 2
    ("approval", "satri-cel-nmpa"),
    ("approval", "satri-cel-fda"),
    ("approval", "satri-cel-ema"),
    ("approval", "afami-cel-fda"),
    ("therapy", "satri-cel"),
    ("therapy", "afami-cel"),
}

REVIEWED = "satri-cel: not approved in China (NMPA); an application has been under review since 25 June 2025."
APPROVED = "satri-cel: approved in China (NMPA) since 22 June 2026; sources disagree about the kind of approval."

# What no text may say of satri-cel in China once it is approved there, in whatever member it stands.
OTHERWISE = re.compile(
    r"(?:satri-cel|CT041|satricabtagene)[^.]*(?:not approved in China|China[^.]*under review|awaits? a decision)"
    r"|China[^.]*(?:not yet|has not been) approved|no (?:CAR-T|cell therapy)[^.]*approved in China",
    re.IGNORECASE,
)


class TestTheApprovalOf22June2026:
    def test_is_under_review_in_release_1(self, site: Site) -> None:
        approval = site.item("approval", "satri-cel-nmpa", release=1)
        assert (approval["status"], approval["authorized"], approval["sentence"]) == ("UNDER_REVIEW", False, REVIEWED)

    def test_changes_every_answer_that_mentions_it_though_nobody_touched_one(self, site: Site) -> None:
        before, after = site.everything(1), site.everything(2)
        mentioning = [key for key, one in before.items() if key[0] == "faq" and REVIEWED in words(one)]
        assert len(mentioning) > 5
        for key in mentioning:
            assert REVIEWED not in words(after[key]), key
            assert APPROVED in words(after[key]), key
            assert (after[key]["release"], after[key]["version"]) == (2, 1), key
            assert after[key]["question"] == before[key]["question"]

    def test_leaves_no_text_that_says_otherwise(self, site: Site) -> None:
        for release in (2, 3):
            for key, one in site.everything(release).items():
                found = [text for text in told(one) if OTHERWISE.search(text)]
                assert not found, (key, found)

    def test_would_be_found_if_a_text_said_otherwise(self, site: Site) -> None:
        old = site.everything(1)
        assert any(OTHERWISE.search(text) for text in told(old["faq", "where-is-satri-cel-approved"]))

    def test_changes_the_manifest_exactly_there(self, site: Site) -> None:
        before, after = site.manifest(1), site.manifest(2)
        changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
        assert changed == WRITTEN | {("faq", slug) for slug in FOLLOWING}
        assert before.keys() - after.keys() == {("source", "example-renamed")}
        assert {kind for kind, _ in after.keys() - before.keys()} == {"source", "organization"}

    def test_leaves_every_other_text_in_its_edition(self, site: Site) -> None:
        before, after = site.everything(1), site.everything(2)
        same = [key for key, checksum in site.manifest(1).items() if site.manifest(2).get(key) == checksum]
        assert len(same) > 180
        assert not [key for key in same if before[key] != after[key]]

    def test_is_not_seen_by_a_site_that_stays_with_release_1(self, site: Site) -> None:
        pinned = site.everything(1)
        assert {key: one["checksum"] for key, one in pinned.items()} == site.manifest(1)
        status = site.get("/api/v1/therapies/satri-cel/status/?jurisdiction=CN&release=1&as_of=2026-04-29")
        assert status["jurisdictions"][0]["status"] == "UNDER_REVIEW"

    def test_is_told_by_place_and_not_for_everywhere(self, site: Site) -> None:
        answer = words(site.item("faq", "where-is-satri-cel-approved", release=2))
        assert APPROVED in answer
        assert "satri-cel: not approved in the United States (FDA)" in answer
        assert "satri-cel: not approved in the European Union (EMA)" in answer

    def test_says_where_each_fact_in_an_answer_comes_from(self, site: Site) -> None:
        answer = site.item("faq", "satri-cel-in-china", release=2)
        fact = next(one for one in answer["facts"] if one["text"] == APPROVED)
        assert (fact["kind"], fact["slug"]) == ("approval", "satri-cel-nmpa")
        assert "onclive-satri-cel-approval" in {source["slug"] for source in fact["sources"]}


class TestTheCorrection:
    def test_reaches_an_answer_that_quotes_the_figure(self, site: Site) -> None:
        path = ("faq", "how-is-claudin18-2-tested")
        assert "at least 70% of tumor cells" in words(site.everything(2)[path])
        corrected = site.everything(3)[path]
        assert "at least 75% of tumor cells" in words(corrected)
        assert "70%" not in words(corrected)
        assert (corrected["version"], corrected["release"]) == (1, 3)

    def test_of_a_date_that_is_disputed_stays_open(self, site: Site) -> None:
        approval = site.item("approval", "satri-cel-nmpa")
        event = next(one for one in approval["events"] if one["key"] == "approved")
        assert [one["pathway"] for one in event["candidates"]] == ["CONDITIONAL", "FULL"]


def told(item: Json) -> list[str]:
    """Return the texts of an item but for what it says of its own history and of its sources."""
    members = {name: value for name, value in item.items() if name not in {"change", "sources", "facts"}}
    return [text for text in _texts(members) if " " in text]


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for member in value.values() for text in _texts(member)]
    if isinstance(value, list):
        return [text for member in value for text in _texts(member)]
    return [value] if isinstance(value, str) else []
