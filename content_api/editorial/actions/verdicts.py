"""Verdicts on a version: approve, request changes, confirm; each bound to what the person was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api.editorial import policies, queries
from content_api.editorial.models import ChangeType, Review, State, Verdict, Version
from content_api.editorial.moves import (
    credentials_of,
    frozen,
    lock,
    lock_version,
    move,
    name_of,
    open_version,
    record,
)
from content_api.refusals import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem


@transaction.atomic
def approve(
    *,
    version: Version,
    person: AbstractBaseUser,
    role: str,
    content_sha256: str,
    substance_sha256: str,
    comment: str = "",
    reading: queries.Shown | None = None,
    now: datetime | None = None,
) -> Review:
    """Let the text that was shown pass, in one role; with the last role that it needs, the version is approved.

    `reading` is how it reads beside what goes out with it; without one it is read among what is out and what waits.
    """
    now = now or timezone.now()
    version = lock_version(version)
    policies.check_can_approve(version, person, role)
    given = (content_sha256, substance_sha256)
    review = _review(version, person, role, Verdict.APPROVED, given, comment=comment, reading=reading, now=now)
    if _is_complete(version):
        move(version, State.APPROVED, "approve", person, now, role=role)
    else:
        record(version, "approve", person, now, role=role)
    return review


@transaction.atomic
def request_changes(
    *,
    version: Version,
    person: AbstractBaseUser,
    role: str,
    content_sha256: str,
    substance_sha256: str,
    comment: str,
    reading: queries.Shown | None = None,
    now: datetime | None = None,
) -> Review:
    """Send a version back, saying what must change; the correction is the next version.

    `reading` is how it reads beside what goes out with it.
    """
    now = now or timezone.now()
    version = lock_version(version)
    policies.check_can_review(version, person, role)
    if not comment.strip():
        raise Refused("comment-missing", "Say what must change, so that the author knows what to do.")
    given = (content_sha256, substance_sha256)
    review = _review(version, person, role, Verdict.CHANGES_REQUESTED, given, comment=comment, reading=reading, now=now)
    move(version, State.CHANGES_REQUESTED, "request_changes", person, now, role=role)
    return review


@transaction.atomic
def confirm(
    *,
    item: ContentItem,
    person: AbstractBaseUser,
    role: str,
    source: ContentItem,
    note: str,
    now: datetime | None = None,
) -> Version:
    """Say that the last approved text was checked against a source today and is still true.

    A confirmation is a version with the same content, to which nobody contributed; when every required role has
    confirmed it, it can be released with a new `last_reviewed`.
    """
    now = now or timezone.now()
    item = lock(item)
    approved = policies.check_can_confirm(item, person, role)
    if source.kind != "source" or not note.strip():
        raise Refused("source-missing", "Name the source that you checked it against, and what you found.")
    version = queries.open_version(item) or _open_confirmation(approved, person, note, now)
    policies.check_can_approve(version, person, role)
    shown = queries.shown(version)
    comment = f"Checked against source {source.pk}: {note.strip()}"
    hashes = (shown.content_sha256, shown.substance_sha256)
    _review(version, person, role, Verdict.APPROVED, hashes, comment=comment, reading=shown, now=now)
    if _is_complete(version):
        return move(version, State.APPROVED, "confirm", person, now, role=role, source=str(source.pk))
    record(version, "confirm", person, now, role=role, source=str(source.pk))
    return version


def _open_confirmation(approved: Version, person: AbstractBaseUser, note: str, now: datetime) -> Version:
    content = queries.content_of(approved)
    version = Version(
        **frozen(approved.item, content),
        change_type=ChangeType.CONFIRMED,
        change_note=note.strip(),
        submitted_by_id=person.pk,
        submitted_at=now,
        last_contribution_id=approved.last_contribution_id,
    )
    open_version(version, set(), content)
    record(version, "submit", person, now, confirms=approved.number)
    return version


def _review(
    version: Version,
    person: AbstractBaseUser,
    role: str,
    verdict: Verdict,
    hashes: tuple[str, str],
    *,
    comment: str,
    reading: queries.Shown | None,
    now: datetime,
) -> Review:
    shown = reading or queries.shown(version)
    policies.check_what_was_shown(shown.content_sha256, hashes[0], "text")
    policies.check_what_was_shown(shown.substance_sha256, hashes[1], "text as readers will see it")
    return Review.objects.create(
        version=version,
        reviewer_id=person.pk,
        role=role,
        verdict=verdict,
        comment=comment.strip(),
        content_sha256=shown.content_sha256,
        substance_sha256=shown.substance_sha256,
        substance=shown.rendering.canonical,
        reviewer_name=name_of(person),
        reviewer_credentials=credentials_of(person),
        at=now,
    )


def _is_complete(version: Version) -> bool:
    given = version.reviews.filter(verdict=Verdict.APPROVED).values("role")
    return not version.required_reviews.exclude(role__in=given).exists()
