"""What sites say that they serve: a release that is out, once, and for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from content_api.partners.actions import acknowledge, create_site
from content_api.partners.models import Acknowledgement
from content_api.refusals import Refused

if TYPE_CHECKING:
    from content_api.partners.models import PartnerSite

NOW = datetime(2026, 6, 23, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def said(site: PartnerSite) -> list[tuple[int, datetime]]:
    """Return what a site said, in the order in which it was recorded."""
    rows = Acknowledgement.objects.filter(site=site).order_by("pk")
    return list(rows.values_list("release", "acknowledged_at"))


def test_are_recorded_as_they_come_and_a_site_may_go_back(site: PartnerSite, hashes: dict[int, str]) -> None:
    for hours, number in enumerate((1, 2, 1)):
        acknowledge(site=site, release=number, release_hash=hashes[number], now=NOW + timedelta(hours=hours))

    assert said(site) == [(1, NOW), (2, LATER), (1, NOW + timedelta(hours=2))]


def test_of_the_same_release_again_are_the_one_that_there_is(site: PartnerSite, hashes: dict[int, str]) -> None:
    first = acknowledge(site=site, release=2, release_hash=hashes[2], now=NOW)
    again = acknowledge(site=site, release=2, release_hash=hashes[2], now=LATER)

    assert (again, again.acknowledged_at, said(site)) == (first, NOW, [(2, NOW)])


def test_of_one_site_say_nothing_of_another(site: PartnerSite, hashes: dict[int, str]) -> None:
    other = create_site(slug="other", name="Another")
    acknowledge(site=site, release=2, release_hash=hashes[2], now=NOW)
    acknowledge(site=other, release=2, release_hash=hashes[2], now=LATER)

    assert (said(site), said(other)) == ([(2, NOW)], [(2, LATER)])


@pytest.mark.parametrize(
    ("number", "of", "why"),
    [(2, 1, "Release 2 has another hash here"), (3, 2, "There is no release 3 here"), (0, 1, "There is no release 0")],
)
def test_of_what_is_not_ours_are_refused(
    site: PartnerSite, hashes: dict[int, str], number: int, of: int, why: str
) -> None:
    with pytest.raises(Refused, match=f"{why}.*Start over") as refused:
        acknowledge(site=site, release=number, release_hash=hashes[of])

    assert (refused.value.code, said(site)) == ("history-diverged", [])
