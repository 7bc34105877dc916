"""What is noticed when a trial is submitted: each fault beside the trial that has none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from content_api import kinds
from content_api.refusals import Refused
from tests.therapies.trials import compared, p_value, progression, result, spanned, survival, trial, value

if TYPE_CHECKING:
    from content_api.kinds import Facets, Facts, SetKey
    from tests.therapies.cabinet import Cabinet

Json = dict[str, Any]
TODAY = date(2026, 11, 21)
PERCENT = {"parameter": "PROPORTION", "unit": "PERCENT"}


class Shelf:
    """A world of sources of every standing; everything else is unknown to it."""

    def card(self, content_id: str) -> Json | None:
        levels = {"notice": "VERIFIED", "hearsay": "SECONDARY", "rumor": "UNVERIFIED"}
        return {"verification": levels[content_id], "retracted": False} if content_id in levels else None

    def facets(self, content_id: str) -> Facets:
        return {}

    def quotable(self, content_id: str) -> Facts | None:
        return None

    def members(self, key: SetKey) -> list[Json]:
        return []

    def pulled(self) -> list[Json]:
        return []

    def pulled_members(self, key: SetKey) -> list[Json]:
        return []


def good(**members: Any) -> Json:
    """Return a trial in which nothing is noticed."""
    cited = [{"source": "notice", "locator": "Table 2"}]
    results = {"results": [survival(sources=cited), progression(sources=cited)]}
    return {"slug": "ct041-st-01", **trial(lambda slug: slug, **{**results, **members})}


def found(content: Json) -> list[tuple[str, str, str]]:
    """Return severity, code and place of each finding."""
    findings = kinds.get("trial").check(content, Shelf(), TODAY)
    assert all(one.message.endswith((".", "?")) and one.pointer.startswith("/") for one in findings)
    return [(one.severity.value, one.code, one.pointer) for one in findings]


def one(*values: Json, **members: Any) -> Json:
    """Return a trial with one result, cited from its publication unless said otherwise."""
    return good(results=[result(*values, **{"sources": [{"source": "notice", "locator": ""}], **members})])


def without(name: str, **members: Any) -> Json:
    empty: Json = {f"{name}_on": None, f"{name}_precision": "", f"{name}_type": ""}
    return {**empty, **members}


def dated(name: str, on: str, precision: str, type_: str) -> Json:
    return {f"{name}_on": on, f"{name}_precision": precision, f"{name}_type": type_}


NCT = {"key": "nct", "registry": "NCT", "identifier": "NCT04581473"}
OS = spanned("satri-cel", "7.92", "5.78", "10.02")


def test_in_a_good_trial_nothing_is_noticed() -> None:
    assert found(good()) == []


@pytest.mark.parametrize(
    ("content", "noticed"),
    [
        (good(identifiers=[]), ("ERROR", "results-without-registry-id", "/identifiers")),
        (
            good(identifiers=[{**NCT, "registry": "OTHER"}]),
            ("ERROR", "results-without-registry-id", "/identifiers"),
        ),
        (good(identifiers=[], results=[]), ("WARNING", "no-registry-id", "/identifiers")),
        (
            good(identifiers=[{**NCT, "identifier": "NCT0458147"}]),
            ("ERROR", "malformed-registry-id", "/identifiers/0/identifier"),
        ),
        (
            good(identifiers=[{**NCT, "registry": "EUCT"}]),
            ("ERROR", "malformed-registry-id", "/identifiers/0/identifier"),
        ),
        (good(countries=["CN", "UK"]), ("ERROR", "unknown-place", "/countries/1")),
        (good(status_verified_on=None), ("WARNING", "status-not-dated", "/status_verified_on")),
        (good(status_verified_on="2026-11-22"), ("ERROR", "future-day", "/status_verified_on")),
        (
            good(overall_status="RECRUITING", status_verified_on="2026-08-22"),
            ("WARNING", "open-status-stale", "/status_verified_on"),
        ),
        (good(**dated("start", "2026-12-01", "DAY", "ACTUAL")), ("ERROR", "future-day", "/start_on")),
        (
            good(**dated("completion", "2026-10-01", "MONTH", "ESTIMATED")),
            ("WARNING", "estimate-passed", "/completion_on"),
        ),
        (
            good(**dated("completion", "2021-01-01", "YEAR", "ACTUAL")),
            ("ERROR", "ends-before-start", "/completion_on"),
        ),
        (good(title="A phase III trial"), ("WARNING", "other-phase", "/phases")),
        (good(title="A phase 1/2 trial"), ("WARNING", "other-phase", "/phases")),
        (good(enrollment_count=150), ("WARNING", "arms-do-not-add-up", "/enrollment_count")),
        (good(therapies=[]), ("WARNING", "no-therapy", "/therapies")),
        (good(conditions=[]), ("WARNING", "no-tumor-type", "/conditions")),
        (one(OS, sources=[]), ("ERROR", "result-without-source", "/results/0/sources")),
        (one(OS, superseded_by="nothing"), ("ERROR", "unknown-successor", "/results/0/superseded_by")),
        (one(), ("ERROR", "result-without-value", "/results/0/values")),
        (one(value("third", value="1")), ("ERROR", "unknown-arm", "/results/0/values/0/arm")),
        (
            one(OS, **{**compared("HR", "0.5", "0.4", "0.6"), "comparison_versus": "third"}),
            ("ERROR", "unknown-arm", "/results/0/comparison_versus"),
        ),
        (one(value("satri-cel", value="1", n=105)), ("WARNING", "more-than-assigned", "/results/0/values/0/n")),
        (one(OS, unit="PERCENT"), ("ERROR", "unit-does-not-fit", "/results/0/unit")),
        (one(OS, parameter="PROPORTION"), ("ERROR", "unit-does-not-fit", "/results/0/unit")),
        (
            one(spanned("satri-cel", "7.92", "10.02", "5.78")),
            ("ERROR", "interval-upside-down", "/results/0/values/0/ci_lower"),
        ),
        (
            one(spanned("satri-cel", "11", "5.78", "10.02")),
            ("WARNING", "value-outside-interval", "/results/0/values/0/ci_lower"),
        ),
        (
            one(spanned("satri-cel", "5", "5.78", "NE")),
            ("WARNING", "value-outside-interval", "/results/0/values/0/ci_lower"),
        ),
        (
            one(OS, **compared("HR", "1.06", "0.46", "1.05")),
            ("WARNING", "value-outside-interval", "/results/0/comparison_ci_lower"),
        ),
        (
            one(OS, **compared("HR", "0.69", "0.46", "1.05"), **p_value("=", "0.0416", "")),
            ("WARNING", "p-value-without-sides", "/results/0/p_sides"),
        ),
        (one(value("satri-cel", value="101"), **PERCENT), ("ERROR", "impossible-percent", "/results/0/values/0/value")),
        (
            one(value("satri-cel", value="59", affected=84, n=88), **PERCENT),
            ("WARNING", "percent-does-not-match", "/results/0/values/0/value"),
        ),
    ],
)
def test_a_fault_is_noticed_where_it_is(content: Json, noticed: tuple[str, str, str]) -> None:
    assert found(content) == [noticed]


@pytest.mark.parametrize(
    "content",
    [
        good(title="A randomized phase 2 trial"),
        good(title="A trial of phase II treatment", phases=["PHASE2"]),
        good(title="A phase 1b/2 trial", phases=["PHASE1", "PHASE2"]),
        good(title="A phase I trial", phases=["EARLY_PHASE1", "PHASE1"]),
        good(title="A phase 3 trial", phases=[]),
        good(identifiers=[{"key": "c", "registry": "CHICTR", "identifier": "ChiCTR2000033021"}]),
        good(identifiers=[{"key": "e", "registry": "EUCT", "identifier": "2023-505678-12-00"}]),
        good(identifiers=[{"key": "i", "registry": "ISRCTN", "identifier": "ISRCTN12345678"}]),
        good(overall_status="RECRUITING", status_verified_on="2026-08-23"),
        good(**without("start")),
        good(**dated("completion", "2026-11-01", "MONTH", "ESTIMATED")),
        good(**dated("completion", "2022-01-01", "YEAR", "ACTUAL")),
        good(enrollment_count=160, enrollment_type="ESTIMATED"),
        one(value("satri-cel", value="NR")),
        one(spanned("satri-cel", "NR", "5.78", "NE")),
        one(value("satri-cel", value="95.5", affected=84, n=88), **PERCENT),
        one(value("satri-cel", value="95", affected=84, n=88), **PERCENT),
        one(value("satri-cel", value="0", affected=0, n=88), **PERCENT),
        one(**compared("HR", "0.69", "0.46", "1.05")),
    ],
)
def test_what_is_right_is_let_pass(content: Json) -> None:
    assert found(content) == []


def test_arms_and_criteria_are_looked_at() -> None:
    content = good()
    content["arms"][1]["crossed_over_to"] = "third"
    content["arms"][0]["interventions"][0]["therapy"] = "unknown"
    content["eligibility"][0] |= {"biomarker_target": None}

    assert found(content) == [
        ("WARNING", "therapy-not-listed", "/arms/0/interventions/0/therapy"),
        ("ERROR", "unknown-arm", "/arms/1/crossed_over_to"),
        ("WARNING", "biomarker-not-named", "/eligibility/0/biomarker_target"),
    ]


def cite(*slugs: str) -> list[Json]:
    return [{"source": slug, "locator": ""} for slug in slugs]


@pytest.mark.parametrize(
    ("cited", "roles", "noticed"),
    [
        (["notice"], {"notice": "RESULT"}, []),
        (["hearsay"], {"notice": "RESULT"}, [("WARNING", "source-is-no-publication")]),
        (["rumor"], {"rumor": "RESULT"}, [("WARNING", "result-not-verified")]),
        (["hearsay"], {"notice": "RESULT", "hearsay": "INTERIM"}, [("WARNING", "interim-not-superseded")]),
        (["hearsay"], {"hearsay": "INTERIM"}, []),
        (["hearsay", "notice"], {"notice": "RESULT", "hearsay": "INTERIM"}, []),
    ],
)
def test_a_result_is_held_against_the_publications(
    cited: list[str], roles: dict[str, str], noticed: list[tuple[str, str]]
) -> None:
    publications = [{"key": source, "source": source, "role": role} for source, role in roles.items()]
    content = good(publications=publications, results=[survival(sources=cite(*cited))])

    assert [(severity, code) for severity, code, _ in found(content)] == noticed


def test_an_interim_result_that_names_its_successor_is_let_pass() -> None:
    roles = {"notice": "RESULT", "hearsay": "INTERIM"}
    publications = [{"key": source, "source": source, "role": role} for source, role in roles.items()]
    old = survival(key="old", sources=cite("hearsay"), superseded_by="os-itt")

    assert found(good(publications=publications, results=[old, survival(sources=cite("notice"))])) == []


@pytest.mark.parametrize(
    ("chain", "places"),
    [({"a": "b", "b": "a"}, [0, 1]), ({"a": "b", "b": "c", "c": "b"}, [1, 2]), ({"a": "b", "b": "c", "c": ""}, [])],
)
def test_results_may_not_supersede_each_other_in_a_circle(chain: dict[str, str], places: list[int]) -> None:
    rows = [survival(key=key, superseded_by=after, sources=cite("notice")) for key, after in chain.items()]

    assert found(good(results=rows)) == [
        ("ERROR", "succession-is-a-circle", f"/results/{place}/superseded_by") for place in places
    ]


@pytest.mark.django_db
def test_results_without_a_registry_id_are_refused_at_submission(cabinet: Cabinet) -> None:
    cabinet.write("trial", "ct041-st-01", identifiers=[])
    with pytest.raises(Refused) as refusal:
        cabinet.submit("ct041-st-01")
    assert [one["pointer"] for one in refusal.value.errors] == ["/identifiers"]

    cabinet.write("trial", "ct041-st-01", identifiers=[NCT])
    version = cabinet.submit("ct041-st-01")
    assert "results-without-registry-id" not in {one["code"] for one in version.findings}
