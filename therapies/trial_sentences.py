"""What a trial found, in words: every number with its unit, its interval and the population that it is true of.

Numbers are shown exactly as they were reported; nothing is computed or rounded here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from therapies.sentences import words_for_day
from therapies.trial_vocabulary import (
    DateType,
    Endpoint,
    Measure,
    OutcomeType,
    OverallStatus,
    Parameter,
    Phase,
    Population,
    Sides,
    Unit,
)
from therapies.vocabulary import Verification

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_api.canonical_json import Json

_MISSING = {"NR": "not reached", "NE": "not estimable"}
_ENDLESS = {"NR", "NE"}
_NO_DIFFERENCE = {Measure.HR: "1", Measure.OR: "1", Measure.RR: "1", Measure.DIFF: "0"}
_TIMES = {Unit.MONTHS: "month", Unit.WEEKS: "week", Unit.DAYS: "day"}


def short_name(trial: Json) -> str:
    """Return what texts call a trial."""
    return str(trial["acronym"] or trial["title"])


def phases(values: list[str]) -> str:
    """Return the phases of a trial as they are said: `phase 1/2`; empty if there is none."""
    numbers = [value.removeprefix("PHASE") for value in Phase.values if value in values and value.startswith("PHASE")]
    early = "early phase 1" if Phase.EARLY_PHASE1 in values else ""
    return " and ".join(filter(None, [early, f"phase {'/'.join(numbers)}" if numbers else ""]))


def status_sentence(trial: Json, registry_id: str | None) -> str:
    """Return where a trial stands in its registry as a sentence, with the day on which that was read."""
    name = f"{short_name(trial)} ({registry_id})" if registry_id else short_name(trial)
    on = trial["status_verified_on"]
    seen = f"as the registry said on {words_for_day(on)}" if on else "on a day that is not on record"
    return f"{name}: {lower(OverallStatus(trial['overall_status']).label)}, {seen}."


def day(trial: Json, name: str) -> str:
    """Return one of a trial's dates (`start`, `completion`) as it is said, empty if it is not known."""
    if not trial[f"{name}_on"]:
        return ""
    words = words_for_day(trial[f"{name}_on"], trial[f"{name}_precision"])
    return f"{words} (estimated)" if trial[f"{name}_type"] == DateType.ESTIMATED else words


def amount(number: str, unit: str) -> str:
    """Return a reported number with its unit: `7.92 months`, `22%`, `not reached`."""
    if number in _MISSING:
        return _MISSING[number]
    if unit == Unit.PERCENT:
        return f"{number}%"
    word = _TIMES[Unit(unit)]
    return f"{number} {word}" if number == "1" else f"{number} {word}s"


def count(value: Json) -> str:
    """Return how many of how many had it: `84 of 88`; empty if nobody said."""
    return f"{value['affected']} of {value['n']}" if value["affected"] is not None else ""


def plain(value: Json, result: Json) -> str:
    """Return a value without its interval: `7.92 months`, `84 of 88 (95%)`, `81.2% at 6 months`."""
    return _told(value, result, "")


def display(value: Json, result: Json) -> str:
    """Return a value as it should always be shown: `7.92 months (95% CI 5.78–10.02)`."""
    return _told(value, result, interval(value))


def follow_up(value: Json) -> str:
    """Return how long participants of an arm were followed; empty if nobody said."""
    return amount(value["follow_up_months"], Unit.MONTHS) if value["follow_up_months"] else ""


def interval(row: Json, prefix: str = "") -> str:
    """Return a confidence interval: `95% CI 5.78–10.02`; empty if there is none."""
    level, lower_bound, upper_bound = (row[f"{prefix}ci_{name}"] for name in ("level", "lower", "upper"))
    if not level:
        return ""
    between = " to " if {lower_bound, upper_bound} & _ENDLESS or "-" in f"{lower_bound}{upper_bound}" else "–"
    return f"{level}% CI {_MISSING.get(lower_bound, lower_bound)}{between}{_MISSING.get(upper_bound, upper_bound)}"


def includes_no_difference(result: Json) -> bool | None:
    """Tell whether the interval of a comparison includes no difference; None without an interval.

    A bound that could not be estimated is beyond every number.
    """
    if not result["comparison_ci_level"]:
        return None
    none = Decimal(_NO_DIFFERENCE[Measure(result["comparison_measure"])])
    lower_bound, upper_bound = result["comparison_ci_lower"], result["comparison_ci_upper"]
    from_below = lower_bound in _ENDLESS or Decimal(lower_bound) <= none
    return from_below and (upper_bound in _ENDLESS or Decimal(upper_bound) >= none)


