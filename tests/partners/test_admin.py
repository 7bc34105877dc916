"""Sites and keys in the admin: issued once, revoked, never edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from content_api.partners.actions import create_site, issue_key
from content_api.partners.keys import read_key
from content_api.partners.models import ApiKey, PartnerSite

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import People

SITES = "admin:partners_partnersite_changelist"
KEYS = "admin:partners_apikey_changelist"


@pytest.fixture
def site(client: Client, people: People) -> PartnerSite:
    """Return a partner site, and sign the administrator in."""
    client.force_login(people.make("eve", "Administrator"))
    return create_site(slug="guide", name="A guide")


def _do(client: Client, page: str, action: str, *rows: object) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}  # type: ignore[attr-defined]
    return client.post(reverse(page), data, follow=True).content.decode()


def test_shows_a_new_key_once(client: Client, site: PartnerSite) -> None:
    page = _do(client, SITES, "issue_a_key", site)

    shown = re.search(r'value="(cak_[^"]+)"', page)
    assert shown
    key = read_key(shown[1])
    assert key
    assert ApiKey.objects.get().secret_sha256 == key.secret_sha256
    for name in (SITES, KEYS):
        assert key.secret not in client.get(reverse(name)).content.decode()


def test_refuses_a_third_key_and_two_sites_at_once(client: Client, site: PartnerSite) -> None:
    for _ in range(2):
        issue_key(site=site)

    assert "Revoke one first" in _do(client, SITES, "issue_a_key", site)
    other = create_site(slug="other", name="Another")
    assert "one site at a time" in _do(client, SITES, "issue_a_key", site, other)
    assert ApiKey.objects.count() == 2


def test_revokes_a_key(client: Client, site: PartnerSite) -> None:
    issue_key(site=site)
    key = ApiKey.objects.get()

    assert "is revoked" in _do(client, KEYS, "revoke", key)
    key.refresh_from_db()
    assert key.revoked_at
    assert "was revoked on" in _do(client, KEYS, "revoke", key)


def test_neither_adds_nor_changes_nor_deletes_a_key(client: Client, site: PartnerSite) -> None:
    issue_key(site=site)
    key = ApiKey.objects.get()

    assert client.get(reverse("admin:partners_apikey_add")).status_code == 403
    assert client.get(reverse("admin:partners_apikey_delete", args=[key.pk])).status_code == 403
    change = reverse("admin:partners_apikey_change", args=[key.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"revoked_at": ""}).status_code == 403


def test_is_for_administrators(client: Client, site: PartnerSite, people: People) -> None:
    client.force_login(people.ann)

    assert client.get(reverse(SITES)).status_code == 403
    assert client.post(reverse(SITES), {"action": "issue_a_key", "_selected_action": [site.pk]}).status_code == 403
    assert not ApiKey.objects.exists()


def test_adds_a_site(client: Client, site: PartnerSite) -> None:
    client.post(reverse("admin:partners_partnersite_add"), {"slug": "new-guide", "name": "New guide"})

    assert PartnerSite.objects.get(slug="new-guide").is_demo is False
