"""What a reviewer of a trial should not have to look for. What concerns its results is in result_checks."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from content_api.kinds import Finding, Severity
from therapies.checks import days, places, status_words
from therapies.registries import example_for, registered
from therapies.result_checks import results
from therapies.status import end_of
from therapies.trial_sentences import phases
from therapies.trial_vocabulary import CriterionCategory, DateType, OverallStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json
    from content_api.kinds import World

_OPEN = {
    OverallStatus.NOT_YET_RECRUITING,
    OverallStatus.RECRUITING,
    OverallStatus.ENROLLING_BY_INVITATION,
    OverallStatus.AVAILABLE,
}
_STATUS_HOLDS = timedelta(days=90)
_PHASE_WORDS = re.compile(
    r"\bphase\s+([1-4]|I{1,3}|IV)[ab]?(?:\s*[/–-]\s*([1-4]|I{1,3}|IV)[ab]?)?(?=\W|$)", re.IGNORECASE
)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def trial(content: Json, world: World, today: date) -> list[Finding]:
    """Return what is noticed in a trial."""
    return [
        *places(content),
        *status_words("trial", content),
        *days(content, today),
        *_dates(content, today),
        *_identifiers(content),
        *_status(content, today),
        *_phases(content),
        *_arms(content),
        *_criteria(content),
        *_links(content),
        *results(content, world),
    ]


def _dates(content: Json, today: date) -> Iterator[Finding]:
    for name in ("start", "primary_completion", "completion"):
        if content[f"{name}_on"]:
            yield from _date(content, name, today)
    start, completion = content["start_on"], content["completion_on"]
    if (
        start
        and completion
        and end_of(date.fromisoformat(completion), content["completion_precision"]) < date.fromisoformat(start)
    ):
        yield Finding(
            Severity.ERROR, "ends-before-start", "/completion_on", "The trial ends before it starts. Correct one day."
        )


def _date(content: Json, name: str, today: date) -> Iterator[Finding]:
    first = date.fromisoformat(content[f"{name}_on"])
    pointer, words = f"/{name}_on", name.replace("_", " ")
    if content[f"{name}_type"] == DateType.ACTUAL and first > today:
        text = f"The {words} is marked as actual but lies in the future. Mark it as estimated."
        yield Finding(Severity.ERROR, "future-day", pointer, text)
    if content[f"{name}_type"] == DateType.ESTIMATED and end_of(first, content[f"{name}_precision"]) < today:
        text = f"The estimated {words} has passed. Look up what the registry says now."
        yield Finding(Severity.WARNING, "estimate-passed", pointer, text)


def _identifiers(content: Json) -> Iterator[Finding]:
    for index, one in enumerate(content["identifiers"]):
        if example := example_for(one["registry"], one["identifier"]):
            text = f"“{one['identifier']}” is not how the registry writes an id. Write it like {example}."
            yield Finding(Severity.ERROR, "malformed-registry-id", f"/identifiers/{index}/identifier", text)
    if registered(content["identifiers"]):
        return
    if content["results"]:
        text = "The trial has results but no registry id, so nobody can check them. Add the id of its registration."
        yield Finding(Severity.ERROR, "results-without-registry-id", "/identifiers", text)
    else:
        text = "The trial has no registry id. Add it; without one no result of it can be published."
        yield Finding(Severity.WARNING, "no-registry-id", "/identifiers", text)


def _status(content: Json, today: date) -> Iterator[Finding]:
    seen = content["status_verified_on"]
    pointer = "/status_verified_on"
    if not seen:
        text = "Nobody says when the status was last read in the registry. Read it, and enter the day."
        yield Finding(Severity.WARNING, "status-not-dated", pointer, text)
    elif content["overall_status"] in _OPEN and today - date.fromisoformat(seen) > _STATUS_HOLDS:
        text = f"The trial is said to be open, but that was read on {seen}. Read the registry again."
        yield Finding(Severity.WARNING, "open-status-stale", pointer, text)


def _phases(content: Json) -> Iterator[Finding]:
    """Warn of a title that names another phase than the record."""
    own = set(content["phases"])
    for match in _PHASE_WORDS.finditer(content["title"]):
        named = {f"PHASE{_ROMAN.get(one.upper(), one)}" for one in match.groups() if one}
        if own and named != own - {"EARLY_PHASE1"}:
            text = f"The title says “{match[0]}”, the record {phases(content['phases']) or 'no phase'}. Check which is right."
            yield Finding(Severity.WARNING, "other-phase", "/phases", text)


def _arms(content: Json) -> Iterator[Finding]:
    keys = {arm["key"] for arm in content["arms"]}
    for index, arm in enumerate(content["arms"]):
        if arm["crossed_over_to"] and arm["crossed_over_to"] not in keys:
            text = f"Arm “{arm['key']}” crosses over to “{arm['crossed_over_to']}”, which is no arm of this trial."
            yield Finding(
                Severity.ERROR, "unknown-arm", f"/arms/{index}/crossed_over_to", f"{text} Use the key of one."
            )
        for place, one in enumerate(arm["interventions"]):
            if content["therapies"] and one["therapy"] and one["therapy"] not in content["therapies"]:
                text = f"“{one['name']}” is given but not among the trial's therapies, so nobody finds the trial by it."
                pointer = f"/arms/{index}/interventions/{place}/therapy"
                yield Finding(Severity.WARNING, "therapy-not-listed", pointer, f"{text} Add it there.")
    yield from _enrollment(content)


def _enrollment(content: Json) -> Iterator[Finding]:
    assigned = [arm["assigned"] for arm in content["arms"]]
    is_known = bool(assigned) and None not in assigned and content["enrollment_type"] == DateType.ACTUAL
    if is_known and sum(assigned) != content["enrollment_count"]:
        text = f"{sum(assigned)} were assigned to arms, but {content['enrollment_count']} enrolled. Check the numbers."
        yield Finding(Severity.WARNING, "arms-do-not-add-up", "/enrollment_count", text)


def _criteria(content: Json) -> Iterator[Finding]:
    for index, one in enumerate(content["eligibility"]):
        if one["category"] == CriterionCategory.BIOMARKER and not one["biomarker_target"]:
            text = f"Criterion “{one['key']}” is about a biomarker but names no target and cut-off. Fill them in."
            yield Finding(Severity.WARNING, "biomarker-not-named", f"/eligibility/{index}/biomarker_target", text)


def _links(content: Json) -> Iterator[Finding]:
    for name, words in (("therapies", "therapy"), ("conditions", "tumor type")):
        if not content[name]:
            text = f"The trial names no {words}, so nobody finds it by one. Add those that it studies."
            yield Finding(Severity.WARNING, f"no-{words.replace(' ', '-')}", f"/{name}", text)
