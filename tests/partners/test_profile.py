"""What an administrator says of a site: the words that disclaimers fill in, and from where browsers may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from content_api.partners.actions import create_site
from content_api.partners.models import PartnerSite
from content_api.readers import NEUTRAL, Reader

if TYPE_CHECKING:
    from tests.conftest import People


@pytest.fixture
def site(db: None) -> PartnerSite:
    return create_site(slug="guide", name="A guide")


def test_nothing_is_known_of_a_new_site(site: PartnerSite) -> None:
    assert site.reader == NEUTRAL
    assert site.origins == []


def test_an_administrator_says_who_is_behind_a_site(site: PartnerSite, people: People) -> None:
    client = Client()
    client.force_login(people.ada)
    address = reverse("admin:partners_partnersite_change", args=[site.pk])
    form = {
        "name": "A guide",
        "slug": "guide",
        "organization_name": "Waypoint",
        "organization_role": "COORDINATOR",
        "disclaimer_url": "waypoint.example/disclaimer",
        "origins": "https://waypoint.example\r\n https://WWW.waypoint.example \r\n\r\nhttps://waypoint.example",
    }
    assert client.post(address, form).status_code == 302
    site.refresh_from_db()

    assert site.reader == Reader("Waypoint", "COORDINATOR", "https://waypoint.example/disclaimer")
    assert site.origins == ["https://waypoint.example", "https://www.waypoint.example"]
    refused = client.post(address, {**form, "origins": "https://waypoint.example/page"})
    assert "is no origin" in refused.content.decode()
    site.refresh_from_db()
    assert site.origins == ["https://waypoint.example", "https://www.waypoint.example"]


@pytest.mark.parametrize(
    ("origin", "is_one"),
    [
        ("https://guide.example", True),
        ("https://guide.example:8443", True),
        ("http://localhost:3000", True),
        ("http://guide.example", False),
        ("https://guide.example/", False),
        ("https://*.guide.example", False),
        ("https://guide.example@evil.example", False),
        ("null", False),
        ("*", False),
        (5, False),
    ],
)
def test_an_origin_is_what_a_browser_sends(site: PartnerSite, origin: object, is_one: bool) -> None:  # noqa: FBT001
    site.origins = [origin]
    if is_one:
        site.full_clean()
        return
    with pytest.raises(ValidationError, match="is no origin"):
        site.full_clean()


def test_a_role_is_one_that_there_is(site: PartnerSite) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerSite.objects.filter(pk=site.pk).update(organization_role="SELLER")
    PartnerSite.objects.filter(pk=site.pk).update(organization_role="PROVIDER")
