"""Where a text stands, in sentences for the person who edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api.editions.models import Edition, Tombstone
from content_api.editorial import policies, queries
from content_api.editorial.models import State
from content_api.refusals import refusal_of

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem


def bar_of(item: ContentItem, person: Any) -> Json:
    """Return what the bar above the form says and offers: where the text stands, what is parked, what may be corrected."""
    return {
        "standing": [_live(item), *_last_submission(item), *_draft(item)],
        "parked": queries.parked_text(item),
        "may_correct": not refusal_of(policies.check_can_park, item, person),
    }


def _live(item: ContentItem) -> str:
    edition = Edition.objects.filter(content_id=item.pk, until_release=None).first()
    if edition:
        return f"Version {edition.version} is live since release {edition.from_release_id}."
    tombstone = Tombstone.objects.filter(content_id=item.pk).order_by("-release_id").first()
    if tombstone:
        return f"It was withdrawn in release {tombstone.release_id}: {tombstone.get_reason_display().lower()}."
    return "Nothing of it is public yet."


def _last_submission(item: ContentItem) -> list[str]:
    version = item.versions.order_by("-number").first()
    if version is None:
        return []
    said = f"Submission {version.number}: {version.get_state_display().lower()}"
    if version.state == State.IN_REVIEW:
        given = version.reviews.values("role")
        waits = version.required_reviews.exclude(role__in=given).order_by("role").values_list("role", flat=True)
        return [f"{said}, waits for {' and '.join(role.lower() for role in waits)}."]
    if version.state == State.CHANGES_REQUESTED:
        review = version.reviews.filter(verdict=State.CHANGES_REQUESTED).first()
        return [f"{said} by {review.reviewer_name}: “{review.comment}”"] if review else [f"{said}."]
    return [f"{said}."]


def _draft(item: ContentItem) -> list[str]:
    version = item.versions.exclude(state=State.RECALLED).order_by("-number").first()
    draft = queries.draft_sha256(item)
    if draft != item.draft_sha256:
        return ["The working copy was changed outside the application: check every field, and adopt the change."]
    if version and version.content_sha256 == draft:
        return []
    return ["Your changes are not submitted."] if version else ["It was not submitted for review yet."]
