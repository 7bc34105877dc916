"""What happens to a version before a verdict: submitted, recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api.editorial import checks, policies, queries
from content_api.editorial.models import ChangeType, State, Version
from content_api.editorial.moves import frozen, lock, lock_version, move, open_version, record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.rendering.world import Draft


@transaction.atomic
def submit(
    *,
    item: ContentItem,
    person: AbstractBaseUser,
    change_type: str = "",
    change_note: str = "",
    beside: Mapping[str, Draft] | None = None,
    now: datetime | None = None,
) -> Version:
    """Freeze the working copy as a version and send it to review, with everyone who contributed to it.

    `beside` holds the working copies that go to review with it, by id: what it names may be among them.
    """
    now = now or timezone.now()
    item = lock(item)
    policies.check_can_submit(item, person, change_type, change_note)
    content = queries.draft(item)
    findings = checks.check_can_be_published(item, content, now.date(), beside)
    contributions = queries.contributions_since_approval(item)
    version = Version(
        **frozen(item, content),
        change_type=change_type or ChangeType.FIRST,
        change_note=change_note.strip(),
        findings=findings,
        submitted_by_id=person.pk,
        submitted_at=now,
        last_contribution=item.contributions.order_by("pk").last(),
    )
    open_version(version, {one.person_id for one in contributions}, content)
    record(version, "submit", person, now, contributors=sorted({one.person_id for one in contributions}))
    return version


@transaction.atomic
def recall(*, version: Version, person: AbstractBaseUser, now: datetime | None = None) -> Version:
    """Take a version back: its submitter while it is in review, any reviewer while it is approved and not out."""
    version = lock_version(version)
    policies.check_can_recall(version, person)
    return move(version, State.RECALLED, "recall", person, now or timezone.now())
