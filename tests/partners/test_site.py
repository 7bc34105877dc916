"""A site's own resources, over HTTP: what is known of it, and what it says that it serves."""

from __future__ import annotations

import gzip
from datetime import datetime
from typing import TYPE_CHECKING

import orjson
import pytest

from content_api.delivery.allowance import Allowance
from content_api.partners.actions import create_site, issue_key
from content_api.partners.models import Acknowledgement, PartnerSite
from tests.delivery.conftest import Reader
from tests.partners.conftest import OTHER, PAGE, SAY, SITE, refused

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings
    from rest_framework.request import Request

    from tests.situations import Desk

GONE, NULL = "This is missing.", "This may not be null."
WHOLE, DIGITS = "Write a whole number, without quotes.", "“sha256:” and 64 digits"
FAULTY: dict[str, tuple[object, list[tuple[str, str]]]] = {
    "nothing in it": ({}, [("/release", GONE), ("/hash", GONE)]),
    "no hash": ({"release": 1}, [("/hash", GONE)]),
    "a mistyped name": (
        {"relase": 1, "hash": OTHER},
        [("/relase", "Did you mean “release”?"), ("/release", GONE)],
    ),
    "a name to be escaped": ({"release": 1, "hash": OTHER, "a/b~": 1}, [("/a~1b~0", "Use “release” or “hash”.")]),
    "a number in quotes": ({"release": "1", "hash": OTHER}, [("/release", WHOLE)]),
    "a truth": ({"release": True, "hash": OTHER}, [("/release", WHOLE)]),
    "half a release": ({"release": 1.5, "hash": OTHER}, [("/release", WHOLE)]),
    "more than a number holds": (b'{"release":%d,"hash":"%b"}' % (10**30, OTHER.encode()), [("/release", WHOLE)]),
    "nulls": ({"release": None, "hash": None}, [("/release", NULL), ("/hash", NULL)]),
    "release 0": ({"release": 0, "hash": OTHER}, [("/release", "greater than or equal to 1")]),
    "eleven digits": ({"release": 10**10, "hash": OTHER}, [("/release", "less than or equal to 9999999999")]),
    "an empty hash": ({"release": 1, "hash": ""}, [("/hash", DIGITS)]),
    "a hash in capitals": ({"release": 1, "hash": OTHER.upper()}, [("/hash", DIGITS)]),
    "a hash and a line feed": ({"release": 1, "hash": f"{OTHER}\n"}, [("/hash", DIGITS)]),
    "a nul": ({"release": 1, "hash": "\0"}, [("/hash", "Null characters"), ("/hash", DIGITS)]),
    "a list of hashes": ({"release": 1, "hash": [OTHER]}, [("/hash", DIGITS)]),
    "a list": ([1, OTHER], [("", "Send an object, with these members: release, hash.")]),
    "null": (b"null", [("", "Send an object")]),
    "text": ("release", [("", "Send an object")]),
}
NOT_JSON = {
    "cut off": b"{",
    "deep brackets": b"[" * 16_000,
    "not a number": b'{"release":NaN}',
    "a lone surrogate": b'{"\\ud800":1}',
    "not UTF-8": b"\xff",
    "nul": b"\x00",
    "a form": b"release=1",
}
LEFT = Allowance(quota=60, window=30, remaining=58, reset=12)


def meter(_request: Request) -> Allowance:
    """Tell what is left."""
    return LEFT


