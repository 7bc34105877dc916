"""What a trial found, in words: nothing is lost on the way, and no difference is never told as one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.therapies.trials import compared, p_value, progression, result, spanned, survival, value
from therapies import trial_sentences as words
from therapies.trial_vocabulary import Endpoint, Measure, OverallStatus, Phase, Population, Unit

Json = dict[str, Any]
PERCENT = {"parameter": "PROPORTION", "unit": "PERCENT"}
ARMS = {"satri-cel": "satri-cel", "tpc": "treatment of physician's choice"}
NOBODY_KNOWS = "the interval includes 1, so no difference cannot be excluded"


@pytest.mark.parametrize(
    ("one", "members", "told"),
    [
        (spanned("a", "7.92", "5.78", "10.02"), {}, "7.92 months (95% CI 5.78–10.02)"),
        (value("a", value="0.30"), {}, "0.30 months"),
        (value("a", value="1"), {}, "1 month"),
        (value("a", value="1.0"), {}, "1.0 months"),
        (value("a", value="12"), {"unit": "WEEKS"}, "12 weeks"),
        (value("a", value="21"), {"unit": "DAYS"}, "21 days"),
        (value("a", value="NR"), {}, "not reached"),
        (spanned("a", "NR", "5.78", "NE"), {}, "not reached (95% CI 5.78 to not estimable)"),
        (spanned("a", "8.1", "5.78", "NR"), {}, "8.1 months (95% CI 5.78 to not reached)"),
        (spanned("a", "22", "15", "31"), PERCENT, "22% (95% CI 15–31)"),
        (value("a", value="95", affected=84, n=88), PERCENT, "84 of 88 (95%)"),
        (value("a", affected=84, n=88), PERCENT, "84 of 88"),
        (value("a", affected=0, n=88), PERCENT, "0 of 88"),
        (spanned("a", "95", "89", "99", affected=84, n=88), PERCENT, "84 of 88 (95%; 95% CI 89–99)"),
        (
            spanned("a", "81.2", "60.0", "91.9"),
            {"parameter": "RATE_AT", "unit": "PERCENT", "timepoint_months": "6"},
            "81.2% at 6 months (95% CI 60.0–91.9)",
        ),
        (value("a", value="44.8"), {**PERCENT, "parameter": "RATE_AT", "timepoint_months": "1"}, "44.8% at 1 month"),
        (spanned("a", "0.5", "-0.4", "1.2"), {}, "0.5 months (95% CI -0.4 to 1.2)"),
        (
            value("a", value="81", affected=30, n=37),
            {"parameter": "RATE_AT", "unit": "PERCENT", "timepoint_months": "6"},
            "30 of 37 (81%) at 6 months",
        ),
    ],
)
def test_a_value_is_shown_with_unit_and_interval(one: Json, members: Json, told: str) -> None:
    assert words.display(one, result(one, **members)) == told


@pytest.mark.parametrize(
    ("members", "told", "includes"),
    [
        (
            {**compared("HR", "0.69", "0.46", "1.05"), **p_value("=", "0.0416")},
            f"hazard ratio 0.69 (95% CI 0.46–1.05), one-sided p = 0.0416; {NOBODY_KNOWS}",
            True,
        ),
        (
            {**compared("HR", "0.37", "0.24", "0.56"), **p_value("<", "0.0001")},
            "hazard ratio 0.37 (95% CI 0.24–0.56), one-sided p < 0.0001",
            False,
        ),
        (compared("HR", "1.40", "1.10", "1.80"), "hazard ratio 1.40 (95% CI 1.10–1.80)", False),
        (compared("HR", "0.80", "0.60", "1.00"), f"hazard ratio 0.80 (95% CI 0.60–1.00); {NOBODY_KNOWS}", True),
        (compared("OR", "1.90", "1", "NE"), f"odds ratio 1.90 (95% CI 1 to not estimable); {NOBODY_KNOWS}", True),
        (compared("RR", "2.1", "1.2", "NE"), "risk ratio 2.1 (95% CI 1.2 to not estimable)", False),
        (compared("RR", "0.5", "NE", "0.9"), "risk ratio 0.5 (95% CI not estimable to 0.9)", False),
        (
            {**compared("HR", "0.5"), **p_value("=", "0.03", "TWO_SIDED")},
            "hazard ratio 0.5, two-sided p = 0.03; no confidence interval is on record",
            None,
        ),
        (
            {**compared("HR", "0.5", "0.3", "0.8"), **p_value("=", "0.03", "")},
            "hazard ratio 0.5 (95% CI 0.3–0.8), p = 0.03 (one-sided or two-sided is not on record)",
            False,
        ),
        (
            {**compared("HR", ""), **p_value(">", "0.05")},
            "hazard ratio not on record, one-sided p > 0.05; no confidence interval is on record",
            None,
        ),
        (
            {**compared("DIFF", "18", "9", "26"), **PERCENT},
            "difference 18 percentage points (95% CI 9–26)",
            False,
        ),
        (
            compared("DIFF", "2.4", "-0.1", "4.9"),
            "difference 2.4 months (95% CI -0.1 to 4.9); the interval includes 0, so no difference cannot be excluded",
            True,
        ),
        ({}, "", None),
    ],
)
def test_a_comparison_says_when_there_may_be_no_difference(members: Json, told: str, *, includes: bool | None) -> None:
    found = result(**members)

    assert words.comparison_sentence(found) == told
    assert words.includes_no_difference(found) is includes


def test_every_measure_and_unit_has_its_words() -> None:
    for measure in Measure:
        assert "no difference" in words.comparison_sentence(result(**compared(measure, "0.5", "-1", "2")))
    assert all(words.amount("2", unit).startswith("2") for unit in Unit)


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({}, "median overall survival in the intention-to-treat population"),
        (
            {**PERCENT, "endpoint": "ORR", "confirmed": True, "analysis_population": "MITT"},
            "confirmed objective response rate in the modified intention-to-treat population",
        ),
        (
            {**PERCENT, "endpoint": "TRAE", "grade_min": 3, "analysis_population": "SAFETY"},
            "treatment-related adverse events of grade 3 or worse in the safety population",
        ),
        (
            {**PERCENT, "endpoint": "OTHER", "label": "dose-limiting toxicity", "analysis_population": "AS_TREATED"},
            "dose-limiting toxicity in the as-treated population",
        ),
        (
            {"endpoint": "PFS", "assessor": "an independent review committee", "subgroup_label": "smokers"},
            (
                "median progression-free survival in the intention-to-treat population, among smokers, assessed by an "
                "independent review committee"
            ),
        ),
    ],
)
def test_what_was_measured_names_the_population(members: Json, told: str) -> None:
    assert words.endpoint(result(**members)) == told


def test_every_endpoint_and_population_has_its_words() -> None:
    for one in Endpoint:
        for population in Population:
            told = words.endpoint(
                result(endpoint=one, label="x" if one is Endpoint.OTHER else "", analysis_population=population)
            )
            assert population.label.lower() in told
            assert "other endpoint" not in told


@pytest.mark.parametrize(
    ("found", "verification", "told"),
    [
        (
            survival(),
            "VERIFIED",
            (
                "CT041-ST-01, median overall survival in the intention-to-treat population: satri-cel 7.92 months (95% CI "
                "5.78–10.02); treatment of physician's choice 5.49 months (95% CI 3.94–6.93); hazard ratio (satri-cel versus "
                f"treatment of physician's choice) 0.69 (95% CI 0.46–1.05), one-sided p = 0.0416; {NOBODY_KNOWS}."
            ),
        ),
        (
            progression(assessor=""),
            "VERIFIED",
            (
                "CT041-ST-01, median progression-free survival in the intention-to-treat population: satri-cel 3.25 months "
                "(95% CI 2.86–4.53); treatment of physician's choice 1.77 months (95% CI 1.61–2.04); hazard ratio (satri-cel "
                "versus treatment of physician's choice) 0.37 (95% CI 0.24–0.56), one-sided p < 0.0001."
            ),
        ),
        (
            result(
                value("tpc", affected=2, n=52), endpoint="ICANS", outcome_type="POST_HOC", superseded_by="x", **PERCENT
            ),
            "SECONDARY",
            (
                "CT041-ST-01, immune effector cell-associated neurotoxicity syndrome in the intention-to-treat population: "
                "treatment of physician's choice 2 of 52; an analysis that was not planned beforehand; a later report of the "
                "trial has taken its place; known from a secondary source only."
            ),
        ),
        (
            result(value("gone", value="NR")),
            "UNVERIFIED",
            "CT041-ST-01, median overall survival in the intention-to-treat population: gone not reached; not verified.",
        ),
    ],
)
def test_a_result_is_one_sentence_that_is_safe_on_its_own(found: Json, verification: str, told: str) -> None:
    assert words.result_sentence("CT041-ST-01", found, ARMS, verification) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["PHASE1", "PHASE2"], "phase 1/2"),
        (["PHASE2", "PHASE1"], "phase 1/2"),
        (["PHASE3"], "phase 3"),
        (["EARLY_PHASE1"], "early phase 1"),
        (["EARLY_PHASE1", "PHASE1"], "early phase 1 and phase 1"),
        (["NA"], ""),
        ([], ""),
    ],
)
def test_phases_are_said_in_their_order(values: list[str], told: str) -> None:
    assert words.phases(values) == told


def test_every_phase_but_none_has_its_words() -> None:
    assert all(words.phases([one]) for one in set(Phase) - {Phase.NA})


def _trial(**members: Any) -> Json:
    named = {"title": "A trial", "acronym": "", "overall_status": "RECRUITING", "status_verified_on": None}
    dates = {f"start_{part}": value for part, value in (("on", None), ("precision", ""), ("type", ""))}
    return {**named, **dates, **members}


def test_a_status_names_the_registry_and_the_day() -> None:
    seen = _trial(acronym="CT041-ST-01", overall_status="ACTIVE_NOT_RECRUITING", status_verified_on="2026-11-01")

    assert words.status_sentence(seen, "NCT04581473") == (
        "CT041-ST-01 (NCT04581473): active, not recruiting, as the registry said on 1 November 2026."
    )
    assert words.status_sentence(_trial(), None) == "A trial: recruiting, on a day that is not on record."
    assert all(words.status_sentence(_trial(overall_status=one), None) for one in OverallStatus)


@pytest.mark.parametrize(
    ("members", "told"),
    [
        (("2022-03-22", "DAY", "ACTUAL"), "22 March 2022"),
        (("2027-03-01", "MONTH", "ESTIMATED"), "March 2027 (estimated)"),
        (("2038-01-01", "YEAR", "ESTIMATED"), "2038 (estimated)"),
        ((None, "", ""), ""),
    ],
)
def test_a_day_that_is_expected_says_so(members: tuple[str | None, str, str], told: str) -> None:
    on, precision, type_ = members

    assert words.day(_trial(start_on=on, start_precision=precision, start_type=type_), "start") == told


def test_follow_up_is_said_in_months() -> None:
    assert words.follow_up(value("a", follow_up_months="14.42")) == "14.42 months"
    assert words.follow_up(value("a")) == ""
