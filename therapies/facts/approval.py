"""What prose may quote of a regulatory case: where it stands, for whom, and the events that say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from therapies import cards, event_sentences
from therapies.cut_offs import cut_off, percent
from therapies.evidence import cited, verification_of, weakest
from therapies.facts.grounds import Ground, below, joined, name_of, named, present
from therapies.for_whom import age_words, for_whom, lines_words
from therapies.jurisdictions import name_in_sentence
from therapies.sentences import status_words, words_for_day
from therapies.trial_sentences import lower
from therapies.vocabulary import EventType, Pathway, Precision, Verification

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import Fact, Facts, World


def approval(content: Json, world: World) -> Facts:
    """Return the facts of a regulatory case."""
    case = cards.case_of(content, world)
    therapy = name_of(content["therapy"], world, "short_name")
    facts = {**_names(content, case, therapy, world), **_standing(content, case, world), **_for_whom(content, world)}
    for event in content["events"]:
        facts |= below(f"events.{event['key']}", _event(event, case["place"], therapy, world))
    for biomarker in content["biomarkers"]:
        facts |= below(f"biomarkers.{biomarker['key']}", _biomarker(biomarker, world))
    for holder in content["holders"]:
        on = words_for_day(holder["on"], holder["precision"] or Precision.DAY) if holder["on"] else ""
        ground = Ground.of(holder, world)
        facts[f"holders.{holder['key']}.name"] = ground.value(name_of(holder["holder"], world, "short_name"))
        facts[f"holders.{holder['key']}.since"] = ground.date(on)
    return present(facts)


def _names(content: Json, case: Json, therapy: str, world: World) -> dict[str, Fact]:
    ground = Ground.of_names(content)
    return {
        "title": ground.value(content["title"]),
        "therapy": ground.value(therapy),
        "jurisdiction": ground.value(name_in_sentence(content["jurisdiction"])),
        "authority": ground.value(name_of(content["authority"], world, "short_name")),
        "place": ground.value(case["place"]),
    }


def _standing(content: Json, case: Json, world: World) -> dict[str, Fact]:
    """Return where the case stands. What is not verified never counts towards it, so it may always be quoted."""
    ground = Ground(cards.grounds_of_standing(content, world), case["verification"])
    designations = [event_sentences.within(EventType(one["type"]).label) for one in case["designations"]]
    return {
        "status": ground.says({"value": status_words(case["status"]), "status-sentence": case["sentence"]}),
        "status-sentence": ground.says({"status-sentence": case["sentence"]}),
        "since": ground.date(_day(case["since"], case["since_precision"])),
        "pathway": ground.value(lower(Pathway(case["pathway"]).label) if case["pathway"] else ""),
        "checked-on": ground.date(_day(case["checked_on"])),
        "designations": ground.says({"list": joined(list(dict.fromkeys(designations)))}),
    }


def _for_whom(content: Json, world: World) -> dict[str, Fact]:
    ground = Ground.of(content, world)
    lines, age = content["prior_lines_min"], content["age_min_years"]
    return {
        "for-whom": _criteria(content, ground, world),
        "tumor-types": ground.says({"list": named(content["tumor_types"], world)}),
        "prior-lines-min": ground.says({"value": lines_words(lines), "count": _number(lines)}),
        "age-min": ground.says({"value": age_words(age), "count": _number(age)}),
    }


def _criteria(content: Json, ground: Ground, world: World) -> Fact:
    """Return all criteria together, so that no text can leave one out; a biomarker that is not verified is."""
    biomarkers = [one for one in content["biomarkers"] if verification_of(one, world) is not Verification.UNVERIFIED]
    cut_offs = (cut_off(name_of(one["target"], world), one) for one in biomarkers)
    told = for_whom(
        named(content["tumor_types"], world), cut_offs, content["prior_lines_min"], content["age_min_years"]
    )
    sources = dict.fromkeys([*ground.sources, *(source for one in biomarkers for source in cited(one))])
    levels = [str(ground.verification), *(verification_of(one, world).value for one in biomarkers)]
    return replace(ground, sources=tuple(sources), verification=weakest(levels)).value(told)


def _event(event: Json, place: str, therapy: str, world: World) -> dict[str, Fact]:
    ground = Ground.of(event, world)
    sentence = event_sentences.sentence(therapy, place, event, str(ground.verification))
    return {
        "date": ground.date(event_sentences.day(event)),
        "sentence": ground.says({"sentence": sentence}),
        "type": ground.value(event_sentences.what(event)),
        "authority": ground.value(name_of(event["authority"], world, "short_name")),
    }


def _biomarker(biomarker: Json, world: World) -> dict[str, Fact]:
    ground = Ground.of(biomarker, world)
    return {
        "cut-off": ground.value(cut_off(name_of(biomarker["target"], world), biomarker)),
        "intensity-min": ground.value(biomarker["intensity_min"]),
        "percent-min": ground.value(percent(biomarker)),
        "assay": ground.value(biomarker["assay"]),
    }


def _day(on: str | None, precision: str | None = None) -> str:
    return words_for_day(on, precision or Precision.DAY) if on else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
