"""Where a therapy stood with regulators on a day, asked over HTTP."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.releases import actions as releases
from therapies.status_on_day import case_on, status_in

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.therapies.cabinet import Cabinet

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
ADDRESS = "therapies/satri-cel/status/"


def places(reader: Reader, query: str = "") -> dict[str, Json]:
    """Return the answer for each jurisdiction."""
    answer = reader.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200, answer.content
    return {one["jurisdiction"]: one for one in answer.json()["jurisdictions"]}


@pytest.mark.usefixtures("cabinet")
class TestStatus:
    def test_every_jurisdiction_with_a_record_is_answered_unless_some_are_asked_for(self, reader: Reader) -> None:
        assert list(places(reader)) == ["CN", "EU", "US"]
        assert list(places(reader, "?jurisdiction=US,CN,JP")) == ["US", "CN", "JP"]

    @pytest.mark.parametrize(
        ("day", "status", "since"),
        [
            ("2025-04-30", "NO_RECORD", None),
            ("2025-05-31", "INVESTIGATIONAL", "2025-05-01"),
            ("2025-07-01", "UNDER_REVIEW", "2025-06-25"),
            ("2026-06-21", "UNDER_REVIEW", "2025-06-25"),
            ("2026-06-22", "APPROVED", "2026-06-22"),
        ],
    )
    def test_it_looks_back_to_the_day(self, reader: Reader, day: str, status: str, since: str | None) -> None:
        china = places(reader, f"?jurisdiction=CN&as_of={day}")["CN"]

        assert (china["status"], china["since"]) == (status, since)
        assert (china["applies_to"] is None) == (status == "NO_RECORD")
        assert china["indications"][0]["status"] == status
        assert all(event["on"] <= day for event in china["indications"][0]["events"])

    def test_a_case_is_named_by_how_it_stood_then(self, reader: Reader) -> None:
        (then,) = places(reader, "?jurisdiction=CN&as_of=2025-07-01")["CN"]["indications"]
        (now,) = places(reader, "?jurisdiction=CN")["CN"]["indications"]

        assert (then["approval"]["name"], then["approval"]["authorized"]) == (
            "satri-cel, China (NMPA): not approved",
            False,
        )
        assert (now["approval"]["name"], now["approval"]["authorized"]) == ("satri-cel, China (NMPA): approved", True)
        assert then["sentence"] == (
            "satri-cel, as of 1 July 2025: not approved in China (NMPA); "
            "an application has been under review since 25 June 2025."
        )

    def test_a_day_inside_the_doubt_gives_the_earlier_status(self, reader: Reader) -> None:
        china = places(reader, "?jurisdiction=CN&as_of=2025-05-10")["CN"]

        assert (china["status"], china["uncertain"]) == ("NO_RECORD", True)
        assert "may have changed by then" in china["sentence"]

    def test_an_indication_shows_what_it_stands_on(self, reader: Reader) -> None:
        (case,) = places(reader, "?jurisdiction=CN")["CN"]["indications"]

        assert [one["pathway"] for one in case["candidates"]] == ["FULL", "CONDITIONAL"]
        assert [one["slug"] for one in case["sources"]] == ["notice"]
        assert [one["slug"] for one in case["tumor_types"]] == ["gastric"]
        assert case["summary_html"] == "<p>Advanced gastric cancer.</p>"
        assert (case["disputed"], case["checked_on"]) == (True, "2026-01-15")

    def test_a_member_of_the_eu_has_the_eus_record(self, reader: Reader) -> None:
        answer = places(reader, "?jurisdiction=DE,EU,CH")

        assert (answer["DE"]["status"], answer["DE"]["covered_by"]) == ("APPROVED_CONDITIONAL", "EU")
        assert (answer["EU"]["status"], answer["EU"]["covered_by"]) == ("APPROVED_CONDITIONAL", None)
        assert (answer["CH"]["status"], answer["CH"]["covered_by"]) == ("NO_RECORD", None)
        assert "nothing is on record for Switzerland" in answer["CH"]["sentence"]

    @pytest.mark.parametrize(("tumor_type", "cases"), [("solid", 1), ("gastric", 1), ("lymphoma", 0)])
    def test_a_tumor_type_narrows_with_what_lies_below_it(self, reader: Reader, tumor_type: str, cases: int) -> None:
        china = places(reader, f"?jurisdiction=CN&tumor_type={tumor_type}")["CN"]

        assert len(china["indications"]) == cases

    def test_today_is_meant_unless_a_day_or_a_release_is_named(self, reader: Reader) -> None:
        today = datetime.now(UTC).date()
        told = reader.get(f"{ADDRESS}?jurisdiction=CN").json()
        pinned = reader.get(f"{ADDRESS}?jurisdiction=CN&release=1").json()

        assert (told["as_of"], told["release"]) == (today.isoformat(), 1)
        assert pinned["as_of"] == reader.get("releases/1/").json()["published_at"][:10]
        assert told["jurisdictions"][0]["sentence"].startswith("satri-cel: approved in China")
        assert told["therapy"]["short_name"] == "satri-cel"

    def test_a_therapy_without_a_case_has_no_record_anywhere(self, reader: Reader) -> None:
        assert reader.get("therapies/other/status/").json()["jurisdictions"] == []
        (japan,) = reader.get("therapies/other/status/?jurisdiction=JP").json()["jurisdictions"]
        assert (japan["status"], japan["applies_to"], japan["indications"]) == ("NO_RECORD", None, [])

    def test_the_future_is_refused(self, reader: Reader) -> None:
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)
        problem = reader.refused(f"{ADDRESS}?as_of={tomorrow}", 400, "invalid-parameter")

        assert problem["errors"][0]["parameter"] == "as_of"
        assert "lies in the future" in problem["detail"]

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("jurisdiction=UK", "“GB”"),
            ("jurisdiction=China", "“CN”"),
            ("jurisdiction=cn", "“CN”"),
            ("jurisdiction=CN,XX", "no jurisdiction “XX”. Near it in the alphabet: “WF”, “WS” or “YE”."),
            ("jurisdiction=CN,,US", "empty value"),
            ("as_of=22.06.2026", "YYYY-MM-DD"),
            ("tumor_type=gastrik", "“gastric”"),
            ("as_off=2026-01-01", "“as_of”"),
            ("status=APPROVED", "There is no parameter “status”"),
        ],
    )
    def test_what_it_cannot_mean_is_refused_with_the_nearest(self, reader: Reader, query: str, words: str) -> None:
        answer = reader.get(f"{ADDRESS}?{query}")

        assert answer.status_code == 400
        assert words in answer.json()["detail"]

    @pytest.mark.parametrize(("query", "budget"), [("", 4), ("?jurisdiction=CN,DE,JP&as_of=2025-01-01", 4)])
    def test_it_costs_four_queries(self, reader: Reader, query: str, budget: int) -> None:
        with CaptureQueriesContext(connection) as queries:
            places(reader, query)

        assert len(queries) <= budget

    def test_a_tumor_type_costs_one_more(self, reader: Reader) -> None:
        with CaptureQueriesContext(connection) as queries:
            places(reader, "?tumor_type=solid")

        assert len(queries) <= 5

    def test_an_unchanged_answer_is_not_sent_again(self, reader: Reader) -> None:
        tag = reader.get(ADDRESS).headers["ETag"]

        assert reader.get(ADDRESS, If_None_Match=tag).status_code == 304
        assert reader.get(f"{ADDRESS}?as_of=2025-01-01", If_None_Match=tag).status_code == 200

    def test_where_a_text_was_pulled_out_of_the_past_nothing_is_known(self, cabinet: Cabinet, reader: Reader) -> None:
        """The case in China showed the note, so the pull takes the case as it read in release 1 too."""
        cabinet.pull("hearsay")
        china, us = places(reader, "?jurisdiction=CN,US&release=1").values()

        assert (china["status"], china["under_correction"], china["indications"]) == ("UNKNOWN", True, [])
        assert china["sentence"].endswith("the status in China is being corrected and is not known at present.")
        assert us["status"] == "INVESTIGATIONAL"

    def test_while_a_pulled_case_waits_for_a_second_person_nothing_is_known(
        self, cabinet: Cabinet, reader: Reader
    ) -> None:
        release = cabinet.pull("satri-cel-nmpa")
        assert places(reader)["CN"]["status"] == "UNKNOWN"

        releases.confirm_pull(release=release, person=cabinet.desk.people.mei)
        assert "CN" not in places(reader)
        assert places(reader, "?jurisdiction=CN")["CN"]["status"] == "NO_RECORD"

    def test_a_member_states_own_case_counts_beside_the_eus(self, reader: Reader) -> None:
        body = reader.get("approvals/satri-cel-ema/").json()
        day = date(2026, 9, 1)
        eu = case_on(body, day, named=False)
        refused = {**body["events"][0], "type": "REFUSED", "pathway": None}
        own = case_on({**body, "jurisdiction": "DE", "events": [refused]}, day, named=False)
        germany = status_in("DE", "satri-cel", [own, eu], None)

        assert (germany["status"], germany["covered_by"]) == ("APPROVED_CONDITIONAL", "EU")
        assert (germany["applies_to"], len(germany["indications"])) == ("SOME", 2)
        assert status_in("DE", "satri-cel", [own], None)["covered_by"] is None
