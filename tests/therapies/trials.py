"""The content of a trial as it stands in a working copy: whole, and with anything in it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


def value(arm: str, **members: Any) -> Json:
    """Return what was found in an arm; nothing, unless said otherwise."""
    empty = {"value": "", "ci_level": "", "ci_lower": "", "ci_upper": "", "affected": None, "n": None}
    return {"key": arm, "arm": arm, **empty, "follow_up_months": "", **members}


def spanned(arm: str, number: str, lower: str, upper: str, **members: Any) -> Json:
    """Return what was found in an arm, with its 95% interval."""
    return value(arm, value=number, ci_level="95", ci_lower=lower, ci_upper=upper, **members)


def result(*values: Json, **members: Any) -> Json:
    """Return a result: overall survival in all who were randomized, unless said otherwise."""
    defaults = {
        "key": "os-itt",
        "endpoint": "OS",
        "label": "",
        "outcome_type": "SECONDARY",
        "analysis_population": "ITT",
        "parameter": "MEDIAN",
        "timepoint_months": "",
        "assessor": "",
        "confirmed": None,
        "grade_min": None,
        "subgroup_label": "",
        "subgroup_tumor_types": [],
        "unit": "MONTHS",
        **compared("", ""),
        "p_operator": "",
        "p_value": "",
        "p_sides": "",
        "data_cutoff": None,
        "superseded_by": "",
        "sources": [],
        "values": list(values),
    }
    return {**defaults, **members}


def compared(measure: str, number: str, lower: str = "", upper: str = "") -> Json:
    """Return how the two arms of a result compare, with its 95% interval if there is one."""
    arms = ("satri-cel", "tpc") if measure else ("", "")
    return {
        "comparison_measure": measure,
        "comparison_arm": arms[0],
        "comparison_versus": arms[1],
        "comparison_value": number,
        "comparison_ci_level": "95" if lower else "",
        "comparison_ci_lower": lower,
        "comparison_ci_upper": upper,
    }


def p_value(operator: str, number: str, sides: str = "ONE_SIDED") -> Json:
    """Return a p-value."""
    return {"p_operator": operator, "p_value": number, "p_sides": sides}


def survival(**members: Any) -> Json:
    """Return the overall survival of the pivotal trial, whose interval includes no difference."""
    return result(
        spanned("satri-cel", "7.92", "5.78", "10.02", follow_up_months="14.42"),
        spanned("tpc", "5.49", "3.94", "6.93", follow_up_months="11.33"),
        **{**compared("HR", "0.69", "0.46", "1.05"), **p_value("=", "0.0416"), **members},
    )


def progression(**members: Any) -> Json:
    """Return the progression-free survival of the pivotal trial."""
    return result(
        spanned("satri-cel", "3.25", "2.86", "4.53"),
        spanned("tpc", "1.77", "1.61", "2.04"),
        **{
            "key": "pfs-itt",
            "endpoint": "PFS",
            "outcome_type": "PRIMARY",
            **compared("HR", "0.37", "0.24", "0.56"),
            **p_value("<", "0.0001"),
            "assessor": "an independent review committee",
            **members,
        },
    )


def trial(id_of: Callable[[str], str], **members: Any) -> Json:
    """Return a pivotal trial with everything filled in, over the sources, terms and therapy of a cabinet."""
    cited = [{"source": id_of("notice"), "locator": "Table 2"}]
    content = {
        "title": "A randomized trial of satri-cel against treatment of physician's choice",
        "acronym": "CT041-ST-01",
        "phases": ["PHASE2"],
        "study_type": "INTERVENTIONAL",
        "allocation": "RANDOMIZED",
        "masking": "NONE",
        "intervention_model": "PARALLEL",
        "primary_purpose": "TREATMENT",
        "overall_status": "ACTIVE_NOT_RECRUITING",
        "status_verified_on": "2026-11-01",
        "screened": 266,
        "enrollment_count": 156,
        "enrollment_type": "ACTUAL",
        "start_on": "2022-03-22",
        "start_precision": "DAY",
        "start_type": "ACTUAL",
        "primary_completion_on": "2024-07-01",
        "primary_completion_precision": "MONTH",
        "primary_completion_type": "ACTUAL",
        "completion_on": "2038-01-01",
        "completion_precision": "YEAR",
        "completion_type": "ESTIMATED",
        "countries": ["CN"],
        "sponsor": id_of("maker"),
        "therapies": [id_of("satri-cel")],
        "conditions": [id_of("gastric")],
        "identifiers": [
            {"key": "own", "registry": "OTHER", "identifier": "CT041-ST-01"},
            {"key": "nct", "registry": "NCT", "identifier": "NCT04581473"},
        ],
        "arms": _arms(id_of),
        "eligibility": _criteria(id_of),
        "publications": [{"key": "report", "source": id_of("notice"), "role": "RESULT"}],
        "results": [survival(sources=cited), progression(sources=cited), *_rates(id_of, cited)],
        "review_interval_days": 90,
        "sources": cited,
    }
    return {**content, **members}


def _arms(id_of: Callable[[str], str]) -> list[Json]:
    given = {"key": "satri-cel", "name": "satri-cel", "type": "BIOLOGICAL", "therapy": id_of("satri-cel")}
    chosen = {"key": "paclitaxel", "name": "paclitaxel", "type": "DRUG", "therapy": None}
    numbers = {"crossed_over_to": "", "crossed_over_count": None}
    return [
        {
            "key": "satri-cel",
            "label": "satri-cel",
            "type": "EXPERIMENTAL",
            "description": "Up to 3 infusions.",
            "assigned": 104,
            "treated": 88,
            **numbers,
            "interventions": [given],
        },
        {
            "key": "tpc",
            "label": "treatment of physician's choice",
            "type": "ACTIVE_COMPARATOR",
            "description": "",
            "assigned": 52,
            "treated": 48,
            "interventions": [chosen],
            "crossed_over_to": "satri-cel",
            "crossed_over_count": 20,
        },
    ]


def _criteria(id_of: Callable[[str], str]) -> list[Json]:
    none = {
        "biomarker_target": None,
        "biomarker_polarity": "",
        "biomarker_assay": "",
        "biomarker_stated": "",
        "biomarker_intensity_min": "",
        "biomarker_percent_min": None,
    }
    return [
        {
            "key": "claudin",
            "kind": "INCLUSION",
            "category": "BIOMARKER",
            "text": "Claudin18.2 on the tumor.",
            "biomarker_target": id_of("claudin18-2"),
            "biomarker_polarity": "POSITIVE",
            "biomarker_stated": "TRIAL",
            "biomarker_assay": "IHC",
            "biomarker_intensity_min": "2+",
            "biomarker_percent_min": 40,
            "source": id_of("notice"),
        },
        {
            "key": "lines",
            "kind": "INCLUSION",
            "category": "PRIOR_THERAPY",
            "text": "At least *two* lines.",
            **none,
            "source": None,
        },
    ]


def _rates(id_of: Callable[[str], str], cited: list[Json]) -> list[Json]:
    rate = {"parameter": "PROPORTION", "unit": "PERCENT", "sources": cited}
    return [
        result(
            spanned("satri-cel", "30", "20", "41"),
            key="orr-interim",
            endpoint="ORR",
            superseded_by="orr-itt",
            **{**rate, "sources": [{"source": id_of("hearsay"), "locator": ""}]},
        ),
        result(
            spanned("satri-cel", "22", "15", "31"),
            spanned("tpc", "4", "0", "13"),
            **{"key": "orr-itt", "endpoint": "ORR", "confirmed": True, "data_cutoff": "2024-10-18", **rate},
        ),
        result(
            value("satri-cel", value="95", affected=84, n=88),
            key="crs",
            endpoint="CRS",
            **{**rate, "analysis_population": "SAFETY"},
        ),
        result(
            value("satri-cel", value="57.1"),
            key="os-at-6",
            parameter="RATE_AT",
            timepoint_months="6",
            unit="PERCENT",
            sources=cited,
            subgroup_label="patients with gastric cancer",
            subgroup_tumor_types=[id_of("gastric")],
        ),
        result(
            value("satri-cel", affected=1, n=104),
            **{**rate, "sources": [{"source": id_of("rumor"), "locator": ""}]},
            key="rumored",
            endpoint="TRAE",
            grade_min=5,
            outcome_type="POST_HOC",
        ),
    ]
