"""What five pages about one treatment said against each other, and against themselves: here it cannot be said.

`docs/contradictions.md` lists all of them, with the mechanism and the test of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.seeded.site import texts, words

if TYPE_CHECKING:
    from tests.seeded.site import Json, Site


def in_answers(site: Site, text: str) -> set[str]:
    """Return the slugs of the questions whose answer holds a text."""
    return {slug for (kind, slug), one in site.everything(3).items() if kind == "faq" and text in words(one)}


class TestScope:
    def test_a_status_always_names_its_place(self, site: Site) -> None:
        regulatory = [row for one in site.everything(3).values() for row in one.get("regulatory", [])]
        assert len(regulatory) > 5
        for row in regulatory:
            assert row["jurisdiction"] in row["sentence"] or row["jurisdiction_label"] in row["sentence"], row

    def test_whether_any_is_approved_is_answered_by_place_and_class(self, site: Site) -> None:
        answer = words(site.item("faq", "has-car-t-been-approved-for-solid-tumors"))
        for part in (
            "satri-cel: approved in China (NMPA)",
            "satri-cel: not approved in the United States (FDA)",
            "lifileucel: approved under accelerated approval in the United States (FDA)",
            "lifileucel: conditionally approved in Canada (Health Canada)",
            "afami-cel: approved in the United States (FDA)",
        ):
            assert part in answer
        assert "zolbetuximab" not in answer, "an antibody is no cell therapy"

    def test_an_indication_names_the_tumors_it_is_for(self, site: Site) -> None:
        approval = site.item("approval", "satri-cel-nmpa")
        assert {one["slug"] for one in approval["tumor_types"]} == {"gastric-adenocarcinoma", "gej-adenocarcinoma"}
        answer = site.item("faq", "is-pancreatic-cancer-included")
        assert answer["short_answer_markdown"].startswith("No.")

    def test_what_a_regulator_did_before_is_on_record(self, site: Site) -> None:
        events = {one["key"]: one["on"] for one in site.item("approval", "satri-cel-fda")["events"]}
        assert (events["ind-cleared"], events["clinical-hold"]) == ("2020-05-21", "2023-12-01")
        assert events["hold-lifted"] == "2024-11-01"


class TestEvidence:
    def test_survival_is_told_with_the_interval_that_includes_no_difference(self, site: Site) -> None:
        told = [text for one in site.everything(3).values() for text in texts(one) if "hazard ratio" in text]
        survival = [text for text in told if "0.69 (95% CI 0.46–1.05)" in text]
        assert len(survival) > 5
        for text in survival:
            assert "the interval includes 1, so no difference cannot be excluded" in text

    @pytest.mark.parametrize("figure", ["48.6", "57.1", "73.0", "94.6"])
    def test_a_figure_that_a_later_report_replaced_stands_in_its_trial_only(self, site: Site, figure: str) -> None:
        holding = {key for key, one in site.everything(3).items() if any(figure in text for text in texts(one))}
        assert holding == {("trial", "ct041-cg4006")}

    @pytest.mark.parametrize("figure", ["38.8", "91.8", "96.9"])
    def test_a_figure_that_nobody_verified_is_marked_and_quoted_nowhere(self, site: Site, figure: str) -> None:
        assert not in_answers(site, figure)
        results = site.item("trial", "ct041-cg4006")["results"]
        holding = [one for one in results if any(value["value"] == figure for value in one["values"])]
        assert [one["verification"] for one in holding] == ["UNVERIFIED"]

    def test_a_replaced_result_names_the_one_that_took_its_place(self, site: Site) -> None:
        results = {one["key"]: one for one in site.item("trial", "ct041-cg4006")["results"]}
        assert results["interim-orr"]["superseded_by"] == "final-orr"

    def test_a_figure_comes_with_the_document_that_reports_it(self, site: Site) -> None:
        answer = site.item("faq", "why-do-early-and-later-figures-differ")
        fact = next(one for one in answer["facts"] if "objective response rate" in one["text"])
        assert {one["slug"] for one in fact["sources"]} == {"cancernetwork-ct041-st-01"}

    def test_the_randomized_figure_is_the_one_that_answers_show(self, site: Site) -> None:
        assert "does-car-t-help-against-solid-tumors" in in_answers(site, "satri-cel 22% (95% CI 15–31)")

    def test_severe_events_are_told_for_each_trial(self, site: Site) -> None:
        risks = words(site.item("faq", "what-are-the-risks-of-car-t"))
        assert "cytokine release syndrome of grade 3 or worse in the safety population: satri-cel 4 of 88" in risks

    def test_follow_up_is_told_in_figures(self, site: Site) -> None:
        answer = words(site.item("faq", "why-do-outcomes-stay-uncertain"))
        assert "14.42 months" in answer
        assert "32.4 months (95% CI 27.3–36.5)" in answer

    def test_a_trial_begins_when_it_began_and_not_when_it_was_published(self, site: Site) -> None:
        trial = site.item("trial", "ct041-st-01")
        published = next(one["source"] for one in trial["publications"] if one["role"] == "RESULT")
        assert trial["start"]["on"] == "2022-03-22"
        assert site.item("source", published["slug"])["published_on"] == "2025-06-07"

    def test_what_the_other_group_received_is_told_drug_by_drug(self, site: Site) -> None:
        arm = next(one for one in site.item("trial", "ct041-st-01")["arms"] if one["key"] == "physicians-choice")
        types = {one["name"]: one["type"] for one in arm["interventions"]}
        assert (types["nivolumab"], types["irinotecan"]) == ("BIOLOGICAL", "DRUG")
        assert (arm["crossed_over"]["to"], arm["crossed_over"]["count"]) == ("satri-cel", 20)


class TestWhoAndWhere:
    def test_criteria_come_from_the_record_of_the_indication(self, site: Site) -> None:
        before, after = (words(site.everything(one)["faq", "who-may-be-considered"]) for one in (1, 2))
        assert "HER2-negative" not in before
        assert "HER2-negative" in after
        assert "at least 2 earlier lines of treatment" in before
        assert "at least 2 earlier lines of treatment" in after

    def test_a_cut_off_is_told_for_each_treatment(self, site: Site) -> None:
        answer = words(site.item("faq", "how-is-claudin18-2-tested"))
        assert "staining of at least 2+ in at least 40% of tumor cells" in answer
        assert "in at least 75% of tumor cells" in answer

    def test_a_trial_that_is_closed_is_not_offered(self, site: Site) -> None:
        answer = words(site.item("faq", "how-can-i-get-satri-cel"))
        offered = answer.partition("### Trials that take new patients")[2].partition("A registry can lag behind")[0]
        assert "NCT04404595" in offered
        assert "NCT04581473" not in offered
        assert "CT041-ST-01 (NCT04581473): active, not recruiting" in answer

    def test_results_are_told_of_registered_trials_only(self, site: Site) -> None:
        for (kind, slug), one in site.everything(3).items():
            if kind == "trial" and one["results"]:
                assert one["registry_id"].startswith("NCT"), slug


class TestWords:
    def test_a_tissue_shows_a_target_in_one_record(self, site: Site) -> None:
        target = site.item("target", "claudin18-2")
        lining = next(one for one in target["expression"] if one["key"] == "stomach-lining")
        assert (lining["level"], lining["source"]["slug"]) == ("VARIABLE", "guide-to-pharmacology-claudin-18")

    def test_other_names_lead_to_the_one_record(self, site: Site) -> None:
        names = {one["name"] for one in site.item("therapy", "satri-cel")["aliases"]}
        assert {"CT041", "satri-cel", "恺力美", "舒瑞基奥仑赛注射液"} <= names

    def test_every_text_carries_the_same_disclaimer(self, site: Site) -> None:
        for (kind, slug), one in site.everything(3).items():
            carried = {row["slug"]: row["mandatory"] for row in one["disclaimers"]}
            expected = kind in {"faq", "therapy", "trial", "approval"}
            assert carried.get("medical-information", False) is expected, (kind, slug)

    def test_notices_go_where_their_rule_says(self, site: Site) -> None:
        carried = disclaimers_of(site.item("faq", "what-can-supportive-care-do"))
        assert {"supportive-care-goes-alongside", "signs-that-need-help-at-once"} <= carried
        assert "signs-that-need-help-at-once" not in disclaimers_of(site.item("therapy", "zolbetuximab"))
        assert "still-being-studied" in disclaimers_of(site.item("therapy", "satri-cel"))

    def test_a_doi_with_brackets_is_whole(self, site: Site) -> None:
        assert site.item("source", "lancet-ct041-st-01")["doi"] == "10.1016/S0140-6736(25)00860-8"


def disclaimers_of(item: Json) -> set[str]:
    return {one["slug"] for one in item["disclaimers"]}
