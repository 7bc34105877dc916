"""Questions about what waits for whom. Each is one query, and those that its rows prefetch, unless it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Count, Exists, F, OuterRef, Subquery, Value

from content_api import kinds
from content_api.content_items import ContentItem
from content_api.editions.models import Edition
from content_api.editorial import queries
from content_api.editorial.models import (
    Contribution,
    ParkedState,
    ParkedText,
    RequiredReview,
    Review,
    State,
    Version,
    VersionContributor,
)
from content_api.people import roles_of
from content_api.releases.models import Release, ReleaseComposer, ReleaseItem, ReleaseState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

FINAL = (ReleaseState.PUBLISHED, ReleaseState.CANCELLED)


def _versions() -> QuerySet[Version]:
    return Version.objects.select_related("item", "submitted_by").prefetch_related("required_reviews", "reviews")


def to_review(person: User) -> QuerySet[Version]:
    """Return what is in review, needs a role that the person holds, and was not written by them; oldest first."""
    needed = RequiredReview.objects.filter(version=OuterRef("pk"), role__in=roles_of(person))
    given = Review.objects.filter(version=OuterRef("version"), role=OuterRef("role"))
    wrote = VersionContributor.objects.filter(version=OuterRef("pk"), person=person)
    judged = Review.objects.filter(version=OuterRef("pk"), reviewer=person)
    found = _versions().filter(Exists(needed.exclude(Exists(given))), ~Exists(wrote), ~Exists(judged))
    return found.filter(state=State.IN_REVIEW).order_by("submitted_at", "pk")


def sent_back(person: User) -> QuerySet[Version]:
    """Return the person's texts whose last submission came back with changes requested, newest first."""
    later = Version.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    wrote = VersionContributor.objects.filter(version=OuterRef("pk"), person=person)
    found = _versions().filter(~Exists(later), Exists(wrote), state=State.CHANGES_REQUESTED)
    return found.order_by("-submitted_at", "pk")


def in_review_by(person: User) -> QuerySet[Version]:
    """Return what the person submitted and is not judged yet, newest first."""
    return _versions().filter(submitted_by=person, state=State.IN_REVIEW).order_by("-submitted_at", "pk")


def not_submitted(person: User) -> QuerySet[ContentItem]:
    """Return the items whose working copy the person changed into what was never submitted, last changed first."""
    mine = Contribution.objects.filter(
        person=person, draft_sha256=F("item__draft_sha256")
    )  # read once, and not per item
    submitted = Version.objects.filter(item=OuterRef("pk"), content_sha256=OuterRef("draft_sha256"))
    found = ContentItem.objects.filter(~Exists(submitted), pk__in=mine.values("item"))
    last = Contribution.objects.filter(item=OuterRef("pk")).order_by("-pk").values("at")
    return found.annotate(changed_at=Subquery(last[:1])).order_by("-changed_at", "pk")


def parked() -> QuerySet[ParkedText]:
    """Return the texts that are parked, oldest first; free to come back once what stands in for them is submitted."""
    submitted = Version.objects.filter(item=OuterRef("item"), content_sha256=OuterRef("item__draft_sha256"))
    found = ParkedText.objects.filter(state=ParkedState.PARKED).select_related("item")
    return found.annotate(is_free=Exists(submitted)).order_by("parked_at", "pk")


def approved_and_not_out() -> QuerySet[Version]:
    """Return the approved versions that neither went out, nor are older than one that did, nor are in a release."""
    held = ReleaseItem.objects.filter(item=OuterRef("item"))
    out = held.filter(release__state=ReleaseState.PUBLISHED, version__number__gte=OuterRef("number"))
    coming = held.exclude(release__state__in=FINAL)
    found = _versions().filter(~Exists(out), ~Exists(coming), state=State.APPROVED)
    return found.order_by("-submitted_at", "pk")


def going_out() -> QuerySet[Release]:
    """Return the releases that are being made, with the count of their texts, oldest first."""
    releases = Release.objects.exclude(state__in=FINAL).annotate(
        item_count=Count("items", distinct=True) + Count("working_copies", distinct=True)
    )
    return releases.order_by("created_at", "pk")


def refused_when_due() -> QuerySet[Release]:
    """Return the releases that were to go out by themselves, were refused, and wait for a person; oldest first."""
    return Release.objects.filter(state=ReleaseState.OPEN).exclude(refusal="").order_by("created_at", "pk")


def pulls_to_confirm(person: User) -> QuerySet[Release]:
    """Return the pulls that wait for a second person, and that this person did not make; oldest first."""
    made = ReleaseComposer.objects.filter(release=OuterRef("pk"), person=person)
    pulls = Release.objects.filter(is_pull=True, state=ReleaseState.PUBLISHED, pullconfirmation=None)
    return pulls.filter(~Exists(made)).order_by("created_at", "pk")


def names_of(items: Iterable[ContentItem]) -> dict[UUID, str]:
    """Return what each item is called: its name as it is live, or else the slug of its working copy. Two queries."""
    wanted = [item.pk for item in items]
    parts = [
        kind.model._default_manager.filter(pk__in=wanted)
        .annotate(of_kind=Value(kind.name, output_field=CharField()), address=F("slug"))
        .values_list("pk", "address")
        for kind in kinds.all_kinds()
    ]
    slugs = dict(parts[0].union(*parts[1:])) if parts and wanted else {}
    live = Edition.objects.filter(content_id__in=wanted, until_release=None)
    return slugs | dict(live.values_list("content_id", "name"))


def name_of(version: Version) -> str:
    """Return the name of the item as a version has it."""
    return kinds.get(version.item.kind).name_of(queries.content_of(version))
