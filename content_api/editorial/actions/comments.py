"""What is said of a field while a version is reviewed: comments, and the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api.editorial import policies
from content_api.editorial.models import ReviewComment, Version
from content_api.editorial.moves import lock_version, name_of, record
from content_api.refusals import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

LONGEST = 4_000  # characters


@transaction.atomic
def comment(
    *,
    version: Version,
    person: AbstractBaseUser,
    pointer: str,
    text: str,
    answers: ReviewComment | None = None,
    now: datetime | None = None,
) -> ReviewComment:
    """Say something of one field of a version, or answer what was said of it; it stays with the review for ever."""
    now = now or timezone.now()
    version = lock_version(version)
    policies.check_can_comment(version, person, pointer, answers)
    if not text.strip() or len(text) > LONGEST:
        raise Refused("comment-missing", f"Write the comment, in at most {LONGEST:,} characters.")
    said = ReviewComment.objects.create(
        version=version,
        person_id=person.pk,
        pointer=answers.pointer if answers else pointer,
        answers=answers,
        text=text.strip(),
        person_name=name_of(person),
        at=now,
    )
    record(version, "comment", person, now, pointer=said.pointer)
    return said
