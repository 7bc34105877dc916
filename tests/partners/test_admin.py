"""Sites and keys in the admin: issued once, revoked, never edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

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


def _issue(client: Client, site: PartnerSite) -> str:
    return client.post(reverse("admin:partners_partnersite_key", args=[site.pk]), follow=True).content.decode()


def _revoke(client: Client, key: ApiKey) -> str:
    return client.post(reverse("admin:partners_apikey_revoke", args=[key.pk]), follow=True).content.decode()


def _page(client: Client, site: PartnerSite) -> str:
    return client.get(reverse("admin:partners_partnersite_change", args=[site.pk])).content.decode()


def test_shows_a_new_key_once(client: Client, site: PartnerSite) -> None:
    answer = client.post(reverse("admin:partners_partnersite_key", args=[site.pk]))

    assert "no-store" in answer.headers["Cache-Control"]
    shown = re.search(r'value="(cak_[^"]+)"', answer.content.decode())
    assert shown
    key = read_key(shown[1])
    assert key
    assert ApiKey.objects.get().secret_sha256 == key.secret_sha256
    for page in (client.get(reverse(SITES)).content.decode(), client.get(reverse(KEYS)).content.decode()):
        assert key.secret not in page
    assert key.secret not in _page(client, site)


def test_rotates_a_key(client: Client, site: PartnerSite) -> None:
    issue_key(site=site)
    old = ApiKey.objects.get()

    assert f"{old} goes on working" in _issue(client, site)
    assert _page(client, site).count(">Works<") == 2
    assert "is revoked" in _revoke(client, old)
    page = _page(client, site)
    assert (page.count(">Works<"), page.count(">Revoked<")) == (1, 1)
    assert "was revoked on" in _revoke(client, old)


def test_refuses_a_third_key(client: Client, site: PartnerSite) -> None:
    issue_key(site=site)
    assert "Issue the next key" in _page(client, site)
    issue_key(site=site)

    assert "Issue the next key" not in _page(client, site)
    assert "Revoke one first" in _issue(client, site)
    assert ApiKey.objects.count() == 2


def test_says_that_an_expired_key_works_no_more(client: Client, site: PartnerSite) -> None:
    issue_key(site=site)
    ApiKey.objects.update(expires_at=timezone.now())

    assert ">Expired<" in _page(client, site)
    assert "none yet" in client.get(reverse(SITES)).content.decode()


def test_deletes_a_site_only_before_its_first_key(client: Client, site: PartnerSite, people: People) -> None:
    client.force_login(people.ada)
    delete = reverse("admin:partners_partnersite_delete", args=[site.pk])
    assert "Delete A guide?" in client.get(delete).content.decode()
    issue_key(site=site)

    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert PartnerSite.objects.exists()


@pytest.mark.parametrize("name", ["partners_partnersite_key", "partners_apikey_revoke"])
def test_finds_nothing_where_there_is_nothing(client: Client, site: PartnerSite, name: str) -> None:
    address = reverse(f"admin:{name}", args=[999])

    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 404


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
    assert client.post(reverse("admin:partners_partnersite_key", args=[site.pk])).status_code == 403
    assert not ApiKey.objects.exists()
    issue_key(site=site)
    assert client.post(reverse("admin:partners_apikey_revoke", args=[ApiKey.objects.get().pk])).status_code == 403
    assert ApiKey.objects.get().revoked_at is None


def test_adds_a_site(client: Client, site: PartnerSite) -> None:
    client.post(reverse("admin:partners_partnersite_add"), {"slug": "new-guide", "name": "New guide"})

    assert PartnerSite.objects.get(slug="new-guide").is_demo is False
