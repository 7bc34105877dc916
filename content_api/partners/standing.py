"""How sites stand to what is out: the release that each says it serves, how far that is behind, and since when.

A site promises to refresh within seven days, and sooner where a release says by when sites must act. The site
“leukemia-guide” serves release 41. Release 42 came out on Monday and lets it act until Wednesday: on Thursday it is
overdue, as it is next Tuesday if release 42 names no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from content_api.editions.models import PublishedRelease, Tombstone
from content_api.partners.models import Acknowledgement, ApiKey, PartnerSite
from content_api.partners.queries import works

if TYPE_CHECKING:
    from datetime import datetime

REFRESH_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """How a site stands: the release that it serves, if it said so, and how many are out that it did not acknowledge.

    `since` is when it fell behind: when the first of those came out, or when it got its first key if that was later.
    """

    site: PartnerSite
    release: int | None
    acknowledged_at: datetime | None
    behind: int
    since: datetime | None
    act_by: datetime | None

    @classmethod
    def of(cls, site: Any) -> Self:
        """Return how a site stands that `with_standing` annotated."""
        since = max(filter(None, (site.fell_behind_at, None if site.served else site.first_key_at)), default=None)
        act_by = min(filter(None, (site.release_act_by, site.withdrawal_act_by)), default=None)
        return cls(site, site.served, site.served_since, site.missed, since if site.missed else None, act_by)

    @property
    def due(self) -> datetime | None:
        """By when it is to serve the current release; None if it does."""
        return min(filter(None, (self.since and self.since + REFRESH_WITHIN, self.act_by)), default=None)

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it should have followed by now."""
        return self.due is not None and self.due < now


def with_standing(sites: QuerySet[PartnerSite]) -> QuerySet[Any]:
    """Annotate sites with what `Standing` is made of, in the same query."""
    said = Acknowledgement.objects.filter(site=OuterRef("pk")).order_by("-pk")
    first = ApiKey.objects.filter(site=OuterRef("pk")).order_by("created_at").values("created_at")[:1]
    missed = PublishedRelease.objects.filter(number__gt=Coalesce(OuterRef("served"), 0))
    count = missed.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    down = Tombstone.objects.filter(release__gt=Coalesce(OuterRef("served"), 0))
    return sites.annotate(
        served=Subquery(said.values("release")[:1]),
        served_since=Subquery(said.values("acknowledged_at")[:1]),
        first_key_at=Subquery(first),
    ).annotate(
        missed=Coalesce(Subquery(count, output_field=IntegerField()), 0),
        fell_behind_at=Subquery(missed.order_by("number").values("published_at")[:1]),
        release_act_by=_earliest(missed),
        withdrawal_act_by=_earliest(down),
    )


def _earliest(rows: QuerySet[Any]) -> Subquery:
    """Return the first time by which sites had to act; who got a key after a time was not there to act."""
    return Subquery(rows.filter(act_by__gt=OuterRef("first_key_at")).order_by("act_by").values("act_by")[:1])


def standing_of(site: PartnerSite) -> Standing:
    """Return how one site stands, in one query."""
    return Standing.of(with_standing(PartnerSite.objects.filter(pk=site.pk)).get())


def sites_behind(now: datetime) -> list[Standing]:
    """Return the sites that can read and do not serve what is out, the most pressing first; in one query."""
    reading = PartnerSite.objects.filter(Exists(ApiKey.objects.filter(works(now), site=OuterRef("pk"))))
    found = [Standing.of(site) for site in with_standing(reading).filter(missed__gt=0)]
    return sorted(found, key=lambda one: (one.due or now, one.site.slug))
