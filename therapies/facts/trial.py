"""What prose may quote of a trial: where it stands, who took part, and what it found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from therapies import trial_sentences as words
from therapies.cards import standing_of_trial
from therapies.cut_offs import cut_off, percent
from therapies.evidence import successors
from therapies.facts.grounds import Ground, below, joined, name_of, named, present
from therapies.jurisdictions import name_in_sentence
from therapies.sentences import words_for_day
from therapies.trial_vocabulary import Endpoint, OverallStatus, Population

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import Fact, Facts, World


def trial(content: Json, world: World) -> Facts:
    """Return the facts of a trial."""
    facts = {**_names(content), **_record(content, Ground.of(content, world), world)}
    for arm in content["arms"]:
        facts |= below(f"arms.{arm['key']}", _arm(arm, Ground.of(content, world)))
    for criterion in content["eligibility"]:
        if criterion["biomarker_target"]:
            facts |= below(f"eligibility.{criterion['key']}", _criterion(criterion, world))
    for result in content["results"]:
        facts |= below(f"results.{result['key']}", _result(content, result, world))
    return present(facts)


def _names(content: Json) -> dict[str, Fact]:
    ground = Ground.of_names(content)
    return {
        "title": ground.value(content["title"]),
        "name": ground.value(words.short_name(content)),
        "registry-id": ground.value(standing_of_trial(content)["registry_id"]),
    }


def _record(content: Json, ground: Ground, world: World) -> dict[str, Fact]:
    status = words.lower(OverallStatus(content["overall_status"]).label)
    seen = content["status_verified_on"]
    return {
        "phases": ground.value(words.phases(content["phases"])),
        "overall-status": ground.says({"status-sentence": standing_of_trial(content)["sentence"], "value": status}),
        "status-verified-on": ground.date(words_for_day(seen) if seen else ""),
        "start": ground.date(words.day(content, "start")),
        "primary-completion": ground.date(words.day(content, "primary_completion")),
        "completion": ground.date(words.day(content, "completion")),
        "screened": ground.count(content["screened"]),
        "enrollment": ground.count(content["enrollment_count"]),
        "countries": ground.says({"list": joined([name_in_sentence(one) for one in content["countries"]])}),
        "sponsor": ground.value(name_of(content["sponsor"], world, "short_name")),
        "therapies": ground.says({"list": named(content["therapies"], world, "short_name")}),
        "conditions": ground.says({"list": named(content["conditions"], world)}),
    }


def _arm(arm: Json, ground: Ground) -> dict[str, Fact]:
    return {
        "label": replace(ground, verification=None, refusal="").value(arm["label"]),
        "assigned": ground.count(arm["assigned"]),
        "treated": ground.count(arm["treated"], arm["assigned"]),
        "crossed-over": ground.count(arm["crossed_over_count"], arm["assigned"]),
        "interventions": ground.says({"list": joined([one["name"] for one in arm["interventions"]])}),
    }


def _criterion(criterion: Json, world: World) -> dict[str, Fact]:
    ground = Ground.of(criterion, world)
    biomarker = {name: criterion[f"biomarker_{name}"] for name in _BIOMARKER}
    target = name_of(criterion["biomarker_target"], world)
    return {
        "cut-off": ground.value(cut_off(target, biomarker)),
        "intensity-min": ground.value(biomarker["intensity_min"]),
        "percent-min": ground.value(percent(biomarker)),
        "assay": ground.value(biomarker["assay"]),
    }


_BIOMARKER = ("polarity", "assay", "intensity_min", "percent_min", "stated")


def _result(content: Json, result: Json, world: World) -> dict[str, Fact]:
    ground = _ground(content, result, world)
    arms = {arm["key"]: arm["label"] for arm in content["arms"]}
    sentence = words.result_sentence(words.short_name(content), result, arms, str(ground.verification))
    cutoff = result["data_cutoff"]
    facts = {
        "sentence": ground.says({"sentence": sentence}),
        "endpoint": ground.says({"value": result["label"] or words.lower(Endpoint(result["endpoint"]).label)}),
        "population": ground.value(words.lower(Population(result["analysis_population"]).label)),
        "comparison": ground.says(_comparison(result)),
        "data-cutoff": ground.date(words_for_day(cutoff) if cutoff else ""),
    }
    for value in result["values"]:
        facts[f"values.{value['key']}"] = ground.says(_value(value, result))
        facts[f"values.{value['key']}.follow-up"] = ground.value(words.follow_up(value))
    return facts


def _ground(content: Json, result: Json, world: World) -> Ground:
    """Return what a result stands on; one whose place was taken is not to be quoted any more."""
    ground = Ground.of(result, world)
    later = successors(content, result["key"])
    if not later:
        return ground
    text = f"the result “{result['key']}” is superseded. Quote results.{later[-1]}, which took its place."
    return replace(ground, refusal=text)


def _value(value: Json, result: Json) -> dict[str, str]:
    return {
        "value-with-ci": words.display(value, result),
        "value": words.plain(value, result),
        "count-of": words.count(value),
    }


def _comparison(result: Json) -> dict[str, str]:
    if not result["comparison_measure"]:
        return {}
    return {
        "comparison-sentence": words.comparison_sentence(result),
        "value-with-ci": words.comparison_with_interval(result),
        "value": words.comparison_value(result),
        "p-value": words.p_value(result),
    }
