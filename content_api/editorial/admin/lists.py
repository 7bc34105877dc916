"""What the lists of working copies show besides a kind's own columns: where each text stands, at a fixed price."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils import timezone

from content_api.editions.models import Edition, Tombstone
from content_api.editorial.models import Contribution, State, Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

STATES = {  # where a text stands, as a person who works on it would say
    "not_submitted": "Not submitted",
    "in_review": "In review",
    "changes_requested": "Sent back",
    "approved": "Approved, not out",
    "live": "Live",
    "withdrawn": "Withdrawn",
}
SOON = timedelta(days=30)


def with_standing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return working copies with where they stand, what of them is live, and who changed them last."""
    newest = Version.objects.filter(item=OuterRef("pk")).exclude(state=State.RECALLED).order_by("-number")
    live = Edition.objects.filter(content_id=OuterRef("pk"), until_release=None)
    written = Contribution.objects.filter(item=OuterRef("pk")).order_by("-pk")
    full_name = NullIf(Trim(Concat("person__first_name", Value(" "), "person__last_name")), Value(""))
    names = written.annotate(name=Coalesce(full_name, "person__username")).values("name")
    found: QuerySet[Any] = rows.annotate(
        newest_state=Subquery(newest.values("state")[:1]),
        newest_sha256=Subquery(newest.values("content_sha256")[:1]),
        live_version=Subquery(live.values("version")[:1]),
        live_release=Subquery(live.values("from_release_id")[:1]),
        live_sha256=Subquery(live.values("content_sha256")[:1]),
        next_review=Subquery(live.values("next_review")[:1]),
        owner_name=Subquery(names[:1]),
    ).annotate(stands=_stands())
    return found


def _stands() -> Case:
    is_submitted = Q(newest_sha256=F("item__draft_sha256"))
    gone = Exists(Tombstone.objects.filter(content_id=OuterRef("pk")))
    return Case(
        When(newest_state=State.IN_REVIEW, then=Value("in_review")),
        When(Q(newest_state=State.CHANGES_REQUESTED) & is_submitted, then=Value("changes_requested")),
        When(~is_submitted | Q(newest_sha256=None), then=Value("not_submitted")),
        When(live_sha256=F("newest_sha256"), then=Value("live")),
        When(Q(live_version=None) & gone, then=Value("withdrawn")),
        default=Value("approved"),
        output_field=CharField(),
    )


class _Chosen(admin.SimpleListFilter):
    """A filter by what a list is annotated with."""

    choices_of: dict[str, str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every choice."""
        return list(self.choices_of.items())


class Stands(_Chosen):
    """Where it stands."""

    title, parameter_name, choices_of = "where it stands", "stands", STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what stands there."""
        return queryset.filter(stands=self.value()) if self.value() in STATES else queryset


class Out(_Chosen):
    """Whether readers see it."""

    title, parameter_name = "live release", "out"
    choices_of = {"yes": "Live", "no": "Not live"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what is live, or what is not."""
        return (
            queryset.filter(live_version__isnull=self.value() == "no") if self.value() in self.choices_of else queryset
        )


class NextReview(_Chosen):
    """When it must be looked at again."""

    title, parameter_name = "next review", "review"
    choices_of = {"overdue": "Overdue", "soon": "Within 30 days", "later": "Later"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what is due then."""
        today = timezone.now().date()
        periods = {
            "overdue": Q(next_review__lt=today),
            "soon": Q(next_review__range=(today, today + SOON)),
            "later": Q(next_review__gt=today + SOON),
        }
        return queryset.filter(periods[self.value() or ""]) if self.value() in periods else queryset


class Owner(_Chosen):
    """Who changed it last."""

    title, parameter_name = "owner", "owner"
    choices_of = {"me": "Me", "others": "Somebody else"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what the person changed last, or what others did."""
        if self.value() not in self.choices_of:
            return queryset
        last = Contribution.objects.filter(item=OuterRef("pk")).order_by("-pk").values("person_id")[:1]
        mine = Q(last_person=request.user.pk)
        found: QuerySet[Any] = queryset.annotate(last_person=Subquery(last))
        return found.filter(mine if self.value() == "me" else ~mine)


FILTERS = (Stands, Out, NextReview, Owner)
