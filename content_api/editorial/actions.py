"""Every move of a working copy and its versions: one atomic, keyword-only function for each verb.

Locks are taken in one order everywhere: release counter, items by id, audit head.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api import kinds, shapes
from content_api.canonical_json import canonical, sha256_of_text
from content_api.content_items import ContentItem
from content_api.editorial import audit, checks, policies, queries
from content_api.editorial.models import (
    ChangeType,
    Contribution,
    ContributionCause,
    RequiredReview,
    Review,
    Reviewer,
    State,
    Verdict,
    Version,
    VersionContributor,
)
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.canonical_json import Json
    from content_api.content_items import WorkingCopy


@transaction.atomic
def record_edit(*, item: ContentItem, person: AbstractBaseUser, now: datetime | None = None) -> Contribution | None:
    """Note who changed a working copy, if its content moved; called after every save of it and its child rows."""
    locked = _lock(item)
    draft = queries.draft_sha256(locked)
    if draft == locked.draft_sha256:
        return None
    return _contribute(locked, [(person, ContributionCause.EDITED)], draft, now or timezone.now())[0]


@transaction.atomic
def adopt(*, item: ContentItem, person: AbstractBaseUser, now: datetime | None = None) -> Contribution | None:
    """Answer, as an editor, for a change that was made to the working copy outside the application."""
    policies.check_is_editor(person)
    locked = _lock(item)
    draft = queries.draft_sha256(locked)
    if draft == locked.draft_sha256:
        raise Refused("nothing-to-adopt", "The working copy is as it was last recorded; there is nothing to adopt.")
    return _contribute(locked, [(person, ContributionCause.ADOPTED)], draft, now or timezone.now())[0]


@transaction.atomic
def submit(
    *,
    item: ContentItem,
    person: AbstractBaseUser,
    change_type: str = "",
    change_note: str = "",
    now: datetime | None = None,
) -> Version:
    """Freeze the working copy as a version and send it to review, with everyone who contributed to it."""
    now = now or timezone.now()
    item = _lock(item)
    policies.check_can_submit(item, person, change_type, change_note)
    content = queries.draft(item)
    findings = checks.check_can_be_published(item, content, now.date())
    contributions = queries.contributions_since_approval(item)
    version = Version(
        **_frozen(item, content),
        change_type=change_type or ChangeType.FIRST,
        change_note=change_note.strip(),
        findings=findings,
        submitted_by_id=person.pk,
        submitted_at=now,
        last_contribution=item.contributions.order_by("pk").last(),
    )
    _open(version, {one.person_id for one in contributions}, content)
    _record(version, "submit", person, now, contributors=sorted({one.person_id for one in contributions}))
    return version


@transaction.atomic
def recall(*, version: Version, person: AbstractBaseUser, now: datetime | None = None) -> Version:
    """Take a version back: its submitter while it is in review, any reviewer while it is approved and not out."""
    version = _lock_version(version)
    policies.check_can_recall(version, person)
    return _move(version, State.RECALLED, "recall", person, now or timezone.now())


@transaction.atomic
def approve(  # noqa: PLR0913 - a verdict is bound to that much
    *,
    version: Version,
    person: AbstractBaseUser,
    role: str,
    content_sha256: str,
    substance_sha256: str,
    comment: str = "",
    now: datetime | None = None,
) -> Review:
    """Let the text that was shown pass, in one role; with the last role that it needs, the version is approved."""
    now = now or timezone.now()
    version = _lock_version(version)
    policies.check_can_approve(version, person, role)
    review = _review(version, person, role, Verdict.APPROVED, (content_sha256, substance_sha256), comment, now)
    if _is_complete(version):
        _move(version, State.APPROVED, "approve", person, now, role=role)
    else:
        _record(version, "approve", person, now, role=role)
    return review


@transaction.atomic
def request_changes(  # noqa: PLR0913 - a verdict is bound to that much
    *,
    version: Version,
    person: AbstractBaseUser,
    role: str,
    content_sha256: str,
    substance_sha256: str,
    comment: str,
    now: datetime | None = None,
) -> Review:
    """Send a version back, saying what must change; the correction is the next version."""
    now = now or timezone.now()
    version = _lock_version(version)
    policies.check_can_review(version, person, role)
    if not comment.strip():
        raise Refused("comment-missing", "Say what must change, so that the author knows what to do.")
    shown = (content_sha256, substance_sha256)
    review = _review(version, person, role, Verdict.CHANGES_REQUESTED, shown, comment, now)
    _move(version, State.CHANGES_REQUESTED, "request_changes", person, now, role=role)
    return review


@transaction.atomic
def confirm(  # noqa: PLR0913 - a confirmation says who, in which role, against what
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
    item = _lock(item)
    policies.check_can_confirm(item, person, role)
    if source.kind != "source" or not note.strip():
        raise Refused("source-missing", "Name the source that you checked it against, and what you found.")
    version = queries.open_version(item) or _open_confirmation(item, person, note, now)
    policies.check_can_approve(version, person, role)
    shown = queries.shown(version)
    comment = f"Checked against source {source.pk}: {note.strip()}"
    _review(version, person, role, Verdict.APPROVED, (shown.content_sha256, shown.substance_sha256), comment, now)
    if _is_complete(version):
        return _move(version, State.APPROVED, "confirm", person, now, role=role, source=str(source.pk))
    _record(version, "confirm", person, now, role=role, source=str(source.pk))
    return version


@transaction.atomic
def restore(*, version: Version, person: AbstractBaseUser, now: datetime | None = None) -> WorkingCopy:
    """Write an old version into the working copy. Its contributors count as contributors again."""
    now = now or timezone.now()
    policies.check_is_editor(person)
    item = _lock(version.item)
    working_copy = queries.working_copy(item)
    shapes.restore(working_copy, queries.content_of(version))
    writers = [(one.person, ContributionCause.WROTE_RESTORED) for one in version.contributors.select_related("person")]
    draft = queries.draft_sha256(item)
    _contribute(item, [*writers, (person, ContributionCause.RESTORED)], draft, now)
    _record(version, "restore", person, now)
    return working_copy


def _lock(item: ContentItem) -> ContentItem:
    return ContentItem.objects.select_for_update().get(pk=item.pk)


def _lock_version(version: Version) -> Version:
    item = _lock(version.item)
    locked = Version.objects.get(pk=version.pk)
    locked.item = item
    return locked


def _contribute(
    item: ContentItem, people: Iterable[tuple[AbstractBaseUser, ContributionCause]], draft: str, now: datetime
) -> list[Contribution]:
    rows = [
        Contribution.objects.create(item=item, person_id=person.pk, cause=cause, draft_sha256=draft, at=now)
        for person, cause in people
    ]
    item.draft_sha256 = draft
    item.save(update_fields=["draft_sha256"])
    return rows


def _frozen(item: ContentItem, content: Json) -> Json:
    text = canonical(content)
    return {
        "id": uuid.uuid4(),
        "item": item,
        "number": queries.next_number(item),
        "schema_version": kinds.get(item.kind).schema_version,
        "content": text,
        "content_sha256": sha256_of_text(text),
    }


def _open(version: Version, contributors: set[int], content: Json) -> None:
    """Write who contributed and whose review it needs, then the version's own row, which seals them."""
    roles = kinds.get(version.item.kind).required_roles(content)
    VersionContributor.objects.bulk_create(
        VersionContributor(version_id=version.pk, person_id=person) for person in sorted(contributors)
    )
    RequiredReview.objects.bulk_create(RequiredReview(version_id=version.pk, role=role) for role in sorted(roles))
    version.save(force_insert=True)


