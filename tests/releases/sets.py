"""Sets on their way, made by the real actions: what the tests of releases share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.editorial import queries
from content_api.editorial.models import State, Version
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.impact import reading_of
from content_api.releases.models import Mark, SetVerdict
from content_api.releases.sets import Judgment, members_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from content_api.content_items import ContentItem
    from content_api.releases.models import Release
    from tests.situations import Desk

MEDICAL, REGULATORY = "Medical reviewer", "Regulatory reviewer"


def refusal(act: Callable[..., Any], **given: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value


def a_set(desk: Desk, *items: ContentItem, title: str = "News") -> Release:
    """Open a release that holds these working copies."""
    release = actions.open_release(person=desk.people.ann, title=title)
    actions.put_in(release=release, items=items, person=desk.people.ann)
    return release


def submit(desk: Desk, release: Release) -> list[Version]:
    later = [one.row.item for one in members_of(release) if not queries.is_first(one.row.item)]
    changes = {str(one.pk): ("WORLD_CHANGED", "It was approved.") for one in later}
    return actions.submit_set(release=release, person=desk.people.ann, changes=changes)


def judge(
    release: Release,
    person: User,
    role: str = MEDICAL,
    *,
    back: tuple[Version, ...] = (),
    only: list[Version] | None = None,
    marks: dict[str, str] | None = None,
) -> SetVerdict:
    """Judge a set as its page shows it: approve all of it but what goes `back`."""
    reading = reading_of(release)
    judgments = {}
    for one in reading.items:
        if one.version.state == State.IN_REVIEW and (only is None or one.version in only):
            shown = reading.shown(one.version)
            verdict = "CHANGES_REQUESTED" if one.version in back else "APPROVED"
            judgments[str(one.version.pk)] = Judgment(verdict, shown.content_sha256, shown.substance_sha256, "Read.")
    found = {row.content_id: Mark.READS_RIGHT for row in reading.impact.rows if row.needs_sign_off}
    return actions.review_set(
        release=release,
        person=person,
        role=role,
        judgments=judgments,
        marks={**found, **(marks or {})},
        impact_sha256=reading.impact.sha256,
    )


def standings(release: Release) -> dict[str, str]:
    return {one.name: one.standing for one in members_of(release)}
