"""The audit trail: one append-only chain of every move, each row carrying the hash of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.canonical_json import Json, sha256
from content_api.editorial import fingerprints
from content_api.editorial.models import AuditHead, Transition
from content_api.progress import unwatched

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.progress import Watch


def record(
    *,
    subject: str,
    verb: str,
    person: AbstractBaseUser,
    subject_sha256: str,
    now: datetime,
    from_state: str = "",
    to_state: str = "",
    details: Json,
) -> Transition:
    """Append a move to the trail. The last thing that an action does: the head is the last lock.

    `details` holds under "rows" the fingerprints of all that stands of the subject, so that none of it can change unseen.
    """
    AuditHead.objects.select_for_update().get(pk=1)
    last = Transition.objects.order_by("-seq").first()
    row = Transition(
        seq=last.seq + 1 if last else 1,
        subject=subject,
        verb=verb,
        from_state=from_state,
        to_state=to_state,
        person_id=person.pk,
        subject_sha256=subject_sha256,
        details=details,
        at=now,
        previous_hash=last.hash if last else None,
    )
    row.hash = hash_of(row)
    row.save(force_insert=True)
    return row


def hash_of(row: Transition) -> str:
    """Return the hash that a row of the trail should carry."""
    members = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"hash", "at"}
    }
    return sha256({**members, "at": row.at.isoformat()})


def first_bad_row(watch: Watch = unwatched) -> tuple[object, str] | None:
    """Return the first row that is damaged or whose hash or link is wrong, with what is wrong; None if all is well."""
    for damaged in fingerprints.unreadable(Transition, watch):
        return damaged
    previous: Transition | None = None
    for row in watch(Transition.objects.order_by("seq")):
        expected = previous.seq + 1 if previous else 1
        if row.seq < expected:
            return row.seq, "the trail begins with row 1"
        if row.seq > expected:
            return expected, "it is missing"
        if row.previous_hash != (previous.hash if previous else None):
            return row.seq, "it does not carry the hash of the row before"
        if row.hash != hash_of(row):
            return row.seq, "its content is not what its hash says"
        previous = row
    return None