class TestWhatASiteReads:
    def test_is_what_is_known_of_it(self, reader: Reader, hashes: dict[int, str]) -> None:
        told = reader.get(SITE).json()

        version = told.pop("profile_version")
        assert version.startswith("sha256:")
        assert told == {
            "name": "A guide",
            "slug": "guide",
            "placeholders": {"organization_name": None, "organization_role": None, "disclaimer_url": None},
            "rate_limit": None,
            "release": 2,
            "acknowledged": None,
            "behind": None,
        }

    def test_says_how_far_behind_it_is(self, reader: Reader, hashes: dict[int, str], desk: Desk) -> None:
        recorded = reader.post(SAY, {"release": 2, "hash": hashes[2]}).json()
        level = reader.get(SITE).json()
        desk.publish(desk.approved("third"))
        behind = reader.get(SITE).json()

        assert level["acknowledged"] == behind["acknowledged"] == recorded
        assert (level["release"], level["behind"]) == (2, 0)
        assert (behind["release"], behind["behind"]) == (3, 1)

    def test_has_a_profile_version_that_moves_when_the_placeholders_do_and_only_then(
        self, reader: Reader, hashes: dict[int, str]
    ) -> None:
        before = reader.get(SITE).json()
        PartnerSite.objects.update(name="Another name", origins=[PAGE])
        renamed = reader.get(SITE).json()
        PartnerSite.objects.update(organization_name="Waypoint", organization_role="PROVIDER")
        changed = reader.get(SITE).json()

        assert renamed["profile_version"] == before["profile_version"]
        assert changed["profile_version"] != before["profile_version"]
        assert changed["placeholders"] == {
            "organization_name": "Waypoint",
            "organization_role": "PROVIDER",
            "disclaimer_url": None,
        }

    def test_says_what_is_left_of_an_allowance(
        self, reader: Reader, hashes: dict[int, str], settings: Settings
    ) -> None:
        settings.METER = "tests.partners.test_site.meter"

        answer = reader.get(SITE)

        told = answer.json()["rate_limit"]
        assert told == {"policy": "default", "quota": 60, "window": 30, "remaining": 58, "reset": 12}
        assert answer.headers["RateLimit"] == '"default";r=58;t=12'
        assert reader.post(SAY, {"release": 1, "hash": hashes[1]}).headers["RateLimit"] == '"default";r=58;t=12'

    def test_is_of_no_other_site_and_kept_by_no_shared_cache(
        self, reader: Reader, hashes: dict[int, str], settings: Settings
    ) -> None:
        other = Reader(issue_key(site=create_site(slug="other", name="Another")))
        reader.post(SAY, {"release": 1, "hash": hashes[1]})
        settings.OPEN_ACCESS = True

        mine, its = reader.get(SITE), other.get(SITE)

        assert (mine.json()["slug"], its.json()["slug"]) == ("guide", "other")
        assert (mine.json()["behind"], its.json()["behind"]) == (1, None)
        for answer in (mine, its):
            assert answer.headers["Cache-Control"] == "private, no-cache"
            assert "Authorization" in answer.headers["Vary"]
            assert answer.headers["Content-Release"] == "2"
            assert answer.headers["X-Request-Id"]
            assert "CDN-Cache-Control" not in answer.headers

    def test_is_sent_once_until_something_changes(self, reader: Reader, hashes: dict[int, str]) -> None:
        first = reader.get(SITE)
        packed = reader.get(SITE, Accept_Encoding="gzip")
        held = reader.get(SITE, If_None_Match=first.headers["ETag"])
        reader.post(SAY, {"release": 1, "hash": hashes[1]})
        changed = reader.get(SITE, If_None_Match=first.headers["ETag"])

        assert gzip.decompress(packed.content) == first.content
        assert (held.status_code, held.content, changed.status_code) == (304, b"", 200)
        assert held.headers["Cache-Control"] == "private, no-cache"
        assert reader.request("HEAD", SITE).status_code == 200

    def test_is_there_before_the_first_release(self, reader: Reader) -> None:
        answer = reader.get(SITE)

        assert (answer.json()["release"], answer.json()["behind"]) == (None, None)
        assert "Content-Release" not in answer.headers

    @pytest.mark.parametrize("query", ["release=1", "at=2026-05-01T00:00:00Z", "fields=name", "x=1"])
    def test_takes_no_parameter(self, reader: Reader, hashes: dict[int, str], query: str) -> None:
        refused(reader.get(f"{SITE}?{query}"), 400, "unknown-parameter")
        refused(reader.post(f"{SAY}?{query}", {"release": 1, "hash": hashes[1]}), 400, "unknown-parameter")
        assert not Acknowledgement.objects.exists()


