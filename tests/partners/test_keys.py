"""Keys: shown once, stored as a hash, refused whenever they do not work."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content_api.partners.actions import create_site, issue_key, revoke_key
from content_api.partners.keys import Key, new_key, read_key
from content_api.partners.models import ApiKey
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.test import Client

    from content_api.partners.models import PartnerSite

NOW = datetime(2026, 6, 23, 8, tzinfo=UTC)


@pytest.fixture
def site(db: None) -> PartnerSite:
    """Return a partner site."""
    return create_site(slug="guide", name="A guide")


def _status(client: Client, header: str | None) -> tuple[int, str]:
    """Return how a keyed address answers: 404 says that the key was taken (nothing is published)."""
    response = client.get("/api/v1/releases/latest/", headers={} if header is None else {"Authorization": header})
    return response.status_code, response.json()["code"]


TAKEN = (404, "nothing-published")
REFUSED = (401, "key-refused")


def test_open_the_api(client: Client, site: PartnerSite) -> None:
    key = issue_key(site=site)

    assert _status(client, f"Bearer {key}") == TAKEN
    assert _status(client, f"bearer   {key} ") == TAKEN


def test_are_required(client: Client, site: PartnerSite) -> None:
    assert _status(client, None) == (401, "key-required")
    assert _status(client, "  ") == (401, "key-required")


def test_look_as_promised_and_differ(site: PartnerSite) -> None:
    keys = {issue_key(site=site), issue_key(site=site)}

    assert len(keys) == 2
    assert all(re.fullmatch(r"cak_[0-9a-f]{12}_[0-9A-Za-z]{38}", key) for key in keys)


def test_are_stored_as_a_hash_alone(site: PartnerSite) -> None:
    key = read_key(issue_key(site=site))

    stored = ApiKey.objects.get()
    assert key
    assert stored.key_id == key.key_id
    assert stored.secret_sha256 == key.secret_sha256
    assert key.secret not in "".join(str(value) for value in ApiKey.objects.values_list().get())
    assert key.secret not in repr(key)
    assert key.secret not in str(stored)


@pytest.mark.parametrize("change", ["truncated", "swapped", "mistyped", "longer", "no-checksum", "case"])
def test_refuse_a_mistyped_key_without_asking_the_database(client: Client, site: PartnerSite, change: str) -> None:
    key = issue_key(site=site)
    wrong = {
        "truncated": key[:-1],
        "swapped": key[:20] + key[21] + key[20] + key[22:] if key[20] != key[21] else key + "x",
        "mistyped": key[:-10] + ("a" if key[-10] != "a" else "b") + key[-9:],
        "longer": key + "0",
        "no-checksum": key[:-6],
        "case": key.upper(),
    }[change]

    with CaptureQueriesContext(connection) as queries:
        assert _status(client, f"Bearer {wrong}") == REFUSED
    assert len(queries) == 0


@pytest.mark.parametrize(
    "header", ["{key}", "Basic {key}", "Token {key}", "Bearer", "Bearer {key}, Bearer {key}", "Bearer é"]
)
def test_are_taken_as_a_bearer_token_only(client: Client, site: PartnerSite, header: str) -> None:
    assert _status(client, header.format(key=issue_key(site=site))) == REFUSED


def test_say_the_same_of_an_unknown_id_and_of_a_wrong_secret(client: Client, site: PartnerSite) -> None:
    key = read_key(issue_key(site=site))
    assert key
    answers = []
    for wrong in (new_key(), Key(key.key_id, new_key().secret)):
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/api/v1/releases/latest/", headers={"Authorization": f"Bearer {wrong}"})
        answers.append((response.status_code, response.content, len(queries)))

    assert answers[0] == answers[1]
    assert answers[0][0] == 401
    assert answers[0][2] == 1


def test_compare_a_secret_in_constant_time_whether_or_not_the_id_is_known(
    client: Client, site: PartnerSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(Key, "opens", lambda _self, stored: compared.append(stored))

    assert _status(client, f"Bearer {new_key()}") == REFUSED
    assert compared == [""]


def test_cost_one_query_with_their_site(client: Client, site: PartnerSite) -> None:
    key = issue_key(site=site)

    with CaptureQueriesContext(connection) as queries:
        assert _status(client, f"Bearer {key}") == TAKEN
    assert sum("partners_" in query["sql"] for query in queries) == 1


def test_stop_with_the_next_request_once_revoked(client: Client, site: PartnerSite) -> None:
    key, other = issue_key(site=site), issue_key(site=site)
    assert _status(client, f"Bearer {key}") == TAKEN

    revoke_key(key=ApiKey.objects.get(key_id=key.split("_")[1]))

    assert _status(client, f"Bearer {key}") == REFUSED
    assert _status(client, f"Bearer {other}") == TAKEN


def test_stop_when_they_expire(client: Client, site: PartnerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    end = timezone.now() + timedelta(hours=1)
    key = issue_key(site=site, expires_at=end)
    assert _status(client, f"Bearer {key}") == TAKEN

    monkeypatch.setattr("content_api.partners.authentication.timezone.now", lambda: end)

    assert _status(client, f"Bearer {key}") == REFUSED


def test_are_two_at_most_while_they_are_active(site: PartnerSite) -> None:
    issue_key(site=site, now=NOW)
    issue_key(site=site, now=NOW, expires_at=NOW + timedelta(days=1))

    with pytest.raises(Refused, match=r"A guide has 2 active keys already \(cak_.*Revoke one first"):
        issue_key(site=site, now=NOW)

    issue_key(site=site, now=NOW + timedelta(days=1))
    assert ApiKey.objects.count() == 3
    assert issue_key(site=create_site(slug="other", name="Another"), now=NOW)


def test_make_room_when_one_is_revoked(site: PartnerSite) -> None:
    for _ in range(2):
        issue_key(site=site)

    revoke_key(key=ApiKey.objects.earliest("pk"))

    assert issue_key(site=site)


def test_are_not_issued_expired_nor_revoked_twice(site: PartnerSite) -> None:
    with pytest.raises(Refused, match="expired already"):
        issue_key(site=site, now=NOW, expires_at=NOW)
    assert not ApiKey.objects.exists()

    issue_key(site=site, now=NOW)
    revoke_key(key=ApiKey.objects.get(), now=NOW)
    with pytest.raises(Refused, match="was revoked on 2026-06-23"):
        revoke_key(key=ApiKey.objects.get())
    assert ApiKey.objects.get().revoked_at == NOW


def test_belong_to_sites_with_a_slug_of_their_own(site: PartnerSite) -> None:
    with pytest.raises(Refused, match="already"):
        create_site(slug="guide", name="Another guide")
