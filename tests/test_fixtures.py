"""The seed content: that it tells its story, and says nothing that it may not."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from content_api import shapes
from content_api.seeding.stages import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.seeding.stages import Entry, Stage

FIXTURES = settings.BASE_DIR / "fixtures"
KNOWN_BY = "2026-04-29"

# Identifiers that nobody could confirm in a source.
UNCONFIRMED = re.compile(
    r"NCT05168423|HGNC:(5975|1633|11913|6802)\b|P15391|Q02223|P43358|Q13421|C3099|C8294|C3224|C3400"
)

# Words that a text may not say by itself: a status is derived, a result belongs to a trial, a promise to nobody.
UNSAID = re.compile(
    r"\b(approved|authori[sz]ed|investigational|under review|available|safe|proven|works|cures?|guaranteed|miracle|"
    r"breakthrough|world's first|improves?|extends?|currently|recently|tumou?rs? response|tumour\w*|"
    r"program(?:me)s?|leukaemia|oesophag\w*|haemat\w*|humanised)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 25
SLOT = re.compile(r"\{\{[^{}]*\}\}")
BLOCKS = re.compile(r"\n\n|\n\s*(?:- |\d+\. |#+ )")
ENDS = re.compile(r"(?<=[.:?])\s+|(?<=\.\*\*)\s+")


@cache
def stages() -> list[Stage]:
    return load(FIXTURES)


def entries(*, kind: str = "") -> Iterator[Entry]:
    for stage in stages():
        yield from (entry for entry in stage.entries if kind in {"", entry.kind.name})


def as_it_ends(kind: str) -> dict[str, Json]:
    """Return the last content of every item of a kind, by content id."""
    return {str(entry.content_id): entry.content for entry in entries(kind=kind)}


class TestTheStory:
    def test_has_three_releases_that_say_what_happened(self) -> None:
        assert [stage.title for stage in stages()] == [
            "The world as known on 2026-04-29: satri-cel under review in China",
            "22 June 2026: China approves satri-cel",
            "A corrected figure, and the regulator's notice in place of a company statement",
        ]

    def test_begins_with_nothing_that_was_not_known_by_then(self) -> None:
        contents = [entry.content for entry in stages()[0].entries]
        dates = [one["published_on"] for one in contents if one.get("published_on")]
        dates += [event["on"] for one in contents for event in one.get("events", [])]
        dates += [one["status_verified_on"] for one in contents if one.get("status_verified_on")]
        dates += [
            result["data_cutoff"] for one in contents for result in one.get("results", []) if result["data_cutoff"]
        ]
        assert max(dates) == KNOWN_BY

    def test_lets_the_approval_enter_with_the_second_release(self) -> None:
        first, second = (next(e.content for e in stage.entries if e.name == "satri-cel-nmpa") for stage in stages()[:2])
        assert [event["type"] for event in first["events"]][-1] == "ACCEPTED"
        approved = second["events"][-1]
        assert (approved["type"], approved["on"], approved["pathway"]) == ("APPROVED", "2026-06-22", "UNKNOWN")
        assert approved["disputed"] == ["PATHWAY"]
        assert [one["pathway"] for one in approved["candidates"]] == ["CONDITIONAL", "FULL"]
        assert (second["prior_lines_min"], second["age_min_years"]) == (2, 18)

    def test_corrects_one_figure_and_says_so(self) -> None:
        first, last = (
            next(e for e in stage.entries if e.name == "zolbetuximab-fda") for stage in (stages()[0], stages()[2])
        )
        percents = [next(b for b in e.content["biomarkers"] if b["key"] == "claudin18-2") for e in (first, last)]
        assert [one["percent_min"] for one in percents] == [70, 75]
        assert last.change_type == "CORRECTION"

    def test_renames_one_source_and_withdraws_another_for_sites_to_test_with(self) -> None:
        renamed = [entry.content["slug"] for entry in entries(kind="source") if entry.name == "example-renamed"]
        assert renamed == ["example-renamed", "example-renamed-once"]
        ids = {entry.content_id: entry.name for entry in entries()}
        withdrawn = {ids[one.content_id]: one for stage in stages() for one in stage.withdrawals}
        assert withdrawn.keys() == {"example-withdrawn", "carsgen-statement-2026-06-22"}
        replacement = withdrawn["carsgen-statement-2026-06-22"].replaced_by
        assert replacement
        assert ids[replacement] == "nmpa-notice-satri-cel"

    def test_orders_items_by_what_they_cannot_be_without(self) -> None:
        first = [entry.kind.name for entry in stages()[0].entries]
        assert first.index("therapy_class") < first.index("therapy") < first.index("approval")

    def test_gives_an_item_the_same_id_on_every_machine(self) -> None:
        satri_cel = next(entry for entry in entries(kind="therapy") if entry.name == "satri-cel")
        assert str(satri_cel.content_id) == "7d7b42c9-3f17-591f-baf8-b475714d9453"


class TestEveryFact:
    def test_is_dated_no_later_than_today_and_has_a_source_that_counts(self) -> None:
        sources = as_it_ends("source")
        gone = {str(one.content_id) for stage in stages() for one in stage.withdrawals}
        for content in as_it_ends("approval").values():
            for event in content["events"]:
                counting = {
                    one["source"] for one in event["sources"] if sources[one["source"]]["verification"] != "UNVERIFIED"
                }
                assert counting - gone, (content["slug"], event["key"])
                assert date.fromisoformat(event["on"]) <= date.today()  # noqa: DTZ011 - a day is a day

    def test_rests_on_no_source_that_nobody_verified(self) -> None:
        unverified = {one for one, content in as_it_ends("source").items() if content["verification"] == "UNVERIFIED"}
        assert unverified, "the examples for testing are unverified"
        for entry in entries():
            cited = {one.target for one in entry.kind.references(entry.content)}
            assert entry.kind.name == "trial" or not unverified & cited, entry.place

    def test_of_a_trial_that_nobody_verified_is_there_only_because_an_interim_one_gave_way_to_it(self) -> None:
        sources = as_it_ends("source")
        for trial in as_it_ends("trial").values():
            successors = {result["superseded_by"] for result in trial["results"]}
            for result in trial["results"]:
                levels = {sources[one["source"]]["verification"] for one in result["sources"]}
                assert levels != {"UNVERIFIED"} or result["key"] in successors, (trial["slug"], result["key"])

    def test_that_nobody_could_confirm_is_left_out(self) -> None:
        for entry in entries():
            assert not UNCONFIRMED.search(json.dumps(entry.content)), entry.place

    def test_that_is_disputed_keeps_every_candidate_with_its_source(self) -> None:
        events = [event for entry in entries(kind="approval") for event in entry.content["events"]]
        assert {event["disputed"][0] for event in events if event["disputed"]} == {"DATE", "PATHWAY"}
        for event in events:
            assert bool(event["disputed"]) == bool(event["candidates"])
            assert all(candidate["source"] for candidate in event["candidates"])

    def test_has_its_own_case_for_each_therapy_and_place(self) -> None:
        cases = [(one["therapy"], one["jurisdiction"]) for one in as_it_ends("approval").values()]
        assert len(cases) == len(set(cases)) == 8

    def test_is_looked_at_again_in_time(self) -> None:
        longest = {"approval": 90, "therapy": 180}
        for entry in entries():
            assert entry.content["review_interval_days"] <= longest.get(entry.kind.name, 365), entry.place


class TestEveryText:
    @pytest.mark.parametrize("bad", ["It is approved.", "A safe treatment.", "A tumour", "It works."])
    def test_is_searched_for_words_that_it_may_not_say(self, bad: str) -> None:
        assert UNSAID.search(bad)

    def test_states_no_status_result_or_promise_in_words_of_its_own(self) -> None:
        for entry, text in prose():
            assert not UNSAID.search(text), (entry.place, UNSAID.findall(text))

    def test_is_made_of_short_sentences(self) -> None:
        for entry, text in prose():
            for sentence in (one for block in BLOCKS.split(text) for one in ENDS.split(block)):
                assert len(sentence.split()) <= LONGEST_SENTENCE, (entry.place, sentence)


def prose() -> Iterator[tuple[Entry, str]]:
    """Yield every text of the seed, with one word where a slot is: what fills it is worded by a record."""
    for entry in entries():
        yield from ((entry, SLOT.sub("slot", one.text)) for one in shapes.prose(entry.kind.shape, entry.content))
