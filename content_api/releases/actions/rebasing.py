"""A version that something newer overtook: written anew on top of what is live, inside its release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from content_api.editorial import actions as editorial
from content_api.releases import policies
from content_api.releases.moves import compose, lock, record
from content_api.releases.sets import take_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.releases.models import Release


@transaction.atomic
def rebase(*, release: Release, item: ContentItem, person: AbstractBaseUser, now: datetime | None = None) -> list[str]:
    """Merge the version of an item into what is live, in its working copy, which joins the release in its place.

    Returns the members that both changed: there the working copy says what is live.
    """
    now = now or timezone.now()
    release = lock(release)
    version = policies.check_can_rebase(release, item, person)
    compose(release, person)
    release.items.filter(item=item).delete()
    taken = take_in(release, version.item, person)
    both = editorial.merge_into_live(version=version, person=person, now=now)
    record(release, "rebase", person, now, item=str(item.pk), after=taken.after, both=both)
    return both
