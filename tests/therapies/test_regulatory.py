"""The status of a therapy in a jurisdiction, from its cases there."""

from __future__ import annotations

from typing import Any

import pytest

from therapies import regulatory, status
from therapies.sentences import place
from therapies.status import Standing
from therapies.vocabulary import AppliesTo, Precision, Status

Json = dict[str, Any]


def case(slug: str, standing: Standing, jurisdiction: str = "CN") -> Json:
    """Return a case as its card shows it."""
    return {**standing.members(), "slug": slug, "jurisdiction": jurisdiction, "place": place(jurisdiction, "NMPA")}


def approved(since: str) -> Standing:
    return Standing(Status.APPROVED, since, Precision.DAY)


@pytest.mark.parametrize(
    ("statuses", "wanted", "applies_to"),
    [
        (["APPROVED", "APPROVED"], Status.APPROVED, AppliesTo.ALL),
        (["REFUSED", "APPROVED_CONDITIONAL"], Status.APPROVED_CONDITIONAL, AppliesTo.SOME),
        (["REFUSED", "APPLICATION_WITHDRAWN"], Status.APPLICATION_WITHDRAWN, AppliesTo.SOME),
        (["NO_RECORD", "INVESTIGATIONAL"], Status.INVESTIGATIONAL, AppliesTo.SOME),
        (["NO_RECORD"], Status.NO_RECORD, None),
        ([], Status.NO_RECORD, None),
    ],
)
def test_it_is_the_highest_of_its_indications(
    statuses: list[str], wanted: Status, applies_to: AppliesTo | None
) -> None:
    cases = [{"status": one} for one in statuses]

    assert status.highest(cases) is wanted
    assert status.applies_to(cases, wanted) is applies_to


def test_the_ranks_are_as_promised() -> None:
    words = "APPROVED APPROVED_CONDITIONAL UNDER_REVIEW INVESTIGATIONAL AUTHORIZATION_WITHDRAWN"
    rest = "APPLICATION_WITHDRAWN REFUSED NOT_AUTHORIZED NO_RECORD UNKNOWN"

    assert Status.values == [*words.split(), *rest.split()]


def test_since_when_is_told_by_the_case_that_has_had_the_status_longest() -> None:
    found = regulatory.summary("satri-cel", [case("b", approved("2026-06-22")), case("a", approved("2025-01-01"))])

    assert (found["since"], found["applies_to"]) == ("2025-01-01", "ALL")


def test_a_doubt_about_one_case_is_a_doubt_about_the_jurisdiction() -> None:
    held = Standing(Status.INVESTIGATIONAL, "2020-01-01", Precision.DAY, on_hold=True, uncertain=True)
    found = regulatory.summary("satri-cel", [case("a", approved("2025-01-01")), case("b", held)])

    assert (found["status"], found["applies_to"]) == ("APPROVED", "SOME")
    assert (found["on_hold"], found["uncertain"], found["disputed"]) == (True, True, False)
    assert "for some of the indications on record" in found["sentence"]


def test_jurisdictions_stand_in_the_order_of_their_codes() -> None:
    cases = [case("a", approved("2025-01-01"), "US"), case("b", approved("2025-01-01"), "CN")]

    assert [one["jurisdiction"] for one in regulatory.by_jurisdiction("satri-cel", cases)] == ["CN", "US"]


def test_where_a_case_was_pulled_nothing_is_known_and_nothing_is_shown() -> None:
    (china,) = regulatory.by_jurisdiction("satri-cel", [], ["CN"])

    assert (china["status"], china["under_correction"], china["approvals"]) == ("UNKNOWN", True, [])
    assert china["sentence"] == "satri-cel: the status in China is being corrected and is not known at present."
