"""The steps that editorial actions share: lock, freeze, open, move, record.

Locks are taken in one order everywhere: release counter, items by id, audit head.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from content_api import kinds, shapes
from content_api.canonical_json import Json, canonical, sha256_of_text
from content_api.content_items import ContentItem
from content_api.editorial import audit, queries
from content_api.editorial.fingerprints import fingerprints, rows_of
from content_api.editorial.models import (
    Contribution,
    RequiredReview,
    Reviewer,
    State,
    Version,
    VersionContributor,
)
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import WorkingCopy
    from content_api.editorial.models import ContributionCause


def lock(item: ContentItem) -> ContentItem:
    """Lock an item for the rest of the transaction, and return it as it is now."""
    return ContentItem.objects.select_for_update(no_key=True).get(pk=item.pk)  # others may go on referring to it


def lock_items(content_ids: Iterable[UUID]) -> list[ContentItem]:
    """Lock items by id, before anything else of a move that touches several, and return them as they are now."""
    return list(ContentItem.objects.select_for_update(no_key=True).filter(pk__in=list(content_ids)).order_by("pk"))


def lock_version(version: Version) -> Version:
    """Lock a version's item, and return the version as it is now."""
    item = lock(version.item)
    locked = Version.objects.get(pk=version.pk)
    locked.item = item
    return locked


def frozen(item: ContentItem, content: Json) -> Json:
    """Return the columns of a new version that its content settles."""
    text = canonical(content)
    return {
        "id": uuid.uuid4(),
        "item": item,
        "number": queries.next_number(item),
        "schema_version": kinds.get(item.kind).schema_version,
        "content": text,
        "content_sha256": sha256_of_text(text),
    }


def open_version(version: Version, contributors: set[int], content: Json) -> None:
    """Write who contributed and whose review it needs, then the version's own row, which seals them."""
    roles = queries.required_roles(kinds.get(version.item.kind), content)
    VersionContributor.objects.bulk_create(
        VersionContributor(version_id=version.pk, person_id=person) for person in sorted(contributors)
    )
    RequiredReview.objects.bulk_create(RequiredReview(version_id=version.pk, role=role) for role in sorted(roles))
    version.save(force_insert=True)


def write(item: ContentItem, content: Json) -> WorkingCopy:
    """Write content into a locked item's working copy; raises Refused where it is no valid text."""
    row = queries.working_copy(item)
    try:
        shapes.restore(row, content)
    except ValidationError as error:
        raise Refused("no-valid-text", f"Written so, it is no valid text: {' '.join(error.messages)}") from error
    except IntegrityError as error:
        raise Refused(
            "no-valid-text", "Written so, a row of it would break a rule. Make the change by hand."
        ) from error
    return row


def contribute(
    item: ContentItem, people: Iterable[tuple[AbstractBaseUser, ContributionCause]], draft: str, now: datetime
) -> list[Contribution]:
    """Note who brought words into the working copy as it stands, whose hash is `draft`."""
    rows = [
        Contribution.objects.create(item=item, person_id=person.pk, cause=cause, draft_sha256=draft, at=now)
        for person, cause in people
    ]
    item.draft_sha256 = draft
    item.save(update_fields=["draft_sha256"])
    return rows


def name_of(person: AbstractBaseUser) -> str:
    """Return the name that a person's verdicts carry for ever."""
    full: str = getattr(person, "get_full_name", str)()
    return full or person.get_username()


def credentials_of(person: AbstractBaseUser) -> str:
    """Return the credentials that a person's verdicts carry for ever."""
    return Reviewer.objects.filter(person_id=person.pk).values_list("credentials", flat=True).first() or ""


def move(
    version: Version, to_state: State, verb: str, person: AbstractBaseUser, now: datetime, **details: str
) -> Version:
    """Move a version to a state, and record the move."""
    from_state, version.state = version.state, to_state
    version.save(update_fields=["state"])
    record(version, verb, person, now, from_state=from_state, **details)
    return version


def record(
    version: Version,
    verb: str,
    person: AbstractBaseUser,
    now: datetime,
    from_state: str = "",
    **details: object,
) -> None:
    """Append what happened to a version to the audit trail."""
    audit.record(
        subject=f"version:{version.pk}",
        verb=verb,
        person=person,
        from_state=from_state,
        to_state=version.state,
        subject_sha256=version.content_sha256,
        details={
            "item": str(version.item_id),
            "number": version.number,
            **details,
            "rows": fingerprints(rows_of(version)),
        },
        now=now,
    )
