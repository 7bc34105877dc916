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
from tests.proofs.races import DONE, Race, committed_desk, compete, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from tests.situations import Desk

_numbers = itertools.count(1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """Offer one desk to all races, with two releases that are out."""
    with django_db_blocker.unblock(), committed_desk() as desk:
        desk.publish(desk.approved("first"))
        desk.publish(desk.approved("second"))
        yield desk


@pytest.fixture
def _django_db_helper(desk: Desk) -> None:
    """Keep what a race wrote: the store goes on to the next."""


def new_slug() -> str:
    return f"site-{next(_numbers)}"


def test_two_keys_where_one_is_left(desk: Desk) -> None:
    def prepare() -> Race:
        site = create_site(slug=new_slug(), name="A site")
        issue_key(site=site)

        def holds(_ending: tuple[str, str]) -> None:
            assert active_keys(site, timezone.now()).count() == MOST_ACTIVE_KEYS

        issue = partial(issue_key, site=site)
        return Race(issue, issue, one_of("too-many-keys"), holds)

    compete("key/key", prepare)


def test_two_sites_of_one_name(desk: Desk) -> None:
    def prepare() -> Race:
        create = partial(create_site, slug=new_slug(), name="A site")
        return Race(create, create, one_of("site-exists"))

    compete("site/site", prepare)


@pytest.mark.parametrize(("one", "other", "recorded"), [(2, 2, 1), (1, 2, 2)], ids=["the same", "another"])
def test_two_acknowledgements(desk: Desk, one: int, other: int, recorded: int) -> None:
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
