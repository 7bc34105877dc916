"""Questions to working copies and versions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Exists, Max, OuterRef

from content_api import kinds, shapes
from content_api.canonical_json import Json, sha256
from content_api.editions.models import Edition, PublishedRelease, Tombstone
from content_api.editorial.merging import merged
from content_api.editorial.models import (
    ChangeType,
    Contribution,
    ParkedState,
    ParkedText,
    ReviewComment,
    State,
    Transition,
    Version,
)
from content_api.rendering.slots import roles_of_quotes
from content_api.rendering.substance import Rendering, render
from content_api.rendering.world import Draft, EditionWorld

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from content_api.content_items import ContentItem, WorkingCopy
    from content_api.kinds import Kind, ReviewRole


@dataclass(frozen=True)
class Shown:
    """What a reviewer is shown of a version, and the hashes that the verdict is bound to."""

    content: Json
    content_sha256: str
    rendering: Rendering

    @property
    def substance(self) -> Json:
        """The text as the public will read it."""
        return self.rendering.substance

    @property
    def substance_sha256(self) -> str:
        """Its hash."""
        return self.rendering.sha256


def working_copy(item: ContentItem) -> WorkingCopy:
    """Return the row that editors edit."""
    return kinds.get(item.kind).model._default_manager.get(pk=item.pk)


def draft(item: ContentItem) -> Json:
    """Return the content of the working copy as it stands."""
    return shapes.snapshot(working_copy(item))


def draft_sha256(item: ContentItem) -> str:
    """Return the hash of the working copy as it stands."""
    return sha256(draft(item))


def open_version(item: ContentItem) -> Version | None:
    """Return the version that is in review, if there is one."""
    return item.versions.filter(state=State.IN_REVIEW).first()


def last_approved(item: ContentItem) -> Version | None:
    """Return the newest approved version that changed the text (a confirmation changes none)."""
    return (
        item.versions.filter(state=State.APPROVED).exclude(change_type=ChangeType.CONFIRMED).order_by("-number").first()
    )


def waiting_version(item: ContentItem) -> Version | None:
    """Return the approved version that never went out, if the working copy still says the same."""
    newest = item.versions.filter(state=State.APPROVED).order_by("-number").first()
    waits = newest and not was_out(newest) and newest.content_sha256 == item.draft_sha256
    return newest if waits else None


def is_first(item: ContentItem) -> bool:
    """Tell whether nothing of the item was ever approved."""
    return not item.versions.filter(state=State.APPROVED).exists()


def is_live_or_waiting(version: Version) -> bool:
    """Tell whether an approved version is live, or may still go out."""
    return is_live(version) or not (was_out(version) or taken_down_since(version))


def is_live(version: Version) -> bool:
    """Tell whether the text of a version is what is out now."""
    live = Edition.objects.filter(content_id=version.item_id, until_release=None)
    return live.filter(content_sha256=version.content_sha256).exists()


def live_version(item: ContentItem) -> Version | None:
    """Return the version of which an edition is out now."""
    live = Edition.objects.filter(content_id=item.pk, until_release=None)
    return item.versions.filter(pk__in=live.values("version_id")).first()


def base_of(version: Version) -> Json:
    """Return the content on which a version was written: the last one approved before it, or nothing."""
    before = version.item.versions.filter(state=State.APPROVED, number__lt=version.number)
    base = before.exclude(change_type=ChangeType.CONFIRMED).order_by("-number").first()
    return content_of(base) if base else {}


def was_out(version: Version) -> bool:
    """Tell whether a version is or was out."""
    return Edition.objects.filter(version_id=version.pk).exists()


def taken_down_since(version: Version) -> int | None:
    """Return the release that took the item down after the version was approved, if one did.

    The audit trail knows the order of the two, whatever the clocks said.
    """
    last = Tombstone.objects.filter(content_id=version.item_id).aggregate(last=Max("release_id"))["last"]
    if last is None:
        return None
    approvals = Transition.objects.filter(subject=f"version:{version.pk}", to_state=State.APPROVED)
    releases = Transition.objects.filter(verb="publish", subject__startswith="release:", details__number=last)
    approved = approvals.aggregate(seq=Max("seq"))["seq"] or 0
    return last if releases.filter(seq__gt=approved).exists() else None


def parked_text(item: ContentItem) -> ParkedText | None:
    """Return the text of an item that is parked, if one is."""
    parked = item.parked_texts.filter(state=ParkedState.PARKED)
    return parked.select_related("item", "base__item", "parked_by").first()


def parked_draft(parked: ParkedText) -> Draft:
    """Return a parked text as something that can enter a world."""
    return Draft.stored(kinds.get(parked.item.kind), parked.content, parked.schema_version)


def writers_of(parked: ParkedText) -> list[Contribution]:
    """Return a contribution of everybody whose words a parked text may hold beyond what was live."""
    since = parked.base.last_contribution_id or 0
    theirs = parked.item.contributions.filter(pk__gt=since, pk__lte=parked.last_contribution_id)
    return list({one.person_id: one for one in theirs.select_related("person").order_by("pk")}.values())


def brought_back(parked: ParkedText) -> tuple[Json, list[str]]:
    """Return the working copy with what a parked text changes on top of it, and the members that both changed."""
    return merged(content_of(parked.base), parked_draft(parked).content, draft(parked.item))


def next_number(item: ContentItem) -> int:
    """Return the number of the item's next submission."""
    return (item.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def contributions_since_approval(item: ContentItem) -> list[Contribution]:
    """Return who changed the working copy after what the last approved version contains, oldest first."""
    approved = last_approved(item)
    since = approved.last_contribution_id if approved else None
    return list(item.contributions.filter(pk__gt=since or 0).order_by("pk"))


def content_of(version: Version) -> Json:
    """Return a version's content in today's schema."""
    return draft_of(version).content


def draft_of(version: Version) -> Draft:
    """Return a version as something that can enter a world."""
    return Draft.stored(kinds.get(version.item.kind), version.content, version.schema_version)


def working_draft(item: ContentItem) -> Draft:
    """Return the working copy as something that can enter a world."""
    return Draft(kinds.get(item.kind), lambda: draft(item))


def newest_waiting(item: ContentItem) -> Version | None:
    """Return the newest version that is in review, or approved and never out."""
    waiting = item.versions.filter(state__in=[State.IN_REVIEW, State.APPROVED]).order_by("-number").first()
    return waiting if waiting and not was_out(waiting) else None


def has_place(version: Version, pointer: str) -> bool:
    """Tell whether a version has what a pointer names: a member (`/summary`), a row by its key or a member of that.

    `/events/approved` is a row, and `/events/approved/on` a member of it.
    """
    try:
        at_pointer(content_of(version), pointer)
    except LookupError:
        return False
    return True


def at_pointer(content: Json, pointer: str) -> object:
    """Return what stands at a pointer, or raise LookupError."""
    start, *names = pointer.split("/")
    value: Any = content
    for name in names:
        value = _by_key(value)[name]
    if start or not names:
        raise LookupError(pointer)
    return value


def _by_key(value: Any) -> Json:
    """Return the members of an object, or the rows of a list by their keys."""
    rows = value if isinstance(value, list) else []
    return (
        value
        if isinstance(value, dict)
        else {row["key"]: row for row in rows if isinstance(row, dict) and "key" in row}
    )


def open_comments(item: ContentItem) -> list[ReviewComment]:
    """Return the comments on an item's last submission, if it is in review or came back; answers below each."""
    version = item.versions.order_by("-number").first()
    if version is None or version.state not in {State.IN_REVIEW, State.CHANGES_REQUESTED}:
        return []
    return comments_on(version)


def comments_on(version: Version) -> list[ReviewComment]:
    """Return the comments on a version, oldest first, with their answers."""
    found = version.comments.filter(answers=None).prefetch_related("answered_by")
    return list(found.order_by("pk"))


def required_roles(kind: Kind, content: Json) -> frozenset[ReviewRole]:
    """Return whose approval content needs: what its kind says, and for what its prose quotes."""
    return frozenset(kind.required_roles(content)) | roles_of_quotes(kind.shape, content)


def current_release() -> int:
    """Return the number of the release that is out, 0 if there is none."""
    return PublishedRelease.objects.aggregate(last=Max("number"))["last"] or 0


def shown(version: Version) -> Shown:
    """Return what a reviewer is shown of a version, as it would read in the current release.

    What it refers to and is not live yet is shown as it stands in review, so that a reviewer of a first
    publication reads names and not gaps. If it goes out differently, the impact says so.
    """
    content_id = str(version.item_id)
    drafts = {content_id: draft_of(version)}
    world = EditionWorld(release=current_release(), entering=drafts, waiting=pending_drafts())
    return Shown(content_of(version), version.content_sha256, render(content_id, draft_of(version), world))


def pending_drafts() -> dict[str, Draft]:
    """Return the newest open or approved version of every item that is not live; none of their contents is read yet."""
    was_out = Exists(Edition.objects.filter(content_id=OuterRef("item_id"), version_id=OuterRef("pk")))
    rows = _waiting().annotate(was_out=was_out).order_by("number")
    newest = {row[0]: row for row in rows.values_list("item_id", "pk", "item__kind", "was_out")}
    piles = {kind: _Pile(kinds.get(kind)) for _, _, kind, _ in newest.values()}
    return {
        str(item_id): piles[kind].draft(version_id) for item_id, version_id, kind, out in newest.values() if not out
    }


class _Pile:
    """The contents that wait of a kind: read in one go when the first of them is asked for, because a set asks for all."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def draft(self, version_id: UUID) -> Draft:
        """Return a version of it."""
        return Draft(self.kind, lambda: self._content(version_id))

    def _content(self, version_id: UUID) -> Json:
        if version_id not in self._stored:  # somebody moved it on in between
            return content_of(Version.objects.select_related("item").get(pk=version_id))
        content, schema_version = self._stored[version_id]
        return self.kind.upcast(orjson.loads(content), schema_version)

    @cached_property
    def _stored(self) -> dict[UUID, tuple[str, int]]:
        rows = _waiting().filter(item__kind=self.kind.name).values_list("pk", "content", "schema_version")
        return {pk: (content, schema_version) for pk, content, schema_version in rows}


def _waiting() -> QuerySet[Version]:
    live = Edition.objects.filter(until_release=None).values("content_id")
    return Version.objects.filter(state__in=[State.IN_REVIEW, State.APPROVED]).exclude(item__in=live)
