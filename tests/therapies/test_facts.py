"""What prose may quote of each kind: the words, what they stand on, and what may not be quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api import kinds, shapes
from content_api.rendering.showing import seen
from content_api.rendering.world import Draft, EditionWorld
from tests.therapies.trials import trial
from therapies.models import Approval

if TYPE_CHECKING:
    from content_api.kinds import Facts
    from tests.therapies.cabinet import Cabinet

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
NOT_VERIFIED = "no source of it is verified"


def facts_of(cabinet: Cabinet, kind: str, slug: str) -> Facts:
    """Return what may be quoted of a working copy of the cabinet, in the world that was published."""
    world = EditionWorld(release=1)
    declared = kinds.get(kind)
    row = declared.model._default_manager.get(slug=slug)
    content_id = cabinet.id_of(slug)
    return declared.facts(seen(content_id, Draft(declared, lambda: shapes.snapshot(row)), world), world)


def told(facts: Facts) -> list[tuple[str, str, str]]:
    """Return every path with its formats and words, and nothing that may not be quoted."""
    return [
        (path, name, words) for path, fact in facts.items() if not fact.refusal for name, words in fact.formats.items()
    ]


TRIAL = {
    ("title", "value"): "A randomized trial of satri-cel against treatment of physician's choice",
    ("name", "value"): "CT041-ST-01",
    ("registry-id", "value"): "NCT04581473",
    ("phases", "value"): "phase 2",
    ("overall-status", "value"): "active, not recruiting",
    (
        "overall-status",
        "status-sentence",
    ): "CT041-ST-01 (NCT04581473): active, not recruiting, as the registry said on 1 November 2026.",
    ("status-verified-on", "date"): "1 November 2026",
    ("start", "date"): "22 March 2022",
    ("primary-completion", "date"): "July 2024",
    ("completion", "date"): "2038 (estimated)",
    ("screened", "count"): "266",
    ("enrollment", "count"): "156",
    ("countries", "list"): "China",
    ("sponsor", "value"): "The Maker",
    ("therapies", "list"): "satri-cel",
    ("conditions", "list"): "gastric cancer",
    ("arms.satri-cel.label", "value"): "satri-cel",
    ("arms.satri-cel.assigned", "count"): "104",
    ("arms.satri-cel.treated", "count"): "88",
    ("arms.satri-cel.treated", "count-of"): "88 of 104",
    ("arms.satri-cel.interventions", "list"): "satri-cel",
    ("arms.tpc.label", "value"): "treatment of physician's choice",
    ("arms.tpc.crossed-over", "count"): "20",
    ("arms.tpc.crossed-over", "count-of"): "20 of 52",
    (
        "eligibility.claudin.cut-off",
        "value",
    ): "Claudin18.2-positive: staining of at least 2+ in at least 40% of tumor cells (IHC)",
    ("eligibility.claudin.intensity-min", "value"): "2+",
    ("eligibility.claudin.percent-min", "value"): "in at least 40% of tumor cells",
    ("results.os-itt.endpoint", "value"): "overall survival",
    ("results.os-itt.population", "value"): "intention-to-treat population",
    ("results.os-itt.comparison", "value"): "hazard ratio 0.69",
    ("results.os-itt.comparison", "value-with-ci"): "hazard ratio 0.69 (95% CI 0.46–1.05)",
    ("results.os-itt.comparison", "p-value"): "one-sided p = 0.0416",
    (
        "results.os-itt.comparison",
        "comparison-sentence",
    ): "hazard ratio 0.69 (95% CI 0.46–1.05), one-sided p = 0.0416; the interval includes 1, so no difference cannot "
    "be excluded",
    ("results.os-itt.values.satri-cel", "value-with-ci"): "7.92 months (95% CI 5.78–10.02)",
    ("results.os-itt.values.satri-cel", "value"): "7.92 months",
    ("results.os-itt.values.satri-cel.follow-up", "value"): "14.42 months",
    ("results.crs.values.satri-cel", "value-with-ci"): "84 of 88 (95%)",
    ("results.crs.values.satri-cel", "count-of"): "84 of 88",
    ("results.os-at-6.values.satri-cel", "value"): "57.1% at 6 months",
    ("results.orr-itt.data-cutoff", "date"): "18 October 2024",
    (
        "results.crs.sentence",
        "sentence",
    ): "CT041-ST-01, cytokine release syndrome in the safety population: satri-cel 84 of 88 (95%).",
}


def test_a_trial_can_be_quoted(cabinet: Cabinet) -> None:
    found = {(path, name): words for path, name, words in told(facts_of(cabinet, "trial", "ct041-st-01"))}

    assert {key: found.get(key) for key in TRIAL} == TRIAL


@pytest.mark.parametrize(
    ("path", "format_"),
    [
        ("overall-status", "status-sentence"),
        ("enrollment", "count"),
        ("results.os-itt.values.satri-cel", "value-with-ci"),
        ("results.os-itt.comparison", "comparison-sentence"),
        ("arms.tpc.crossed-over", "count"),
        ("start", "date"),
    ],
)
def test_a_slot_without_a_format_gets_the_safest_words(cabinet: Cabinet, path: str, format_: str) -> None:
    assert next(iter(facts_of(cabinet, "trial", "ct041-st-01")[path].formats)) == format_


def test_a_superseded_result_names_the_one_to_quote_instead(cabinet: Cabinet) -> None:
    facts = facts_of(cabinet, "trial", "ct041-st-01")
    old = {path: fact for path, fact in facts.items() if path.startswith("results.orr-interim.")}

    assert "results.orr-interim.sentence" in old
    assert all("Quote results.orr-itt" in fact.refusal for fact in old.values())
    assert facts["results.orr-itt.values.satri-cel"].refusal == ""


def test_a_result_that_was_superseded_twice_names_the_latest(cabinet: Cabinet) -> None:
    content = trial(cabinet.id_of)
    content["results"][0] |= {"superseded_by": "pfs-itt"}
    content["results"][1] |= {"superseded_by": "crs"}
    facts = kinds.get("trial").facts({**content, "id": "x"}, EditionWorld(release=1))

    assert "Quote results.crs," in facts["results.os-itt.sentence"].refusal


def test_what_nothing_verified_stands_on_may_not_be_quoted(cabinet: Cabinet) -> None:
    facts = facts_of(cabinet, "trial", "ct041-st-01")

    assert NOT_VERIFIED in facts["results.rumored.values.satri-cel"].refusal
    assert facts["results.rumored.values.satri-cel"].verification == "UNVERIFIED"
    assert NOT_VERIFIED in facts_of(cabinet, "approval", "satri-cel-fda")["events.approved-2026-01-01.sentence"].refusal


def test_a_fact_comes_with_its_sources(cabinet: Cabinet) -> None:
    facts = facts_of(cabinet, "trial", "ct041-st-01")

    assert facts["results.os-itt.sentence"].sources == (cabinet.id_of("notice"),)
    assert facts["results.os-itt.sentence"].verification == "VERIFIED"
    assert facts["results.rumored.sentence"].sources == (cabinet.id_of("rumor"),)
    assert facts["results.orr-interim.sentence"].verification == "SECONDARY"


def test_what_is_not_known_has_no_path(cabinet: Cabinet) -> None:
    facts = facts_of(cabinet, "trial", "ct041-st-01")

    assert "results.crs.comparison" not in facts
    assert "arms.satri-cel.crossed-over" not in facts
    assert "eligibility.lines.cut-off" not in facts
    assert all(words.strip() for fact in facts.values() for words in fact.formats.values())
    assert all(fact.formats for fact in facts.values())


APPROVAL = {
    ("title", "value"): "satri-cel, China (NMPA)",
    ("therapy", "value"): "satri-cel",
    ("jurisdiction", "value"): "China",
    ("place", "value"): "China (NMPA)",
    ("authority", "value"): "NMPA",
    ("status", "value"): "approved",
    (
        "status-sentence",
        "status-sentence",
    ): "satri-cel: approved in China (NMPA) since 22 June 2026; sources disagree about the kind of approval.",
    ("since", "date"): "22 June 2026",
    ("pathway", "value"): "kind of approval not confirmed",
    ("checked-on", "date"): "15 January 2026",
    ("designations", "list"): "priority review",
    ("tumor-types", "list"): "gastric cancer",
    ("prior-lines-min", "value"): "at least 2 earlier lines of treatment",
    ("prior-lines-min", "count"): "2",
    ("age-min", "value"): "18 years or older",
    ("biomarkers.claudin.percent-min", "value"): "in at least 40% of tumor cells",
    ("events.submitted.date", "date"): "25 June 2025",
    ("events.submitted.sentence", "sentence"): "satri-cel: application submitted in China (NMPA) on 25 June 2025.",
    (
        "events.priority.sentence",
        "sentence",
    ): "satri-cel: priority review in China (NMPA) in May 2025; this is not an approval.",
    (
        "events.approved-2026-06-22.sentence",
        "sentence",
    ): "satri-cel: approved in China (NMPA) on 22 June 2026; sources disagree about the kind of approval.",
}


def test_a_regulatory_case_can_be_quoted(cabinet: Cabinet) -> None:
    found = {(path, name): words for path, name, words in told(facts_of(cabinet, "approval", "satri-cel-nmpa"))}

    assert {key: found.get(key) for key in APPROVAL if "biomarkers" not in key[0]} == {
        key: words for key, words in APPROVAL.items() if "biomarkers" not in key[0]
    }


def test_a_list_of_designations_keeps_the_capitals_of_an_abbreviation(cabinet: Cabinet) -> None:
    Approval.objects.get(slug="satri-cel-nmpa").events.filter(key="priority").update(type="DESIGNATION_PRIME")

    listed = facts_of(cabinet, "approval", "satri-cel-nmpa")["designations"]
    assert listed.formats["list"] == "PRIME designation"


def test_for_whom_an_indication_is_leaves_no_verified_criterion_out(cabinet: Cabinet) -> None:
    fact = facts_of(cabinet, "approval", "satri-cel-nmpa")["for-whom"]
    told = fact.formats["value"].split("; ")

    assert told[0] == "gastric cancer"
    assert told[-2:] == ["at least 2 earlier lines of treatment", "18 years or older"]
    assert len(told) == 3, "a biomarker without a source is passed over"
    assert (fact.verification, fact.refusal) == ("VERIFIED", "")


def test_for_whom_names_a_biomarker_that_counts_and_is_as_weak_as_its_weakest_part(cabinet: Cabinet) -> None:
    row = Approval.objects.get(slug="satri-cel-nmpa")
    row.biomarkers.update(source=cabinet.id_of("hearsay"))
    fact = facts_of(cabinet, "approval", "satri-cel-nmpa")["for-whom"]

    assert "Claudin18.2-positive: staining of at least 2+ in at least 40% of tumor cells (IHC)" in fact.formats["value"]
    assert fact.sources == (cabinet.id_of("notice"), cabinet.id_of("hearsay"))
    assert fact.verification == "SECONDARY"


def test_a_status_stands_on_the_event_that_made_it(cabinet: Cabinet) -> None:
    china = facts_of(cabinet, "approval", "satri-cel-nmpa")["status"]
    us = facts_of(cabinet, "approval", "satri-cel-fda")

    assert (china.sources, china.verification) == ((cabinet.id_of("notice"),), "VERIFIED")
    assert us["status"].formats["value"] == "not approved", "an approval that nobody verified does not count"
    assert us["status"].refusal == ""


@pytest.mark.parametrize(
    ("kind", "slug", "path", "words"),
    [
        ("therapy", "satri-cel", "name", "satricabtagene autoleucel"),
        ("therapy", "satri-cel", "short-name", "satri-cel"),
        ("therapy", "satri-cel", "therapy-class", "CAR-T cell therapy"),
        ("therapy", "satri-cel", "developer", "The Maker"),
        ("therapy", "satri-cel", "cell-origin", "the patient's own cells"),
        ("therapy", "satri-cel", "targets", "Claudin18.2"),
        ("therapy", "satri-cel", "tumor-types", "gastric cancer"),
        ("therapy", "satri-cel", "construct.hinge", "hinge"),
        ("therapy", "satri-cel", "aliases.one", "恺力美"),
        ("therapy", "satri-cel", "treatment-steps.one.duration", "one day"),
        ("therapy", "satri-cel", "risks.one.term", "fever"),
        ("therapy_class", "car-t", "name", "CAR-T cell therapy"),
        ("therapy_class", "car-t", "abbreviation", "CAR-T"),
        ("therapy_class", "car-t", "risks.crs.term", "cytokine release syndrome"),
        ("target", "claudin18-2", "name", "Claudin18.2"),
        ("target", "claudin18-2", "gene", "CLDN18"),
        ("target", "claudin18-2", "aliases.one", "CLDN18.2"),
        ("tumor_type", "gastric", "name", "gastric cancer"),
        ("organization", "ema", "name", "European Medicines Agency (EMA)"),
        ("organization", "ema", "short-name", "EMA"),
        ("source", "paper", "title", "A paper"),
        ("source", "paper", "published-on", "1 June 2025"),
        ("source", "paper", "publisher", "The Maker"),
    ],
)
def test_a_therapy_and_its_terms_can_be_quoted(cabinet: Cabinet, kind: str, slug: str, path: str, words: str) -> None:
    fact = facts_of(cabinet, kind, slug)[path]

    assert (next(iter(fact.formats.values())), fact.refusal) == (words, "")


def test_a_name_may_be_quoted_without_a_source_and_a_statement_may_not(cabinet: Cabinet) -> None:
    facts = facts_of(cabinet, "therapy", "other")

    assert (facts["name"].refusal, facts["therapy-class"].refusal) == ("", "")
    assert "developer" not in facts, "it has none"
    cabinet.write("therapy", "other", developer=cabinet.id_of("maker"))
    assert NOT_VERIFIED in facts_of(cabinet, "therapy", "other")["developer"].refusal
