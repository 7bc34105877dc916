"""Each claim that a machine can notice: the words that make it, beside innocent words that look like it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from content_api import kinds, shapes
from content_api.editorial import checks
from content_api.kinds import Severity
from content_api.refusals import Refused
from faqs.claims import in_text, in_whole
from tests.faqs.shelf import clause

if TYPE_CHECKING:
    from tests.faqs.shelf import Shelf

TODAY = date(2026, 11, 25)
SLOT = "{{ trial:ct041.results.os-itt.values.satri-cel }}"
NOTICED = [
    ("L01-status-without-place", "This therapy is approved.", "It was studied in one country."),
    ("L03-status-typed", "It is under review in China (NMPA).", "{{ approval:satri-cel-nmpa.status }}"),
    ("L04-designation-as-approval", "RMAT means that the FDA backs it.", "An orphan designation is not a sign that it works."),
    ("L06-number-typed", "About 40% responded.", f"{SLOT} responded."),
    ("L06-number-typed", "Patients lived for 7.9 months.", "Making the cells takes weeks."),
    ("L06-number-typed", "The HR was 0.69.", f"The hazard ratio: {SLOT}."),
    ("L06-number-typed", "It was shown (p<0.05).", "It was measured once."),
    ("L06-number-typed", "Half of the patients responded.", "Half a day in the clinic."),
    ("L08-overclaim", "It extends survival.", "It has not been shown to extend survival."),
    ("L08-overclaim", "It is safe and effective.", "Nobody knows yet whether it is safe and effective."),
    ("L17-cure-or-promise", "It cures stomach cancer.", "It does not cure stomach cancer."),
    ("L17-cure-or-promise", "Results are guaranteed.", "Can anybody say that results are guaranteed?"),
    ("L17-cure-or-promise", "There are no side effects.", "There are side effects."),
    ("L17-breakthrough", "This is a breakthrough.", "This is not a universal breakthrough."),
    ("L17-breakthrough", "It is a breakthrough for patients.", "It has a breakthrough therapy designation."),
    ("L17-breakthrough", "A breakthrough came.", "Some call it a “breakthrough”."),
    ("L18-superlative", "It is the world’s first cell therapy.", "First, cells are collected."),
    ("L18-superlative", "It is the only approved treatment.", "It is the only way to know."),
    ("L22-biomarker-without-threshold", "Tumors must be CLDN18.2-positive.", f"CLDN18.2-positive means {SLOT}."),
    ("L24-relative-date", "It recently changed.", f"The status now reads: {SLOT}."),
    ("L24-relative-date", "Trials are currently few.", "On 22 June 2026 the status changed."),
    ("L27-in-place-of-treatment", "Herbs instead of chemotherapy.", "Herbs go alongside treatment, never instead of it."),
    ("L29-editor-note", "This page should avoid promises.", "This page shows each status."),
    ("L30-loose-mark", "It sits on the stomach lining.1", "It finds Claudin18.2 on cells."),
    ("L30-loose-mark", "So it was reported [1].", "So it was [reported](https://x.example)."),
    ("L30-nothing-below", "### What to ask\n\n### What to bring\n\nPapers.", "### What to ask\n\nWho pays.\n\n### What to bring\n\nPapers."),
    ("L30-nothing-below", "Ask about these points:", "Ask about:\n\n- the trial;\n- the center."),
    ("L30-empty-list-item", "- one\n-\n- three", "- one\n- two"),
    ("L30-told-twice", "\n\n".join(["This very paragraph stands in the answer twice, word by word, by mistake."] * 2), "No.\n\nNo."),
    ("L31-call-to-action", "Book your consultation today.", "Bring a friend to the consultation."),
    ("L31-call-to-action", "It costs $400,000.", "Ask what it costs."),
    ("L31-call-to-action", "Call +86 10 1234 5678.", "Call your doctor at once."),
    ("L31-call-to-action", "Our team will help.", "Your care team will help."),
    ("L32-long-sentence", " ".join(["word"] * 36) + ".", " ".join(["word"] * 35) + "."),
    ("L33-spelling", "A solid tumour.", "A solid tumor."),
    ("L33-spelling", "CAR T cells.", "CAR-T cells."),
    ("L33-spelling", "Gastro-oesophageal cancer.", "Gastroesophageal cancer."),
]  # fmt: skip
TOGETHER = [
    ("L32-acronym", "Fever is a sign of CRS.", "Cytokine release syndrome (CRS) begins with fever. CRS is treated."),
    ("L27-without-the-care-team", "Acupuncture may ease nausea.", "Ask your oncologist before acupuncture."),
]


@pytest.mark.parametrize(
    ("code", "violating", "innocent"), NOTICED, ids=[f"{one[0]}: {one[1][:30]}" for one in NOTICED]
)
def test_a_claim_is_noticed_and_its_neighbor_is_not(code: str, violating: str, innocent: str) -> None:
    assert code in {claim.code for claim in in_text(violating)}
    assert code not in {claim.code for claim in in_text(innocent)}


@pytest.mark.parametrize(("code", "violating", "innocent"), TOGETHER, ids=[one[0] for one in TOGETHER])
def test_what_one_text_of_an_answer_says_counts_for_all(code: str, violating: str, innocent: str) -> None:
    short = "A short answer."

    assert code in {claim.code for claim in in_whole([short, violating])}
    assert code not in {claim.code for claim in in_whole([short, innocent])}


def test_the_right_words_are_quoted_with_what_to_do_instead() -> None:
    (claim,) = in_text("It cures cancer.")

    assert (claim.severity, claim.words) == (Severity.ERROR, "cures")
    assert "Promise nothing" in claim.advice


@pytest.mark.parametrize(("topic", "severity"), [("ACCESS", Severity.ERROR), ("BIOLOGY", Severity.WARNING)])
def test_a_typed_status_is_an_error_where_access_is_the_topic(shelf: Shelf, topic: str, severity: Severity) -> None:
    item = shelf.faq("typed", topic=topic, short_answer="It is approved in China.", review_interval_days=90)
    found = {one.code: one.severity for one in checks.findings(item, _content("faq", "typed"), TODAY)}

    assert found["L03-status-typed"] is severity


def test_an_answer_with_an_error_is_refused_and_one_without_goes_to_review(shelf: Shelf) -> None:
    shelf.faq("bold", short_answer="It cures cancer.")
    with pytest.raises(Refused) as refused:
        shelf.submit("bold")
    assert refused.value.code == "checks-failed"
    assert refused.value.errors[0]["pointer"] == "/short_answer"
    shelf.faq("bold", short_answer="It does not cure cancer. This is so far known.")

    assert [one["code"] for one in shelf.submit("bold").findings] == ["L24-relative-date"]


def test_an_answer_that_states_a_status_is_reviewed_often(shelf: Shelf) -> None:
    for interval, is_refused in ((365, True), (90, False)):
        shelf.faq("status", short_answer="It is licensed in Japan.", review_interval_days=interval)
        item = shelf.items["status"]
        codes = {one.code for one in checks.findings(item, _content("faq", "status"), TODAY)}
        assert ("seldom-reviewed" in codes) is is_refused


@pytest.mark.parametrize(
    ("code", "violating", "innocent"),
    [
        ("unknown-placeholder", {"template": "{organisation_name} says."}, {"template": "{organization_name} says."}),
        ("unknown-placeholder", {"template": "{{ approval:x.status }}"}, {"template": "As of {as_of}."}),
        ("unknown-placeholder", {"template": "A lone { brace."}, {"template": "No brace."}),
        ("fact-in-disclaimer", {"template": "Satri-cel is new."}, {"template": "A therapy may be new."}),
        ("fact-in-disclaimer", {"template": "It is approved in lymphoma."}, {"template": "Statuses differ by place."}),
        ("fact-in-disclaimer", {"template": "The FDA watches."}, {"template": "Regulators watch."}),
        ("clause-for-provider", {"type": "NOT_PROVIDER", "site_roles": ["PROVIDER"]}, {"type": "NOT_PROVIDER", "site_roles": ["PUBLISHER"]}),
        ("clause-for-provider", {"type": "NOT_PROVIDER", "site_roles": ["PROVIDER"]}, {"type": "CONSULT", "site_roles": ["PROVIDER"]}),
    ],
)  # fmt: skip
def test_a_disclaimer_names_no_product_and_no_fact(
    shelf: Shelf, code: str, violating: dict[str, Any], innocent: dict[str, Any]
) -> None:
    for row, is_refused in ((violating, True), (innocent, False)):
        item = shelf.disclaimer("clauses", {**clause(), **row})
        codes = {one.code for one in checks.findings(item, _content("disclaimer", "clauses"), TODAY)}
        assert (code in codes) is is_refused


def test_a_disclaimer_says_something(shelf: Shelf) -> None:
    shelf.write("disclaimer", "general", clauses=[])
    with pytest.raises(Refused, match="add a clause"):
        shelf.submit("general")


@pytest.mark.parametrize(("places", "said"), [(["CN", "XX"], "there is no place “XX”"), (["UK"], "Did you mean GB?")])
def test_a_place_that_there_is_not_is_refused(shelf: Shelf, places: list[str], said: str) -> None:
    shelf.faq("somewhere", jurisdictions=places)
    shelf.disclaimer("somewhere-else", applies_to_jurisdictions=places)
    for slug in ("somewhere", "somewhere-else"):
        with pytest.raises(Refused, match=said.replace("?", r"\?")):
            shelf.submit(slug)


def _content(kind: str, slug: str) -> dict[str, Any]:
    return shapes.snapshot(kinds.get(kind).model._default_manager.get(slug=slug))
