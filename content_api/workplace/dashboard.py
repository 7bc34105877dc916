"""What a person finds when they come to work: what waits for them, and where each thing is done.

Each section is a fixed number of queries, whatever the corpus holds, and shows the first rows with the count of all.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

from content_api import kinds
from content_api.editions.models import PublishedRelease
from content_api.editorial.freshness import due_for_review
from content_api.people import (
    ADMINISTRATOR,
    EDITOR,
    MEDICAL_REVIEWER,
    PUBLISHER,
    REGULATORY_REVIEWER,
    REVIEWER_ROLES,
    roles_of,
)
from content_api.workplace import sites, waiting
from content_api.workplace.sections import Row, Section, first_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import User

    from content_api.content_items import ContentItem
    from content_api.editorial.freshness import Due
    from content_api.editorial.models import ParkedText, Version
    from content_api.releases.models import Release

SOON = timedelta(days=30)  # how long before its day a review is announced
READERS = (EDITOR, MEDICAL_REVIEWER, REGULATORY_REVIEWER)


def dashboard(person: User, now: datetime) -> list[Section]:
    """Return the sections for a person's roles: those that hold something first, the most pressing before the others."""
    roles = roles_of(person)
    sections = [
        (PUBLISHER in roles or bool(roles & {*REVIEWER_ROLES}), _pulled),
        (bool(roles & {*REVIEWER_ROLES}), _to_review),
        (EDITOR in roles, _sent_back),
        (EDITOR in roles, _parked),
        (EDITOR in roles, _not_submitted),
        (EDITOR in roles, _in_review),
        (bool(roles & {EDITOR, PUBLISHER}), _going_out),
        (bool(roles & {EDITOR, PUBLISHER}), _approved),
        (bool(roles & {*READERS}), _due),
        (bool(roles & {PUBLISHER, ADMINISTRATOR}), _sites),
    ]
    found = [build(person, now) for wanted, build in sections if wanted]
    return sorted((one for one in found if one.rows or one.empty), key=lambda one: not one.rows)


def _pulled(person: User, _now: datetime) -> Section:
    return Section("Pulled, and needs a second person", "error", "").asking(
        waiting.pulls_to_confirm(person),
        lambda release: _release_row(release, "Confirm within 24 hours of the pull"),
    )


def _to_review(person: User, _now: datetime) -> Section:
    section = Section(
        "Waits for your review",
        "review",
        "Nothing waits for you. What editors submit in one of your roles appears here, oldest first.",
        url=f"{reverse('admin:editorial_version_changelist')}?waits=me",
    )
    return section.asking(waiting.to_review(person), _to_review_row)


def _sent_back(person: User, _now: datetime) -> Section:
    section = Section(
        "Sent back to you",
        "comment",
        "Nothing was sent back. When a reviewer asks for changes, the text and the comment appear here.",
    )
    return section.asking(waiting.sent_back(person), _sent_back_row)


def _parked(_person: User, _now: datetime) -> Section:
    texts, count = first_of(waiting.parked())
    names = waiting.names_of(one.item for one in texts)
    rows = [_parked_row(one, names.get(one.item_id, "")) for one in texts]
    return Section("Parked, to be brought back", "clock", "").holding(rows, count)


def _not_submitted(person: User, _now: datetime) -> Section:
    items, count = first_of(waiting.not_submitted(person))
    names = waiting.names_of(items)
    section = Section(
        "Written, and not submitted",
        "edit",
        "Every text that you changed was submitted. One that you save without submitting appears here.",
    )
    rows = [_item_row(item, names.get(item.pk, "")) for item in items]
    return section.holding(rows, count)


def _in_review(person: User, _now: datetime) -> Section:
    section = Section(
        "Yours in review",
        "clock",
        "Nothing of yours is in review. What you submit appears here until it is judged.",
    )
    return section.asking(waiting.in_review_by(person), _in_review_row)


def _going_out(_person: User, _now: datetime) -> Section:
    section = Section(
        "Goes out next",
        "release",
        "No release is open. Open one, and what it will publish appears here.",
        url=reverse("admin:releases_release_changelist"),
    )
    return section.asking(waiting.going_out(), lambda release: _release_row(release, _texts(release)))


