"""What a release holds while it is made: working copies, the versions that they became, approved versions, withdrawals.

A submission of an item whose working copy is in a set belongs to the set. Nobody moves it there: which version a set
stands with is asked of the versions, and what was approved takes its place in the set when the set is next locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Prefetch

from content_api import kinds
from content_api.editorial import queries
from content_api.editorial.models import ChangeType, Review, State, Version
from content_api.releases.models import ReleaseItem, ReleaseWorkingCopy

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import QuerySet

    from content_api.content_items import ContentItem
    from content_api.releases.models import Release

SENT_BACK = "needs rewriting"
UNSUBMITTED = "to be submitted"
_READ = {State.IN_REVIEW, State.APPROVED}


@dataclass(frozen=True)
class Judgment:
    """What a reviewer of a set says of one version, bound to what the page showed of it."""

    verdict: str
    content_sha256: str
    substance_sha256: str
    comment: str = ""


@dataclass(frozen=True)
class Member:
    """A working copy in a set, and the version that it became there, if it was submitted."""

    row: ReleaseWorkingCopy
    version: Version | None

    @property
    def is_to_submit(self) -> bool:
        """Tell whether it waits for an editor: nothing was submitted, or it was sent back."""
        return self.version is None or self.version.state == State.CHANGES_REQUESTED

    @property
    def is_approved(self) -> bool:
        """Tell whether its version was approved, and will take its place when the set is next locked."""
        return self.version is not None and self.version.state == State.APPROVED

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.version is None:
            return UNSUBMITTED
        return SENT_BACK if self.is_to_submit else self.version.get_state_display().lower()

    @property
    def name(self) -> str:
        """The name of the text as its working copy has it."""
        item = self.row.item
        return kinds.get(item.kind).name_of(queries.draft(item))


def members_of(release: Release) -> list[Member]:
    """Return the working copies of a release, each with the version that it became there, by item."""
    rows = list(release.working_copies.select_related("item").order_by("item_id"))
    after = {row.item_id: row.after for row in rows}
    found = _versions().filter(item__in=after).exclude(state=State.RECALLED).exclude(change_type=ChangeType.CONFIRMED)
    newest = {one.item_id: one for one in found.order_by("number") if one.number > after[one.item_id]}
    return [Member(row, newest.get(row.item_id)) for row in rows]


def items_of(release: Release) -> list[ReleaseItem]:
    """Return what would go out with a release, by item: the approved versions in it, and those in review beside them.

    A version in review is given as an item that is not saved, so that a set reads as it will when it is out.
    """
    stored = release.items.prefetch_related(Prefetch("version", _versions()))
    became = [one.version for one in members_of(release) if one.version and one.version.state in _READ]
    entering = [ReleaseItem(release=release, item_id=one.item_id, version=one) for one in became]
    return sorted([*stored, *entering], key=lambda one: one.item_id)


def settle(release: Release) -> None:
    """Let the versions that were approved take the place of their working copies in a locked, open release."""
    for member in members_of(release):
        if member.version and member.is_approved:
            member.row.delete()
            ReleaseItem.objects.create(release=release, item_id=member.version.item_id, version=member.version)


def take_in(release: Release, item: ContentItem, person: AbstractBaseUser) -> ReleaseWorkingCopy:
    """Put a working copy into a locked release. A submission that is in review already belongs to it, too."""
    opened = queries.open_version(item)
    if opened and opened.change_type != ChangeType.CONFIRMED:
        after = opened.number - 1
    else:
        after = item.versions.aggregate(last=Max("number"))["last"] or 0
    return ReleaseWorkingCopy.objects.create(release=release, item=item, after=after, put_in_by_id=person.pk)


def _versions() -> QuerySet[Version]:
    """Return versions with what the reading of a set asks of them."""
    reviews = Prefetch("reviews", Review.objects.order_by("pk"))
    return Version.objects.select_related("item").prefetch_related(reviews)
