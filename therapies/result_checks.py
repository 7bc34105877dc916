"""What a reviewer of a trial's results should not have to look for: citations, arms, intervals, what was superseded."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from content_api.kinds import Finding, Severity
from therapies.evidence import successors, verification_of
from therapies.trial_vocabulary import Parameter, PublicationRole, Unit
from therapies.vocabulary import Verification

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.kinds import World

_WHOLE = 100


def results(content: Json, world: World) -> Iterator[Finding]:
    """Yield what is noticed in a trial's results."""
    for index, result in enumerate(content["results"]):
        pointer = f"/results/{index}"
        yield from _citations(content, result, pointer, world)
        yield from _succession(content, result, pointer)
        yield from _arms(content, result, pointer)
        yield from _numbers(result, pointer)
    yield from _cycle(content)


def _name(result: Json) -> str:
    return f"The result “{result['key']}”"


def _citations(content: Json, result: Json, pointer: str, world: World) -> Iterator[Finding]:
    cited = {one["source"] for one in result["sources"]}
    roles = {one["source"]: one["role"] for one in content["publications"]}
    if not cited:
        text = f"{_name(result)} has no source. Add the document that reports it."
        yield Finding(Severity.ERROR, "result-without-source", f"{pointer}/sources", text)
        return
    if verification_of(result, world) is Verification.UNVERIFIED:
        text = f"{_name(result)} stands on nothing that is verified, so no text may quote it."
        yield Finding(Severity.WARNING, "result-not-verified", f"{pointer}/sources", text)
    if not cited & set(roles):
        text = f"{_name(result)} cites no publication of this trial. Cite the report, or list its source among them."
        yield Finding(Severity.WARNING, "source-is-no-publication", f"{pointer}/sources", text)
    told = {roles[one] for one in cited if one in roles}
    if told == {PublicationRole.INTERIM} and PublicationRole.RESULT in roles.values() and not result["superseded_by"]:
        text = f"{_name(result)} is from an interim report, and a final one exists. Name the result that supersedes it."
        yield Finding(Severity.WARNING, "interim-not-superseded", f"{pointer}/superseded_by", text)


def _succession(content: Json, result: Json, pointer: str) -> Iterator[Finding]:
    keys = {one["key"] for one in content["results"]}
    if result["superseded_by"] and result["superseded_by"] not in keys:
        text = f"{_name(result)} is superseded by “{result['superseded_by']}”, which is no result of this trial."
        yield Finding(Severity.ERROR, "unknown-successor", f"{pointer}/superseded_by", f"{text} Use the key of one.")


def _cycle(content: Json) -> Iterator[Finding]:
    for index, result in enumerate(content["results"]):
        if result["key"] in successors(content, result["key"]):
            text = f"{_name(result)} is superseded by itself in the end. Leave “superseded by” empty in the latest one."
            yield Finding(Severity.ERROR, "succession-is-a-circle", f"/results/{index}/superseded_by", text)


def _arms(content: Json, result: Json, pointer: str) -> Iterator[Finding]:
    arms = {arm["key"]: arm for arm in content["arms"]}
    named = [(f"values/{place}/arm", one["arm"]) for place, one in enumerate(result["values"])]
    named += [(f"comparison_{one}", result[f"comparison_{one}"]) for one in ("arm", "versus")]
    for member, key in named:
        if key and key not in arms:
            text = f"{_name(result)} speaks of the arm “{key}”, which the trial does not have. Use the key of one."
            yield Finding(Severity.ERROR, "unknown-arm", f"{pointer}/{member}", text)
    for place, one in enumerate(result["values"]):
        assigned = arms.get(one["arm"], {}).get("assigned")
        if assigned is not None and (one["n"] or 0) > assigned:
            text = f"{_name(result)} counts {one['n']} in an arm of {assigned}. Check the numbers."
            yield Finding(Severity.WARNING, "more-than-assigned", f"{pointer}/values/{place}/n", text)


def _numbers(result: Json, pointer: str) -> Iterator[Finding]:
    if not result["values"] and not result["comparison_measure"]:
        text = f"{_name(result)} holds no number. Add the value of each arm."
        yield Finding(Severity.ERROR, "result-without-value", f"{pointer}/values", text)
    if (result["parameter"] == Parameter.MEDIAN) == (result["unit"] == Unit.PERCENT):
        text = f"{_name(result)}: a median has a unit of time, a proportion or a rate is in percent. Correct one."
        yield Finding(Severity.ERROR, "unit-does-not-fit", f"{pointer}/unit", text)
    for place, value in enumerate(result["values"]):
        yield from _interval(result, value, value["value"], "", f"{pointer}/values/{place}")
        if result["unit"] == Unit.PERCENT:
            yield from _percent(result, value, f"{pointer}/values/{place}")
    yield from _interval(result, result, result["comparison_value"], "comparison_", pointer)
    if result["p_value"] and not result["p_sides"]:
        text = f"{_name(result)} has a p-value that does not say whether it is one-sided or two-sided. Look it up."
        yield Finding(Severity.WARNING, "p-value-without-sides", f"{pointer}/p_sides", text)


def _interval(result: Json, row: Json, value: str, prefix: str, pointer: str) -> Iterator[Finding]:
    lower, upper = (_number(row[f"{prefix}ci_{one}"]) for one in ("lower", "upper"))
    if lower is not None and upper is not None and lower > upper:
        text = f"{_name(result)} has an interval from {lower} to {upper}. Exchange its bounds."
        yield Finding(Severity.ERROR, "interval-upside-down", f"{pointer}/{prefix}ci_lower", text)
        return
    known = [one for one in (lower, _number(value), upper) if one is not None]
    if _number(value) is not None and any(one > other for one, other in pairwise(known)):
        text = f"{_name(result)}: {value} lies outside of its own interval. Check it in the source."
        yield Finding(Severity.WARNING, "value-outside-interval", f"{pointer}/{prefix}ci_lower", text)


def _percent(result: Json, value: Json, pointer: str) -> Iterator[Finding]:
    number = _number(value["value"])
    if number is None:
        return
    if not 0 <= number <= _WHOLE:
        text = f"{_name(result)}: {number}% is not between 0 and 100. Correct it."
        yield Finding(Severity.ERROR, "impossible-percent", f"{pointer}/value", text)
    elif value["affected"] is not None and value["n"]:
        computed = Decimal(_WHOLE * value["affected"]) / value["n"]
        if abs(computed - number) >= Decimal(1).scaleb(int(number.as_tuple().exponent)):
            text = (
                f"{_name(result)}: {value['affected']} of {value['n']} is {computed:.1f}%, not {number}%. Check both."
            )
            yield Finding(Severity.WARNING, "percent-does-not-match", f"{pointer}/value", text)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text and text not in {"NR", "NE"} else None
