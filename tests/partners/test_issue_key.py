"""`manage.py issue_key SITE`, as a script uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from content_api.partners.actions import create_site, issue_key
from content_api.partners.keys import read_key
from content_api.partners.models import ApiKey

if TYPE_CHECKING:
    from content_api.partners.models import PartnerSite


@pytest.fixture
def site(db: None) -> PartnerSite:
    """Return a partner site."""
    return create_site(slug="guide", name="A guide")


def test_prints_the_key_and_nothing_else(site: PartnerSite, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_key", "guide")

    printed = capsys.readouterr()
    key = read_key(printed.out.removesuffix("\n"))
    assert key
    assert printed.err == ""
    assert ApiKey.objects.get().key_id == key.key_id


def test_prints_nothing_when_it_is_refused(site: PartnerSite, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        issue_key(site=site)

    with pytest.raises(CommandError, match="Revoke one first"):
        call_command("issue_key", "guide")

    assert capsys.readouterr().out == ""
    assert ApiKey.objects.count() == 2


def test_names_the_sites_when_there_is_no_such_site(site: PartnerSite) -> None:
    with pytest.raises(CommandError, match=r"no partner site “gide”\. The sites are: guide\."):
        call_command("issue_key", "gide")


@pytest.mark.django_db
def test_says_where_to_add_the_first_site() -> None:
    with pytest.raises(CommandError, match=r"There are none yet\. Add one in the admin"):
        call_command("issue_key", "guide")