class TestWhatASiteSays:
    def test_is_recorded_and_answered(self, reader: Reader, hashes: dict[int, str]) -> None:
        answer = reader.post(SAY, {"release": 1, "hash": hashes[1]})

        stored = Acknowledgement.objects.get()
        told = answer.json()
        assert (answer.status_code, answer.headers["Content-Type"]) == (201, "application/json")
        assert (told["release"], told["hash"]) == (1, hashes[1])
        assert datetime.fromisoformat(told["acknowledged_at"]) == stored.acknowledged_at
        assert (stored.site.slug, stored.release, stored.hash) == ("guide", 1, hashes[1])
        assert answer.headers["Content-Release"] == "2"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Vary"].startswith("Authorization, Accept, Accept-Encoding")
        assert answer.headers["X-Request-Id"]
        assert "ETag" not in answer.headers

    def test_may_be_said_again_and_may_go_back(self, reader: Reader, hashes: dict[int, str]) -> None:
        answers = [reader.post(SAY, {"release": number, "hash": hashes[number]}) for number in (2, 2, 1)]

        assert [one.status_code for one in answers] == [201, 201, 201]
        assert answers[0].content == answers[1].content
        assert list(Acknowledgement.objects.order_by("pk").values_list("release", flat=True)) == [2, 1]
        assert reader.get(SITE).json()["behind"] == 1

    @pytest.mark.parametrize(("number", "of"), [(1, 2), (3, 2), (9_999_999_999, 1)])
    def test_is_refused_of_a_release_that_is_not_ours(
        self, reader: Reader, hashes: dict[int, str], number: int, of: int
    ) -> None:
        answer = reader.post(SAY, {"release": number, "hash": hashes[of]})

        assert "Start over" in refused(answer, 409, "history-diverged")["detail"]
        assert answer.headers["Content-Release"] == "2"
        assert not Acknowledgement.objects.exists()

    @pytest.mark.parametrize("name", FAULTY)
    def test_is_refused_with_every_place_at_fault(self, reader: Reader, hashes: dict[int, str], name: str) -> None:
        sent, errors = FAULTY[name]

        told = refused(reader.post(SAY, sent), 400, "invalid-content")["errors"]

        assert [one["pointer"] for one in told] == [pointer for pointer, _ in errors]
        for one, (_, detail) in zip(told, errors, strict=True):
            assert detail in one["detail"]
        assert not Acknowledgement.objects.exists()

    @pytest.mark.parametrize("name", NOT_JSON)
    def test_is_refused_where_it_is_no_json(self, reader: Reader, hashes: dict[int, str], name: str) -> None:
        assert "not JSON" in refused(reader.post(SAY, NOT_JSON[name]), 400, "invalid-content")["detail"]

    def test_is_refused_where_it_is_nothing(self, reader: Reader, hashes: dict[int, str]) -> None:
        told = refused(reader.post(SAY, b""), 400, "invalid-content")

        assert [one["pointer"] for one in told["errors"]] == ["/release", "/hash"]

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
    )
    def test_is_refused_in_another_media_type(self, reader: Reader, hashes: dict[int, str], content_type: str) -> None:
        answer = reader.post(SAY, {"release": 1, "hash": hashes[1]}, Content_Type=content_type)

        assert "Content-Type: application/json" in refused(answer, 415, "unsupported-media-type")["detail"]
        assert not Acknowledgement.objects.exists()

    def test_is_refused_where_it_is_too_much(self, reader: Reader, hashes: dict[int, str]) -> None:
        good = orjson.dumps({"release": 1, "hash": hashes[1]})

        refused(reader.post(SAY, good + b" " * (16_385 - len(good))), 413, "content-too-large")
        assert not Acknowledgement.objects.exists()
        assert reader.post(SAY, good + b" " * (16_384 - len(good))).status_code == 201

    def test_is_refused_in_chunks_of_no_known_length(self, reader: Reader, hashes: dict[int, str]) -> None:
        answer = reader.post(SAY, b"", Transfer_Encoding="chunked")

        assert "Send “Content-Length”" in refused(answer, 400, "invalid-content")["detail"]

    def test_is_refused_before_there_is_a_release(self, reader: Reader) -> None:
        refused(reader.post(SAY, {"release": 1, "hash": OTHER}), 409, "history-diverged")
