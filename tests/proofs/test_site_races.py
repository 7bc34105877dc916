"""A site and its keys at the same moment: one outcome, and what it says is recorded once."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from content_api.editions.models import PublishedRelease
from content_api.partners.actions import acknowledge, create_site, issue_key
from content_api.partners.models import Acknowledgement
from content_api.partners.policies import MOST_ACTIVE_KEYS
from content_api.partners.queries import active_keys
from tests.proofs.races import DONE, Race, compete, one_of

if TYPE_CHECKING:
    from tests.situations import Desk

_numbers = itertools.count(1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two_releases(desk: Desk) -> None:
    """Begin with two releases that are out."""
    desk.publish(desk.approved("first"))
    desk.publish(desk.approved("second"))


def new_slug() -> str:
    return f"site-{next(_numbers)}"


def test_two_keys_where_one_is_left() -> None:
    def prepare() -> Race:
        site = create_site(slug=new_slug(), name="A site")
        issue_key(site=site)

        def holds(_ending: tuple[str, str]) -> None:
            assert active_keys(site, timezone.now()).count() == MOST_ACTIVE_KEYS

        issue = partial(issue_key, site=site)
        return Race(issue, issue, one_of("too-many-keys"), holds)

    compete("key/key", prepare)


def test_two_sites_of_one_name() -> None:
    def prepare() -> Race:
        create = partial(create_site, slug=new_slug(), name="A site")
        return Race(create, create, one_of("site-exists"))

    compete("site/site", prepare)


@pytest.mark.parametrize(("one", "other", "recorded"), [(2, 2, 1), (1, 2, 2)], ids=["the same", "another"])
def test_two_acknowledgements(one: int, other: int, recorded: int) -> None:
    hashes = dict(PublishedRelease.objects.values_list("number", "hash"))

    def prepare() -> Race:
        site = create_site(slug=new_slug(), name="A site")
        acts = [partial(acknowledge, site=site, release=number, release_hash=hashes[number]) for number in (one, other)]

        def holds(_ending: tuple[str, str]) -> None:
            said = Acknowledgement.objects.filter(site=site).order_by("pk")
            assert said.count() == recorded
            assert [row.acknowledged_at for row in said] == sorted(row.acknowledged_at for row in said)

        return Race(acts[0], acts[1], {(DONE, DONE)}, holds)

    compete(f"acknowledge {one}/{other}", prepare)
