"""The status of a regulatory case: one test for each line of the table, and for each rule about what counts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.therapies.cases import (
    APPROVED,
    CONDITIONAL,
    IND,
    REFUSED,
    SUBMITTED,
    WITHDRAWN,
    Json,
    candidate,
    check,
    event,
    stand,
)
from therapies import status
from therapies.vocabulary import EventType, Pathway, Status

KINDS_OF_DESIGNATION = sorted(status.DESIGNATIONS)


TABLE = [
    ([IND], Status.INVESTIGATIONAL, "2020-01-01"),
    ([SUBMITTED, event("IND_CLEARED", "2021-02-01")], Status.UNDER_REVIEW, "2021-01-01"),
    ([APPROVED, event("IND_CLEARED", "2022-02-01")], Status.APPROVED, "2022-01-01"),
    ([CONDITIONAL, event("IND_CLEARED", "2022-02-01")], Status.APPROVED_CONDITIONAL, "2022-01-01"),
    ([IND, SUBMITTED], Status.UNDER_REVIEW, "2021-01-01"),
    ([event("ACCEPTED", "2021-03-01")], Status.UNDER_REVIEW, "2021-03-01"),
    ([SUBMITTED, event("ACCEPTED", "2021-03-01")], Status.UNDER_REVIEW, "2021-01-01"),
    ([APPROVED, event("SUBMITTED", "2022-03-01")], Status.APPROVED, "2022-01-01"),
    ([SUBMITTED, APPROVED], Status.APPROVED, "2022-01-01"),
    ([event("APPROVED", "2022-01-01", pathway="UNKNOWN")], Status.APPROVED, "2022-01-01"),
    ([CONDITIONAL], Status.APPROVED_CONDITIONAL, "2022-01-01"),
    ([event("APPROVED", "2022-01-01", pathway="ACCELERATED")], Status.APPROVED_CONDITIONAL, "2022-01-01"),
    ([CONDITIONAL, event("CONVERTED_TO_FULL", "2023-01-01")], Status.APPROVED, "2022-01-01"),
    *[
        ([APPROVED, event(one, "2022-05-01")], Status.APPROVED, "2022-01-01")
        for one in ("LABEL_CHANGED", "HOLDER_CHANGED")
    ],
    ([SUBMITTED, event("REIMBURSEMENT_REVIEW", "2021-05-01")], Status.UNDER_REVIEW, "2021-01-01"),
    ([APPROVED, event("REIMBURSEMENT_LISTED", "2022-05-01")], Status.APPROVED, "2022-01-01"),
    ([IND, event("CLINICAL_HOLD", "2020-05-01")], Status.INVESTIGATIONAL, "2020-01-01"),
    ([IND, event("HOLD_LIFTED", "2020-06-01")], Status.INVESTIGATIONAL, "2020-01-01"),
    ([SUBMITTED, REFUSED], Status.REFUSED, "2022-06-01"),
    ([REFUSED, event("SUBMITTED", "2023-01-01")], Status.UNDER_REVIEW, "2023-01-01"),
    ([SUBMITTED, event("APPLICATION_WITHDRAWN", "2021-05-01")], Status.APPLICATION_WITHDRAWN, "2021-05-01"),
    ([APPROVED, WITHDRAWN], Status.AUTHORIZATION_WITHDRAWN, "2023-01-01"),
    ([], Status.NO_RECORD, None),
    ([event("CLINICAL_HOLD", "2020-05-01")], Status.NO_RECORD, None),
]


@pytest.mark.parametrize(("events", "wanted", "since"), TABLE)
def test_each_line_of_the_table(events: list[Json], wanted: Status, since: str | None) -> None:
    found = stand(*events)

    assert (found.status, found.since) == (wanted, since)
    assert found.authorized == (wanted in {Status.APPROVED, Status.APPROVED_CONDITIONAL})


def test_every_type_of_event_is_in_the_table() -> None:
    tried = {one["type"] for events, _, _ in TABLE for one in events} | set(KINDS_OF_DESIGNATION)

    assert tried == set(EventType.values)


@pytest.mark.parametrize("designation", KINDS_OF_DESIGNATION)
def test_a_designation_is_listed_and_raises_nothing(designation: str) -> None:
    alone, after = stand(event(designation, "2021-06-01")), stand(SUBMITTED, event(designation, "2021-06-01"))
    approved = stand(APPROVED, event(designation, "2022-06-01"))

    assert alone.status is Status.INVESTIGATIONAL
    assert after.status is Status.UNDER_REVIEW
    assert approved.status is Status.APPROVED
    assert approved == stand(APPROVED), "a case stands where it stood"
    assert stand({**APPROVED, "key": "another"}) == stand(APPROVED), "a key is no fact"
    assert [one["type"] for one in after.designations] == [designation]


@pytest.mark.parametrize(
    ("events", "pathway"),
    [
        ([APPROVED], Pathway.FULL),
        ([CONDITIONAL], Pathway.CONDITIONAL),
        ([CONDITIONAL, event("CONVERTED_TO_FULL", "2023-01-01")], Pathway.FULL),
        ([APPROVED, WITHDRAWN], None),
        ([SUBMITTED], None),
    ],
)
def test_the_pathway_is_that_of_the_approval(events: list[Json], pathway: Pathway | None) -> None:
    assert stand(*events).pathway is pathway


def test_a_hold_lasts_until_it_is_lifted() -> None:
    hold = event("CLINICAL_HOLD", "2020-05-01")

    assert stand(IND, hold).on_hold
    assert not stand(IND, hold, event("HOLD_LIFTED", "2020-09-01")).on_hold


def test_events_count_in_order_of_date_and_not_of_entry() -> None:
    assert stand(WITHDRAWN, APPROVED, SUBMITTED).status is Status.AUTHORIZATION_WITHDRAWN


def test_events_of_one_day_count_in_the_order_of_the_table() -> None:
    day = "2026-06-22"

    assert stand(event("APPROVED", day), event("SUBMITTED", day), event("IND_CLEARED", day)).status is Status.APPROVED
    assert stand(event("AUTHORIZATION_WITHDRAWN", day), event("APPROVED", day)).status is Status.AUTHORIZATION_WITHDRAWN


def test_an_unverified_event_does_not_count() -> None:
    rumor = event("APPROVED", "2022-01-01", verification="UNVERIFIED")

    assert stand(SUBMITTED, rumor).status is Status.UNDER_REVIEW
    assert stand(SUBMITTED, {**rumor, "verification": "SECONDARY"}).status is Status.APPROVED


def test_what_counts_is_what_somebody_verified() -> None:
    by_verification = {
        one: event("APPROVED", "2022-01-01", verification="".join(one))
        for one in ("VERIFIED", "SECONDARY", "UNVERIFIED")
    }

    assert status.counting(by_verification.values()) == [by_verification["VERIFIED"], by_verification["SECONDARY"]]


def test_an_event_has_begun_on_the_first_day_on_which_it_may_have_happened() -> None:
    inexact = event("APPROVED", "2022-02-01", precision="MONTH")

    assert status.begun_by([IND, inexact], date(2022, 1, 31)) == [IND]
    assert status.begun_by([IND, inexact], date(2022, 2, 1)) == [IND, inexact]
    assert status.begun_by([IND, inexact], date(2023, 1, 1)) == [IND, inexact]


def test_a_status_says_how_far_it_can_be_trusted() -> None:
    later = event("APPROVED", "2022-01-01", verification="SECONDARY")

    assert stand(SUBMITTED).verification == "VERIFIED"
    assert stand(SUBMITTED, later).verification == "SECONDARY"


def test_without_events_a_check_says_that_nothing_was_found() -> None:
    found = stand(checks=(check("2026-01-01"), check("2026-03-01")))

    assert (found.status, found.checked_on) == (Status.NOT_AUTHORIZED, "2026-03-01")
    for event_, status_ in ((IND, Status.INVESTIGATIONAL), (SUBMITTED, Status.UNDER_REVIEW), (REFUSED, Status.REFUSED)):
        assert stand(event_, checks=(check("2026-03-01"),)).status is status_
    for on, checked_on in (("2026-02-28", None), ("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-01")):
        assert stand(checks=(check("2026-03-01"),), on=on).checked_on == checked_on
    assert stand(checks=(check("2026-03-01"),), on="2026-02-28").status is Status.NO_RECORD


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("2019-12-31", Status.NO_RECORD),
        ("2020-01-01", Status.INVESTIGATIONAL),
        ("2020-12-31", Status.INVESTIGATIONAL),
        ("2021-12-31", Status.UNDER_REVIEW),
        ("2022-01-01", Status.APPROVED),
    ],
)
def test_as_of_looks_back(on: str, wanted: Status) -> None:
    found = stand(IND, SUBMITTED, APPROVED, on=on)

    assert (found.status, found.uncertain) == (wanted, False)


class TestDates:
    @pytest.mark.parametrize(
        ("precision", "on", "wanted", "uncertain"),
        [
            ("MONTH", "2022-01-31", Status.UNDER_REVIEW, False),
            ("MONTH", "2022-02-01", Status.UNDER_REVIEW, True),
            ("MONTH", "2022-02-27", Status.UNDER_REVIEW, True),
            ("MONTH", "2022-02-28", Status.APPROVED, False),
            ("YEAR", "2022-12-30", Status.UNDER_REVIEW, True),
            ("YEAR", "2022-12-31", Status.APPROVED, False),
        ],
    )
    def test_an_imprecise_date_counts_from_its_last_day(
        self, precision: str, on: str, wanted: Status, *, uncertain: bool
    ) -> None:
        first = "2022-02-01" if precision == "MONTH" else "2022-01-01"
        found = stand(SUBMITTED, event("APPROVED", first, precision=precision), on=on)

        assert (found.status, found.uncertain) == (wanted, uncertain)

    def test_since_is_no_more_precise_than_the_event(self) -> None:
        found = stand(event("APPROVED", "2022-02-01", precision="MONTH"))

        assert (found.since, found.since_precision) == ("2022-02-01", "MONTH")

    @pytest.mark.parametrize(
        ("on", "wanted", "uncertain"),
        [
            ("2024-07-31", Status.UNDER_REVIEW, False),
            ("2024-08-01", Status.UNDER_REVIEW, True),
            ("2024-08-02", Status.APPROVED, False),
        ],
    )
    def test_a_disputed_date_counts_from_the_latest_candidate(
        self, on: str, wanted: Status, *, uncertain: bool
    ) -> None:
        dates = [candidate("2024-08-01"), candidate("2024-08-02")]
        approved = event("APPROVED", "2024-08-01", disputed=["DATE"], candidates=dates)
        found = stand(SUBMITTED, approved, on=on)

        assert (found.status, found.uncertain) == (wanted, uncertain)
        assert stand(approved).since == "2024-08-02"
        assert stand(approved).members()["disputes"] == ["DATE"]

    def test_a_doubtful_day_that_changes_nothing_makes_nothing_uncertain(self) -> None:
        label = event("LABEL_CHANGED", "2023-05-01", precision="MONTH")

        assert not stand(APPROVED, label, on="2023-05-10").uncertain

    def test_a_hold_of_unknown_day_is_uncertain_too(self) -> None:
        hold = event("CLINICAL_HOLD", "2023-12-01", precision="MONTH")
        found = stand(IND, hold, on="2023-12-13")

        assert (found.on_hold, found.uncertain) == (False, True)
        assert stand(IND, hold, on="2023-12-31").on_hold


def test_a_refusal_after_an_approval_begins_a_status_of_its_own() -> None:
    found = stand(APPROVED, REFUSED)

    assert (found.status, found.since, found.authorized) == (Status.REFUSED, "2022-06-01", False)


def test_what_is_being_corrected_says_so_and_nothing_else_does() -> None:
    standings = [stand(*events) for events, _, _ in TABLE]

    assert status.UNDER_CORRECTION.members()["under_correction"] is True
    assert [one for one in standings if one.members()["under_correction"]] == []


def test_decided_on_is_the_latest_decision() -> None:
    assert stand(IND, SUBMITTED).decided_on is None
    assert stand(SUBMITTED, APPROVED, event("LABEL_CHANGED", "2024-01-01")).decided_on == "2022-01-01"
    assert stand(APPROVED, WITHDRAWN).decided_on == "2023-01-01"
