"""What happens to a working copy: edited, adopted, restored; always with the person who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api import shapes
from content_api.editorial import policies, queries
from content_api.editorial.merging import merged
from content_api.editorial.models import ContributionCause
from content_api.editorial.moves import contribute, lock, record, write
from content_api.refusals import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import Model

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem, WorkingCopy
    from content_api.editorial.models import Contribution, Version


@transaction.atomic
def record_edit(*, item: ContentItem, person: AbstractBaseUser, now: datetime | None = None) -> Contribution | None:
    """Note who changed a working copy, if its content moved; called after every save of it and its child rows."""
    locked = lock(item)
    draft = queries.draft_sha256(locked)
    if draft == locked.draft_sha256:
        return None
    return contribute(locked, [(person, ContributionCause.EDITED)], draft, now or timezone.now())[0]


@transaction.atomic
def adopt(*, item: ContentItem, person: AbstractBaseUser, now: datetime | None = None) -> Contribution | None:
    """Answer, as an editor, for a change that was made to the working copy outside the application."""
    policies.check_is_editor(person)
    locked = lock(item)
    draft = queries.draft_sha256(locked)
    if draft == locked.draft_sha256:
        raise Refused("nothing-to-adopt", "The working copy is as it was last recorded; there is nothing to adopt.")
    return contribute(locked, [(person, ContributionCause.ADOPTED)], draft, now or timezone.now())[0]


@transaction.atomic
def restore(*, version: Version, person: AbstractBaseUser, now: datetime | None = None) -> WorkingCopy:
    """Write an old version into the working copy. Its contributors count as contributors again."""
    now = now or timezone.now()
    policies.check_is_editor(person)
    item = lock(version.item)
    content = queries.content_of(version)
    policies.check_address_is_free(item, content["slug"])
    working_copy = write(item, content)
    writers = [(one.person, ContributionCause.WROTE_RESTORED) for one in version.contributors.select_related("person")]
    draft = queries.draft_sha256(item)
    contribute(item, [*writers, (person, ContributionCause.RESTORED)], draft, now)
    record(version, "restore", person, now)
    return working_copy


@transaction.atomic
def merge_into_live(*, version: Version, person: AbstractBaseUser, now: datetime | None = None) -> list[str]:
    """Write what is live into the working copy, with what an approved version changed on top of it.

    Returns the members that both changed. Whoever wrote the version counts as a contributor again.
    """
    now = now or timezone.now()
    policies.check_is_editor(person)
    item = lock(version.item)
    live = policies.check_can_merge(item, version)
    content, both = merged(queries.base_of(version), queries.content_of(version), queries.content_of(live))
    policies.check_something_is_left(content, queries.content_of(live))
    write(item, content)
    writers = [(one.person, ContributionCause.WROTE_RESTORED) for one in version.contributors.select_related("person")]
    contribute(item, [*writers, (person, ContributionCause.RESTORED)], queries.draft_sha256(item), now)
    record(version, "merge", person, now, live=live.number, both=both)
    return both


@transaction.atomic
def save_beside(
    *, row: Model, item: ContentItem, person: AbstractBaseUser, base: Json, mine: Json, now: datetime | None = None
) -> tuple[Json, list[str]]:
    """Save what a person made of `base` into a working copy (or one of its rows) that others changed meanwhile.

    Returns both together, and the places that both changed, each its own way. While there are any, nothing is saved.
    """
    policies.check_is_editor(person)
    item = lock(item)
    stands = shapes.snapshot(row)
    content, both = merged(base, mine, stands)
    if not both and content != stands:
        shapes.restore(row, content)
        contribute(item, [(person, ContributionCause.EDITED)], queries.draft_sha256(item), now or timezone.now())
    return content, both