def _open_confirmation(item: ContentItem, person: AbstractBaseUser, note: str, now: datetime) -> Version:
    approved = queries.last_approved(item)
    if approved is None:
        raise Refused("never-approved", "Nothing of this item was approved yet. Submit it for review instead.")
    content = queries.content_of(approved)
    version = Version(
        **_frozen(item, content),
        change_type=ChangeType.CONFIRMED,
        change_note=note.strip(),
        submitted_by_id=person.pk,
        submitted_at=now,
        last_contribution_id=approved.last_contribution_id,
    )
    _open(version, set(), content)
    _record(version, "submit", person, now, confirms=approved.number)
    return version


def _review(  # noqa: PLR0913 - a verdict is bound to that much
    version: Version,
    person: AbstractBaseUser,
    role: str,
    verdict: Verdict,
    hashes: tuple[str, str],
    comment: str,
    now: datetime,
) -> Review:
    shown = queries.shown(version)
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


def name_of(person: AbstractBaseUser) -> str:
    """Return the name that a person's verdicts carry for ever."""
    full: str = getattr(person, "get_full_name", str)()
    return full or person.get_username()


def credentials_of(person: AbstractBaseUser) -> str:
    """Return the credentials that a person's verdicts carry for ever."""
    return Reviewer.objects.filter(person_id=person.pk).values_list("credentials", flat=True).first() or ""


def _is_complete(version: Version) -> bool:
    given = version.reviews.filter(verdict=Verdict.APPROVED).values("role")
    return not version.required_reviews.exclude(role__in=given).exists()


def _move(  # noqa: PLR0913 - a move has that many sides
    version: Version, to_state: State, verb: str, person: AbstractBaseUser, now: datetime, **details: str
) -> Version:
    from_state, version.state = version.state, to_state
    version.save(update_fields=["state"])
    _record(version, verb, person, now, from_state=from_state, **details)
    return version


def _record(  # noqa: PLR0913 - a move has that many sides
    version: Version,
    verb: str,
    person: AbstractBaseUser,
    now: datetime,
    from_state: str = "",
    **details: object,
) -> None:
    audit.record(
        subject=f"version:{version.pk}",
        verb=verb,
        person=person,
        from_state=from_state,
        to_state=version.state,
        subject_sha256=version.content_sha256,
        details={"item": str(version.item_id), "number": version.number, **details},
        now=now,
    )

