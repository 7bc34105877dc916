"""A status whose sources disagree, and one that sums up several."""

from __future__ import annotations

import pytest

from tests.therapies.cases import APPROVED, CONDITIONAL, SUBMITTED, Json, candidate, event, stand
from therapies import status
from therapies.vocabulary import Pathway, Status


def test_a_dispute_about_what_happened_does_not_count_and_is_said() -> None:
    versions = [candidate("2022-01-01"), candidate("2022-01-01", "REFUSED")]
    doubtful = event("APPROVED", "2022-01-01", disputed=["TYPE"], candidates=versions)
    found = stand(SUBMITTED, doubtful)

    assert (found.status, found.members()["disputed"]) == (Status.UNDER_REVIEW, True)
    assert status.counting([SUBMITTED, doubtful]) == [SUBMITTED]


def test_two_doubts_of_one_sort_are_still_a_doubt() -> None:
    versions = [candidate("2022-01-01"), candidate("2022-01-01", "REFUSED")]
    doubtful = event("APPROVED", "2022-01-01", disputed=["TYPE"], candidates=versions)

    assert stand(doubtful, {**doubtful, "key": "again"}).members()["disputes"] == ["TYPE"]


def test_it_is_forgotten_once_something_else_settled_the_status() -> None:
    versions = [candidate("2021-06-01", "REFUSED"), candidate("2021-06-01", "APPLICATION_WITHDRAWN")]
    doubtful = event("REFUSED", "2021-06-01", disputed=["TYPE"], candidates=versions)

    assert stand(SUBMITTED, doubtful).disputes
    assert not stand(SUBMITTED, doubtful, APPROVED).disputes


@pytest.mark.parametrize("member", ["TYPE", "PATHWAY"])
def test_a_dispute_between_pathways_is_an_approval_of_unknown_kind(member: str) -> None:
    versions = [candidate("2026-06-22", pathway="CONDITIONAL"), candidate("2026-06-22", pathway="FULL")]
    approved = event("APPROVED", "2026-06-22", pathway="CONDITIONAL", disputed=[member], candidates=versions)
    found = stand(SUBMITTED, approved)

    assert (found.status, found.pathway) == (Status.APPROVED, Pathway.UNKNOWN)
    assert found.authorized
    assert found.members()["disputed"] is True


def test_a_dispute_between_an_approval_and_its_conversion_is_an_approval() -> None:
    versions = [candidate("2026-06-22"), candidate("2026-06-22", "CONVERTED_TO_FULL")]
    approved = event("APPROVED", "2026-06-22", disputed=["TYPE"], candidates=versions)

    assert stand(approved).status is Status.APPROVED


def test_conversion_settles_the_pathway_but_not_the_day() -> None:
    disputed = event(
        "APPROVED",
        "2022-01-01",
        disputed=["DATE", "PATHWAY"],
        candidates=[candidate("2022-01-01", pathway="FULL"), candidate("2022-01-02", pathway="CONDITIONAL")],
    )
    found = stand(disputed, event("CONVERTED_TO_FULL", "2023-01-01"))

    assert (found.pathway, found.members()["disputes"]) == (Pathway.FULL, ["DATE"])
    assert (found.since, found.decided_on) == ("2022-01-02", "2023-01-01")


@pytest.mark.parametrize(("member", "disputes"), [("DATE", []), ("PATHWAY", ["PATHWAY"]), (None, [])])
def test_a_conversion_brings_its_own_doubts_but_not_about_the_day(member: str | None, disputes: list[str]) -> None:
    versions = [candidate("2023-01-01", "CONVERTED_TO_FULL"), candidate("2023-01-02", "CONVERTED_TO_FULL")]
    doubt: Json = {"disputed": [member], "candidates": versions} if member else {}
    found = stand(CONDITIONAL, event("CONVERTED_TO_FULL", "2023-01-01", **doubt))

    assert (found.since, found.members()["disputes"]) == ("2022-01-01", disputes)


@pytest.mark.parametrize(
    ("statuses", "highest", "applies_to"),
    [
        ([], Status.NO_RECORD, None),
        (["NO_RECORD"], Status.NO_RECORD, None),
        (["APPROVED"], Status.APPROVED, "ALL"),
        (["APPROVED", "APPROVED"], Status.APPROVED, "ALL"),
        (["APPROVED", "APPROVED_CONDITIONAL"], Status.APPROVED, "SOME"),
        (["INVESTIGATIONAL", "APPROVED"], Status.APPROVED, "SOME"),
        (["INVESTIGATIONAL", "UNDER_REVIEW"], Status.UNDER_REVIEW, "SOME"),
        (["UNDER_REVIEW"], Status.UNDER_REVIEW, "ALL"),
        (["UNKNOWN", "INVESTIGATIONAL"], Status.UNKNOWN, "SOME"),
        (["UNKNOWN"], Status.UNKNOWN, "ALL"),
        (["UNKNOWN", "APPROVED"], Status.APPROVED, "SOME"),
        (["UNKNOWN", "APPROVED_CONDITIONAL", "REFUSED"], Status.APPROVED_CONDITIONAL, "SOME"),
    ],
)
def test_a_jurisdiction_has_the_highest_status_of_its_indications_and_says_of_how_many(
    statuses: list[str], highest: Status, applies_to: str | None
) -> None:
    standings = [{"status": "".join(one)} for one in statuses]  # as JSON brings them: equal, and not the same

    assert status.highest(standings) is highest
    assert status.applies_to(standings, highest) == applies_to
