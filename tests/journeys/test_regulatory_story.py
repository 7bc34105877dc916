"""What a reader meets when a regulator decides, when another one does, and when a source turns out to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.refusals import Refused
from content_api.releases import actions as releases
from content_api.releases import integrity
from content_api.releases.impact import impact_of
from content_api.releases.models import Release
from tests.journeys.dossier import Dossier, event

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.situations import Desk


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return Dossier(desk).published()


def regulatory(reader: Reader, country: str, **pinned: Any) -> dict[str, Any]:
    release = f"?release={pinned['release']}" if pinned else ""
    therapy = reader.get(f"/api/v1/therapies/satri-cel/{release}").json()
    return next(one for one in therapy["regulatory"] if one["jurisdiction"] == country)


def approve_in_china(dossier: Dossier) -> None:
    events = [event("SUBMITTED", "2025-06-25"), event("APPROVED", "2026-06-22", pathway="UNKNOWN")]
    dossier.approval("satri-cel-nmpa", "satri-cel, China (NMPA)", "CN", "nmpa", events)
    dossier.desk.publish(*dossier.approved("satri-cel-nmpa"))


def test_an_approval_changes_every_answer_in_one_release_and_a_pinned_site_reads_the_old_world(
    dossier: Dossier, reader: Reader
) -> None:
    assert regulatory(reader, "CN")["status"] == "UNDER_REVIEW"
    approve_in_china(dossier)
    approval = reader.get("/api/v1/approvals/satri-cel-nmpa/").json()
    assert (approval["status"], approval["since"], approval["release"]) == ("APPROVED", "2026-06-22", 2)
    assert regulatory(reader, "CN")["status"] == "APPROVED"
    assert reader.get("/api/v1/therapies/satri-cel/").json()["release"] == 2
    assert regulatory(reader, "CN", release=1)["status"] == "UNDER_REVIEW"
    status = reader.get("/api/v1/therapies/satri-cel/status/?jurisdiction=CN&as_of=2025-07-01").json()
    assert status["jurisdictions"][0]["status"] == "UNDER_REVIEW"


def test_an_approval_needs_two_people_of_two_roles(dossier: Dossier) -> None:
    dossier.approval("satri-cel-fda", "satri-cel, US (FDA)", "US", "fda", [event("IND_CLEARED", "2020-05-21")])
    version = dossier.submit("satri-cel-fda")
    desk = dossier.desk
    both = desk.people.make("bo", "Medical reviewer", "Regulatory reviewer")
    assert desk.approve(version, by=both).state == "IN_REVIEW"
    with pytest.raises(Refused, match="Another role needs another person"):
        desk.approve(version, by=both, role="Regulatory reviewer")
    assert desk.approve(version, by=desk.people.rui, role="Regulatory reviewer").state == "APPROVED"


def test_a_case_in_another_country_changes_the_therapy_in_the_same_release_and_the_impact_shows_it(
    dossier: Dossier, reader: Reader
) -> None:
    dossier.approval("satri-cel-fda", "satri-cel, US (FDA)", "US", "fda", [event("IND_CLEARED", "2020-05-21")])
    desk = dossier.desk
    release = desk.compose(*dossier.approved("satri-cel-fda"))
    rows = impact_of(release).rows
    assert [(row.slug, row.needs_sign_off) for row in rows] == [("satri-cel", True)]
    assert {one["jurisdiction"] for one in rows[0].before["regulatory"]} == {"CN"}
    assert {one["jurisdiction"] for one in rows[0].after["regulatory"]} == {"CN", "US"}
    with pytest.raises(Refused, match="satricabtagene autoleucel"):
        releases.publish(release=release, person=desk.people.pia)
    desk.sign(release)
    number = releases.publish(release=release, person=desk.people.pia).number
    therapy = reader.get("/api/v1/therapies/satri-cel/").json()
    assert (therapy["release"], therapy["version"]) == (number, 1)
    assert regulatory(reader, "US")["status"] == "INVESTIGATIONAL"
    assert reader.get("/api/v1/approvals/satri-cel-nmpa/").json()["release"] == 1, "an unchanged text keeps its edition"


def test_what_stood_on_a_pulled_source_is_unknown_until_a_second_person_confirms(
    dossier: Dossier, reader: Reader
) -> None:
    approve_in_china(dossier)
    desk = dossier.desk
    pulled = releases.pull(
        item=dossier.items["notice"], person=desk.people.mei, reason="ENTERED_IN_ERROR", public_note="Not a notice."
    )
    approval = reader.get("/api/v1/approvals/satri-cel-nmpa/").json()
    assert (approval["status"], approval["under_correction"]) == ("UNKNOWN", True)
    assert regulatory(reader, "CN")["status"] == "UNKNOWN"
    status = reader.get("/api/v1/therapies/satri-cel/status/?jurisdiction=CN").json()["jurisdictions"][0]
    assert (status["status"], status["under_correction"]) == ("UNKNOWN", True)
    assert reader.get("/api/v1/approvals/satri-cel-nmpa/?release=2").status_code == 410, "it showed what was pulled"
    releases.confirm_pull(release=Release.objects.get(number=pulled.number), person=desk.people.rui)
    approval = reader.get("/api/v1/approvals/satri-cel-nmpa/").json()
    assert (approval["status"], approval["under_correction"]) == ("NO_RECORD", False), "no event has a source left"
    assert list(integrity.problems()) == []


def test_a_pulled_case_leaves_its_country_unknown_until_it_is_confirmed(dossier: Dossier, reader: Reader) -> None:
    desk = dossier.desk
    pulled = releases.pull(
        item=dossier.items["satri-cel-nmpa"], person=desk.people.rui, reason="LEGAL", public_note="By order of a court."
    )
    assert reader.get("/api/v1/approvals/satri-cel-nmpa/").json()["reason"] == "LEGAL"
    assert regulatory(reader, "CN")["status"] == "UNKNOWN"
    releases.confirm_pull(release=Release.objects.get(number=pulled.number), person=desk.people.mei)
    assert reader.get("/api/v1/therapies/satri-cel/").json()["regulatory"] == []
    assert list(integrity.problems()) == []


def test_a_text_names_as_a_cause_only_what_it_shows(dossier: Dossier, reader: Reader) -> None:
    """The therapy moved because a source of its case did: it shows the case, and would keep the name of a pulled source."""
    approve_in_china(dossier)
    dossier.write("source", "notice", title="A notice nobody read", verification="UNVERIFIED")
    dossier.desk.publish(*dossier.approved("notice"))
    case = reader.get("/api/v1/approvals/satri-cel-nmpa/").json()
    therapy = reader.get("/api/v1/therapies/satri-cel/").json()
    assert case["change"]["note"] == "Follows from: A notice nobody read."
    assert therapy["release"] == case["release"] == 3
    assert therapy["change"]["note"] == "Follows from a change in what it builds on."
