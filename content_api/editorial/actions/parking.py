"""Correct what is live: a half-written working copy is set aside for it, and brought back merged with what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api import kinds, shapes
from content_api.canonical_json import canonical, sha256_of_text
from content_api.editorial import audit, policies, queries
from content_api.editorial.fingerprints import fingerprints
from content_api.editorial.merging import chosen
from content_api.editorial.models import ContributionCause, ParkedState, ParkedText
from content_api.editorial.moves import contribute, lock, write

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.editorial.models import Version


@transaction.atomic
def park(*, item: ContentItem, person: AbstractBaseUser, now: datetime | None = None) -> ParkedText:
    """Set the working copy aside, whole, and write what is live in its place, to be corrected."""
    now = now or timezone.now()
    item = lock(item)
    live = policies.check_can_park(item, person)
    parked = _set_aside(item, live, person, now)
    shapes.restore(queries.working_copy(item), queries.content_of(live))
    contribute(item, [(person, ContributionCause.RESTORED)], queries.draft_sha256(item), now)
    _record(parked, "park", person, now, live=live.number)
    return parked


@transaction.atomic
def bring_back(
    *,
    parked: ParkedText,
    person: AbstractBaseUser,
    draft_sha256: str,
    keep: Collection[str] = (),
    now: datetime | None = None,
) -> ParkedText:
    """Write what a parked text changes on top of the working copy, whose hash is the one that the person was shown.

    Where both changed the same, the working copy stands, except at the places in `keep`. Whoever wrote the parked text
    counts as a contributor again.
    """
    now = now or timezone.now()
    item = lock(parked.item)
    parked = ParkedText.objects.select_related("item", "base__item").get(pk=parked.pk)
    policies.check_can_bring_back(parked, person)
    policies.check_what_was_shown(queries.draft_sha256(item), draft_sha256, "working copy")
    content, both = queries.brought_back(parked)
    kept = [one for one in both if one in keep]
    content = chosen(content, queries.parked_draft(parked).content, kept)
    policies.check_address_is_free(item, content["slug"])
    write(item, content)
    writers = [(one.person, ContributionCause.WROTE_RESTORED) for one in queries.writers_of(parked)]
    contribute(item, [*writers, (person, ContributionCause.RESTORED)], queries.draft_sha256(item), now)
    parked.state = ParkedState.BROUGHT_BACK
    parked.save(update_fields=["state"])
    _record(parked, "bring_back", person, now, from_state=ParkedState.PARKED, both=both, kept=kept)
    return parked


def _set_aside(item: ContentItem, live: Version, person: AbstractBaseUser, now: datetime) -> ParkedText:
    text = canonical(queries.draft(item))
    return ParkedText.objects.create(
        item=item,
        base=live,
        schema_version=kinds.get(item.kind).schema_version,
        content=text,
        content_sha256=sha256_of_text(text),
        last_contribution=item.contributions.latest("pk"),
        parked_by_id=person.pk,
        parked_at=now,
    )


def _record(
    parked: ParkedText, verb: str, person: AbstractBaseUser, now: datetime, from_state: str = "", **details: object
) -> None:
    audit.record(
        subject=parked.subject,
        verb=verb,
        person=person,
        from_state=from_state,
        to_state=parked.state,
        subject_sha256=parked.content_sha256,
        details={"item": str(parked.item_id), **details, "rows": fingerprints([parked])},
        now=now,
    )