def _approved(_person: User, _now: datetime) -> Section:
    section = Section("Approved, and not out", "check", "Everything that was approved is out, or waits in a release.")
    return section.asking(
        waiting.approved_and_not_out(), lambda version: _version_row(version, f"{_kind(version)}, in no release yet")
    )


def _due(_person: User, now: datetime) -> Section:
    found = _due_in(_newest_release(), now.date())
    section = Section(
        "Due for review",
        "clock",
        "Nothing is due within 30 days. Texts whose review runs out, or about which something moved, appear here.",
    )
    return section.listing(found, _due_row)


@lru_cache(maxsize=2)  # one answer for everybody, until something goes out or the day ends
def _due_in(_release: str, today: date) -> tuple[Due, ...]:
    """Return what is due in the newest release, by its hash: that says all on which the answer depends."""
    return tuple(due_for_review(today=today, soon=today + SOON))


def _newest_release() -> str:
    return PublishedRelease.objects.order_by("-number").values_list("hash", flat=True).first() or ""


def _sites(_person: User, now: datetime) -> Section:
    return sites.behind(now)


def _version_row(version: Version, what: str) -> Row:
    url = reverse("admin:editorial_version_change", args=[version.pk])
    return Row(_name(version), url, what, f"by {_person(version)}", version.submitted_at)


def _to_review_row(version: Version) -> Row:
    return _version_row(version, f"{_kind(version)}, {version.get_change_type_display().lower()}")


def _in_review_row(version: Version) -> Row:
    return _version_row(version, f"{_kind(version)}, waits for {_waits_for(version)}")


def _sent_back_row(version: Version) -> Row:
    review = next((one for one in version.reviews.all() if one.comment), None)
    said = f"{review.reviewer_name}: “{review.comment}”" if review else "Open it and read the comments."
    return Row(_name(version), _working_copy(version.item), said, _kind(version), version.submitted_at)


def _item_row(item: ContentItem, name: str) -> Row:
    return Row(name, _working_copy(item), kinds.get(item.kind).label, "last changed", item.changed_at)  # type: ignore[attr-defined]


def _parked_row(parked: ParkedText, name: str) -> Row:
    free: bool = parked.is_free  # type: ignore[attr-defined]
    what = f"{kinds.get(parked.item.kind).label}, half written; what is live {'was' if free else 'is being'} corrected"
    state = ("approved", "Can come back") if free else ("not_submitted", "Waits")
    return Row(name, _working_copy(parked.item, "parked"), what, "since", parked.parked_at, *state)


def _release_row(release: Release, what: str) -> Row:
    url = reverse("admin:releases_release_change", args=[release.pk])
    return Row(
        release.title, url, what, "opened", release.created_at, release.state.lower(), release.get_state_display()
    )


def _due_row(due: Due) -> Row:
    url = _working_copy_of(due.content_id, due.kind)
    state = ("overdue", "Overdue") if due.is_overdue else ("due", "Due")
    return Row(due.name, url, " ".join(due.reasons), "by", due.next_review, *state)


def _name(version: Version) -> str:
    return waiting.name_of(version)


def _kind(version: Version) -> str:
    return kinds.get(version.item.kind).label


def _waits_for(version: Version) -> str:
    given = {one.role for one in version.reviews.all()}
    missing = sorted({one.role for one in version.required_reviews.all()} - given)
    return " and ".join(role.lower() for role in missing)


def _texts(release: Release) -> str:
    count: int = release.item_count  # type: ignore[attr-defined]
    return f"{count} text{'' if count == 1 else 's'} so far" if count else "Holds nothing yet"


def _person(version: Version) -> str:
    return str(version.submitted_by.get_full_name() or version.submitted_by.get_username())


def _working_copy(item: ContentItem, page: str = "change") -> str:
    return _working_copy_of(item.pk, item.kind, page)


def _working_copy_of(content_id: object, kind: str, page: str = "change") -> str:
    meta = kinds.get(kind).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[content_id])
