"""What a release waits for, in sentences and in the words of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from content_api.editorial.models import ChangeType, State
from content_api.releases.models import ReleaseState

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.editorial.models import Version
    from content_api.releases.models import Release, ReleaseWorkingCopy


def next_steps(release: Release, texts: list[Json], missing: list[str]) -> list[str]:
    """Return what must happen before a release is out, the first thing first."""
    if release.state == ReleaseState.SCHEDULED and release.publish_at:
        at = timezone.localtime(release.publish_at, timezone.get_default_timezone())
        return [f"It goes out by itself on {at:%d %B %Y at %H:%M} UTC, if all of it still holds then."]
    to_submit = sum(one["is_to_submit"] for one in texts)
    reviewers = sorted({role.lower() for one in texts for role in one.get("waits_for", [])})
    steps = [f"An editor submits {_texts(to_submit)}."] if to_submit else []
    steps += [f"It waits for the verdict of a {' and a '.join(reviewers)}."] if reviewers else []
    if missing and not reviewers:
        steps.append(f"What else reads differently waits for a sign-off by: {', '.join(missing).lower()}.")
    if not texts and not release.withdrawals.exists():
        return ["Put in what belongs to the event: texts to write or rewrite, and items to take down."]
    return steps or ["A publisher can publish it now, or schedule it."]


def waiting_for(release: Release) -> str:
    """Return for whom an unfinished release waits, from rows that were fetched with it."""
    if release.state == ReleaseState.SCHEDULED:
        return "its time"
    if release.state != ReleaseState.OPEN:
        return ""
    copies = list(release.working_copies.all())
    newest = {row.pk: _newest(row) for row in copies}
    if not copies and not release.items.all() and not release.withdrawals.all():
        return "its first text"
    if any(version is None or version.state == State.CHANGES_REQUESTED for version in newest.values()):
        return "an editor"
    if any(version and version.state == State.IN_REVIEW for version in newest.values()):
        return "reviewers"
    return "a publisher"


def _newest(row: ReleaseWorkingCopy) -> Version | None:
    versions = [one for one in row.item.versions.all() if one.number > row.after]
    mine = [one for one in versions if one.state != State.RECALLED and one.change_type != ChangeType.CONFIRMED]
    return max(mine, key=lambda one: one.number, default=None)


def _texts(count: int) -> str:
    return "one text" if count == 1 else f"{count} texts"
