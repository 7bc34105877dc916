"""Questions to releases about one version: which one it belongs to, and whether it could go out in one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editorial.models import State
from content_api.refusals import Refused
from content_api.releases import moves, policies
from content_api.releases.impact import SetReading, closure_of, impact_of_closure
from content_api.releases.models import Release, ReleaseItem, ReleaseState, ReleaseWorkingCopy

if TYPE_CHECKING:
    from datetime import datetime

    from content_api.editorial.models import Version


def release_of(version: Version) -> Release | None:
    """Return the release that a version went out in, or goes out with: as it is, or as what its working copy became."""
    held = ReleaseItem.objects.filter(version=version).exclude(release__state=ReleaseState.CANCELLED)
    as_version = held.select_related("release").first()
    if as_version:
        return as_version.release
    sets = ReleaseWorkingCopy.objects.filter(item=version.item_id, after__lt=version.number)
    unfinished = sets.filter(release__state__in=policies.UNFINISHED).select_related("release").first()
    return unfinished.release if unfinished and version.state != State.RECALLED else None


def why_not_alone(version: Version, now: datetime) -> str:
    """Return what stands against publishing a version in a release of its own, or nothing. It writes nothing."""
    release = Release()
    items = [ReleaseItem(release=release, item=version.item, version=version)]
    try:
        policies.check_can_add(release, [version])
        closure = closure_of(release, items)
    except Refused as refusal:
        return refusal.message
    reading = SetReading(items, closure, impact_of_closure(release, items, closure))
    return moves.why_not(release, reading, now)
