"""The questions, disclaimers and trials of the seed: nothing typed that a record should say, and no benefit without harm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from content_api import shapes
from faqs.vocabulary import ClauseType, Topic
from tests.test_fixtures import as_it_ends, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.seeding.stages import Entry

SLOT = re.compile(r"\{\{([^{}]*)\}\}")
RESULT = re.compile(r"trial:([0-9a-f-]{36})\.results\.([a-z0-9-]+)")

# Names that hold digits; any other number is a figure, and figures come in by slots.
NAMES = re.compile(
    r"\b(?:Claudin18\.2|CLDN18|CT041(?:-ST-01|-CG4006)?|CD19|PD-1|HER2|V600|CA19-9|interleukin-2|grade 3)\b"
)
BENEFITS = {"PFS", "OS", "ORR", "DCR", "DOR"}
OUR_SPELLING = {"CAR-T": r"\bCAR[ ]?T\b|\bCar-T\b", "Claudin18.2": r"\bCLDN18\.2\b|\bclaudin 18\.2\b"}
RELATIVE = re.compile(r"\b(?:now|today|currently|recently|so far|as yet|not yet|at present|soon)\b", re.IGNORECASE)
FIRSTS = re.compile(
    r"\b(?:first|only|largest|best|leading) (?:CAR-T|cell|therap|treatment|trial|approv|product)", re.IGNORECASE
)
SELLING = re.compile(r"\b(?:book|contact us|our team|our service|discount|price of|\$|€)\b|\+\d", re.IGNORECASE)


def answers() -> Iterator[Entry]:
    yield from entries(kind="faq")


def prose_of(entry: Entry) -> str:
    """Return what an answer types itself: its prose with the slots taken out."""
    texts = (one.text for one in shapes.prose(entry.kind.shape, entry.content))
    return "\n\n".join(SLOT.sub("", text) for text in texts)


def results_quoted(entry: Entry) -> list[Json]:
    """Return the results that an answer quotes, as they end."""
    trials = as_it_ends("trial")
    texts = (one.text for one in shapes.prose(entry.kind.shape, entry.content))
    found = [match for text in texts for match in RESULT.findall(text)]
    return [next(one for one in trials[trial]["results"] if one["key"] == key) for trial, key in found]


def is_harm(result: Json) -> bool:
    return bool((result["grade_min"] or 0) >= 3 or "death" in result["label"])


class TestEveryAnswer:
    def test_is_written_once(self) -> None:
        questions = [entry.content["question"] for entry in answers()]
        variants = [one["phrasing"] for entry in answers() for one in entry.content["variants"]]
        assert len(questions) > 30
        assert len({*questions, *variants}) == len(questions) + len(variants)

    def test_covers_every_topic(self) -> None:
        assert {entry.content["topic"] for entry in answers()} == set(Topic.values)

    def test_types_no_figure(self) -> None:
        for entry in answers():
            lines = re.sub(r"(?m)^\s*(?:\d+\. |#+ )", "", prose_of(entry))
            assert not re.search(r"\d", NAMES.sub("", lines)), (entry.place, re.findall(r"\S*\d\S*", lines))

    @pytest.mark.parametrize("bad", ["In 22% of people.", "It took 3 weeks.", "After 7.92 months."])
    def test_is_searched_for_figures(self, bad: str) -> None:
        assert re.search(r"\d", NAMES.sub("", bad))

    def test_sells_dates_and_boasts_of_nothing(self) -> None:
        for entry in answers():
            text = prose_of(entry)
            for pattern in (RELATIVE, FIRSTS, SELLING):
                assert not pattern.search(text), (entry.place, pattern.findall(text))

    def test_has_our_spelling(self) -> None:
        for entry in entries():
            for one in shapes.prose(entry.kind.shape, entry.content):
                for ours, others in OUR_SPELLING.items():
                    assert not re.search(others, one.text), (entry.place, one.pointer, ours)

    def test_says_off_target_only_to_tell_it_apart(self) -> None:
        told = [entry.name for entry in entries() if "off-target" in str(entry.content).lower()]
        assert set(told) == {"is-claudin18-2-on-healthy-tissue"}

    def test_names_a_place_in_each_source(self) -> None:
        for entry in answers():
            assert entry.content["sources"], entry.place
            assert all(one["locator"] for one in entry.content["sources"]), entry.place

    def test_quotes_no_result_that_was_superseded_or_that_nobody_verified(self) -> None:
        sources = as_it_ends("source")
        for entry in answers():
            for result in results_quoted(entry):
                assert not result["superseded_by"], (entry.place, result["key"])
                levels = {sources[one["source"]]["verification"] for one in result["sources"]}
                assert levels - {"UNVERIFIED"}, (entry.place, result["key"])

    def test_tells_the_harm_where_it_tells_a_benefit(self) -> None:
        telling = [entry for entry in answers() if any(one["endpoint"] in BENEFITS for one in results_quoted(entry))]
        assert len(telling) > 5
        for entry in telling:
            assert any(is_harm(one) for one in results_quoted(entry)), entry.place

    def test_of_a_status_is_looked_at_again_within_90_days(self) -> None:
        for entry in answers():
            states = [one.text for one in shapes.prose(entry.kind.shape, entry.content) if "approval" in one.text]
            assert not states or entry.content["review_interval_days"] <= 90, entry.place


class TestEveryDisclaimer:
    def test_holds_each_clause_once(self) -> None:
        clauses = [clause for entry in entries(kind="disclaimer") for clause in entry.content["clauses"]]
        assert sorted(clause["type"] for clause in clauses) == sorted(ClauseType.values)

    def test_names_no_treatment_and_no_place(self) -> None:
        names = {one["short_name"] for one in as_it_ends("therapy").values()} | {"FDA", "NMPA", "EMA", "China"}
        for entry in entries(kind="disclaimer"):
            told = " ".join(clause["template"] for clause in entry.content["clauses"])
            assert not [name for name in names if name in told], entry.place


class TestEveryTrial:
    def test_gives_each_result_a_source_and_a_place_in_it(self) -> None:
        sources = as_it_ends("source")
        for trial in as_it_ends("trial").values():
            for result in trial["results"]:
                assert result["sources"], (trial["slug"], result["key"])
                for one in result["sources"]:
                    read = sources[one["source"]]["verification"] != "UNVERIFIED"
                    assert bool(one["locator"]) == read, (trial["slug"], result["key"])

    def test_without_a_registry_number_that_was_confirmed_holds_no_result(self) -> None:
        unregistered = [
            one for one in as_it_ends("trial").values() if {row["registry"] for row in one["identifiers"]} <= {"OTHER"}
        ]
        assert [one["slug"] for one in unregistered] == ["cart-egfr-il13ra2-glioblastoma"]
        assert not [one for one in unregistered if one["results"]]

    def test_keeps_an_interim_and_a_final_report_apart(self) -> None:
        trial = next(one for one in as_it_ends("trial").values() if one["slug"] == "ct041-cg4006")
        by_key = {one["key"]: one for one in trial["results"]}
        assert (by_key["interim-orr"]["values"][0]["value"], by_key["interim-orr"]["values"][0]["n"]) == ("48.6", 37)
        assert by_key["interim-orr"]["superseded_by"] == "final-orr"
        assert by_key["final-orr"]["sources"] != by_key["interim-orr"]["sources"]

    def test_of_two_groups_keeps_one_sided_p_and_the_interval_that_includes_no_difference(self) -> None:
        trial = next(one for one in as_it_ends("trial").values() if one["slug"] == "ct041-st-01")
        survival = next(one for one in trial["results"] if one["key"] == "os-itt")
        assert (survival["p_operator"], survival["p_value"], survival["p_sides"]) == ("=", "0.0416", "ONE_SIDED")
        assert float(survival["comparison_ci_lower"]) < 1 < float(survival["comparison_ci_upper"])
        other = next(one for one in trial["arms"] if one["key"] == "physicians-choice")
        assert (other["assigned"], other["crossed_over_count"]) == (52, 20)