def p_value(result: Json) -> str:
    """Return a p-value with its sides: `one-sided p = 0.0416`; empty if there is none."""
    if not result["p_value"]:
        return ""
    told = f"p {result['p_operator']} {result['p_value']}"
    if not result["p_sides"]:
        return f"{told} (one-sided or two-sided is not on record)"
    return f"{lower(Sides(result['p_sides']).label)} {told}"


def comparison_value(result: Json, between: str = "") -> str:
    """Return what a comparison came to, without its interval: `hazard ratio 0.69`; `between` names the arms."""
    measure = lower(Measure(result["comparison_measure"]).label)
    named = f"{measure} ({between})" if between else measure
    if not result["comparison_value"]:
        return f"{named} not on record"
    number = result["comparison_value"]
    return f"{named} {_points(number, result['unit'])}" if _is_difference(result) else f"{named} {number}"


def comparison_with_interval(result: Json, between: str = "") -> str:
    """Return what a comparison came to: `hazard ratio 0.69 (95% CI 0.46–1.05)`."""
    span = interval(result, "comparison_")
    told = comparison_value(result, between)
    return f"{told} ({span})" if span else told


def comparison_sentence(result: Json, between: str = "") -> str:
    """Return a comparison with all that keeps a reader from taking it for more than it is; empty if there is none."""
    if not result["comparison_measure"]:
        return ""
    told = ", ".join(filter(None, [comparison_with_interval(result, between), p_value(result)]))
    match includes_no_difference(result):
        case True:
            null = _NO_DIFFERENCE[Measure(result["comparison_measure"])]
            return f"{told}; the interval includes {null}, so no difference cannot be excluded"
        case None:
            return f"{told}; no confidence interval is on record"
        case _:
            return told


def endpoint(result: Json) -> str:
    """Return what was measured, in whom: `median overall survival in the intention-to-treat population`."""
    return f"{_noun(result)} in the {lower(Population(result['analysis_population']).label)}{_among(result)}"


def result_sentence(trial: str, result: Json, arms: Mapping[str, str], verification: str) -> str:
    """Return a result as one sentence that is safe on its own: which trial, what, in whom, how much, how sure.

    `arms` holds the label of each arm by its key.
    """
    values = [f"{arms.get(one['arm'], one['arm'])} {display(one, result)}" for one in result["values"]]
    between = " versus ".join(arms.get(result[f"comparison_{one}"], "") for one in ("arm", "versus"))
    told = [*values, comparison_sentence(result, between if between.strip() != "versus" else "")]
    return f"{trial}, {endpoint(result)}: {'; '.join(filter(None, [*told, *_cautions(result, verification)]))}."


def lower(label: str) -> str:
    """Return a label as it stands within a sentence."""
    return label[:1].lower() + label[1:]


def _told(value: Json, result: Json, span: str) -> str:
    counted = count(value)
    reported = amount(value["value"], result["unit"]) if value["value"] else ""
    if counted:
        inside = "; ".join(filter(None, [reported, span]))
        return f"{counted} ({inside}){_at(result)}" if inside else f"{counted}{_at(result)}"
    return f"{reported}{_at(result)} ({span})" if span else f"{reported}{_at(result)}"


def _at(result: Json) -> str:
    months = result["timepoint_months"]
    return f" at {amount(months, Unit.MONTHS)}" if months else ""


def _is_difference(result: Json) -> bool:
    return bool(result["comparison_measure"] == Measure.DIFF)


def _points(number: str, unit: str) -> str:
    return f"{number} percentage points" if unit == Unit.PERCENT else amount(number, unit)


def _noun(result: Json) -> str:
    noun = result["label"] or lower(Endpoint(result["endpoint"]).label)
    graded = f"{noun} of grade {result['grade_min']} or worse" if result["grade_min"] else noun
    median = "median " if result["parameter"] == Parameter.MEDIAN else ""
    return f"{'confirmed ' if result['confirmed'] else ''}{median}{graded}"


def _among(result: Json) -> str:
    who = f", among {result['subgroup_label']}" if result["subgroup_label"] else ""
    return f"{who}, assessed by {result['assessor']}" if result["assessor"] else who


def _cautions(result: Json, verification: str) -> list[str]:
    """Return what a reader must know in order not to take the result for more than it is."""
    cautions = []
    if result["outcome_type"] == OutcomeType.POST_HOC:
        cautions.append("an analysis that was not planned beforehand")
    if result["superseded_by"]:
        cautions.append("a later report of the trial has taken its place")
    if verification == Verification.SECONDARY:
        cautions.append("known from a secondary source only")
    if verification == Verification.UNVERIFIED:
        cautions.append("not verified")
    return cautions
