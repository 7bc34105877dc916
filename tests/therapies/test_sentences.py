"""A status in words: safe on its own, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from therapies import jurisdictions
from therapies.sentences import name_of_case, place, short_name, status_sentence, words_for_day
from therapies.status import Standing
from therapies.vocabulary import Disputed, Pathway, Precision, Status, Verification

DAY: dict[str, Any] = {"since": "2026-06-22", "since_precision": Precision.DAY}
DOUBT = "this may have changed by then, because the exact day of an event is not known"
CASES = [
    (Standing(Status.APPROVED, **DAY), "approved in China (NMPA) since 22 June 2026"),
    (
        Standing(Status.APPROVED_CONDITIONAL, **DAY, pathway=Pathway.ACCELERATED),
        "approved under accelerated approval in China (NMPA) since 22 June 2026",
    ),
    (
        Standing(Status.APPROVED_CONDITIONAL, "2026-06-01", Precision.MONTH, Pathway.CONDITIONAL),
        "conditionally approved in China (NMPA) since June 2026",
    ),
    (
        Standing(Status.UNDER_REVIEW, **DAY),
        "not approved in China (NMPA); an application has been under review since 22 June 2026",
    ),
    (
        Standing(Status.INVESTIGATIONAL, "2026-01-01", Precision.YEAR, on_hold=True),
        "not approved in China (NMPA); investigational since 2026; clinical studies there are on hold",
    ),
    (
        Standing(Status.AUTHORIZATION_WITHDRAWN, **DAY),
        "no longer approved in China (NMPA); the authorization was withdrawn on 22 June 2026",
    ),
    (
        Standing(Status.APPLICATION_WITHDRAWN, "2025-01-01", Precision.YEAR, verification=Verification.SECONDARY),
        "not approved in China (NMPA); the application was withdrawn in 2025; known from a secondary source only",
    ),
    (Standing(Status.REFUSED, **DAY), "not approved in China (NMPA); it was refused on 22 June 2026"),
    (
        Standing(Status.NOT_AUTHORIZED, checked_on="2026-11-01"),
        "not approved in China (NMPA), as far as known on 1 November 2026",
    ),
    (
        Standing(Status.NO_RECORD),
        "nothing is on record for China (NMPA), which does not mean that it is approved there",
    ),
    (Standing(Status.UNKNOWN), "the status in China (NMPA) is being corrected and is not known at present"),
    (
        Standing(Status.APPROVED, **DAY, disputes=frozenset({Disputed.PATHWAY, Disputed.DATE})),
        "approved in China (NMPA) since 22 June 2026; sources disagree about the day and the kind of approval",
    ),
    (
        Standing(
            Status.APPROVED, **DAY, pathway=Pathway.FULL, verification=Verification.SECONDARY, decided_on="2026-07-01"
        ),
        "approved in China (NMPA) since 22 June 2026; full approval is known from a secondary source only",
    ),
    (
        Standing(Status.APPROVED, **DAY, uncertain=True),
        f"approved in China (NMPA) since 22 June 2026; {DOUBT}",
    ),
]


@pytest.mark.parametrize(("standing", "words"), CASES)
def test_a_status_reads_as_a_sentence(standing: Standing, words: str) -> None:
    assert status_sentence("satri-cel", place("CN", "NMPA"), standing.members()) == f"satri-cel: {words}."


def test_every_status_has_its_words() -> None:
    assert {standing.status for standing, _ in CASES} == set(Status)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.APPROVED, Status.APPROVED_CONDITIONAL}))
def test_what_is_not_authorized_never_reads_as_approved(status: Status) -> None:
    members = Standing(status, **DAY).members()
    denied = ("not approved", "no longer approved", "does not mean that it is approved", "not known")

    assert any(words in status_sentence("satri-cel", "China", members) for words in denied)
    assert not name_of_case("satri-cel, China", members).endswith((": approved", ": approved with conditions"))


def test_an_indication_among_others_and_a_day_are_named() -> None:
    members = {**Standing(Status.APPROVED, **DAY).members(), "applies_to": "SOME"}

    assert status_sentence("satri-cel", "China", members, date(2026, 7, 1)) == (
        "satri-cel, as of 1 July 2026: approved in China for some of the indications on record since 22 June 2026."
    )


def test_a_withdrawal_of_unknown_day_has_none() -> None:
    members = replace(Standing(Status.REFUSED)).members()

    assert status_sentence("satri-cel", "China", members) == "satri-cel: not approved in China; it was refused."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.APPROVED, "approved"),
        (Status.APPROVED_CONDITIONAL, "approved with conditions"),
        (Status.UNDER_REVIEW, "not approved"),
        (Status.INVESTIGATIONAL, "not approved"),
        (Status.AUTHORIZATION_WITHDRAWN, "no longer approved"),
        (Status.NO_RECORD, "no record"),
        (Status.UNKNOWN, "status unknown"),
    ],
)
def test_a_case_is_named_by_its_status(status: Status, words: str) -> None:
    assert name_of_case("satri-cel, US (FDA)", Standing(status).members()) == f"satri-cel, US (FDA): {words}"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("National Medical Products Administration (NMPA)", "NMPA"),
        ("Health Canada", "Health Canada"),
        ("Health Products (a very long remark)", "Health Products (a very long remark)"),
    ],
)
def test_an_organization_is_called_by_its_abbreviation(name: str, short: str) -> None:
    assert short_name(name) == short


def test_days_are_said_no_more_precisely_than_they_are_known() -> None:
    assert [words_for_day("2026-06-01", one) for one in Precision] == ["1 June 2026", "June 2026", "2026"]


class TestPlaces:
    def test_the_codes_are_those_of_the_standard_and_the_eu(self) -> None:
        assert len(jurisdictions.CODES) == 249 + 1
        assert len(jurisdictions.EU_MEMBERS) == 27
        assert jurisdictions.EU_MEMBERS < jurisdictions.CODES
        assert all(len(code) == 2 and code.isupper() and name for code, name in jurisdictions.NAMES.items())
        assert len(set(jurisdictions.NAMES.values())) == len(jurisdictions.CODES)

    def test_a_name_stands_alone_or_in_a_sentence(self) -> None:
        assert jurisdictions.label("US") == "United States"
        assert place("US", "FDA") == "the United States (FDA)"
        assert place("XX", "") == "XX", "an unknown code is shown as it is"

    @pytest.mark.parametrize(
        ("text", "code"), [("germany", "DE"), ("UK", "GB"), ("usa", "US"), ("European Union", "EU"), ("Atlantis", None)]
    )
    def test_what_somebody_may_have_meant(self, text: str, code: str | None) -> None:
        assert jurisdictions.code_for(text) == code
