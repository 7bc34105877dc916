"""Sets in a history: working copies that go into a release, are submitted together and judged together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content_api.editorial.models import Verdict
from content_api.releases import actions as releases
from content_api.releases.impact import reading_of
from content_api.releases.sets import Judgment
from tests.proofs.histories import item_row
from tests.proofs.histories_of_releases import Releasing, release_row
from tests.proofs.rules import codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.proofs.histories import Hashes
    from tests.proofs.readings import Reading
    from tests.proofs.rules_of_releases import Impact, Release
    from tests.proofs.rules_of_sets import Change


@dataclass(frozen=True)
class Page:
    """What a reviewer was shown of a set: the impact, and each version (by its key) as it will read."""

    impact_sha256: str
    impact: Impact
    hashes: dict[str, Hashes]
    readings: dict[str, Reading]


@dataclass
class History(Releasing):
    """One whole history."""

    shown_sets: dict[str, Page] = field(default_factory=dict)

    def put_in(self, release: Release, items: list[str], person: str) -> None:
        """Put texts into a release, all of them or none."""
        done, _ = self.attempt_in(
            release,
            self.model.put_in_refusals(release, items, person),
            releases.put_in,
            items=[item_row(one) for one in items],
            person=self.people[person],
        )
        if done:
            self.model.put_in(release, items, person)

    def submit_set(self, release: Release, person: str, changes: Mapping[str, Change]) -> None:
        """Submit all of a release that waits for an editor."""
        waiting = {one.key: one for one in self.model.to_submit(release)}
        done, versions = self.attempt_in(
            release,
            self.model.submit_set_refusals(release, person, changes),
            releases.submit_set,
            person=self.people[person],
            changes=changes,
            now=self.now,
        )
        if done:
            assert {str(one.item_id) for one in versions} == waiting.keys()
            for version in versions:
                item = waiting[str(version.item_id)]
                self.open_version(item, version, item.draft, person, item.writers)

    def read_set(self, release: Release) -> Page:
        """Show a set to a reviewer, and keep what was shown for a verdict later on."""
        read, found = reading_of(release_row(release)), self.model.outcome(release)
        shown = {str(one.version.pk): read.shown(one.version) for one in read.items}
        assert shown.keys() == {one.key for one in self.model.entering(release).values()}
        self.shown_sets[release.key] = Page(
            read.impact.sha256,
            found.impact,
            {one: (its.content_sha256, its.substance_sha256) for one, its in shown.items()},
            {one.key: found.reading(one.item) for one in self.model.entering(release).values()},
        )
        return self.shown_sets[release.key]

    def review_set(
        self,
        release: Release,
        person: str,
        role: str,
        verdicts: Mapping[str, bool],
        marks: Mapping[str, str],
        *,
        fresh: bool = True,
    ) -> None:
        """Judge a set as it was shown just now or, if not `fresh`, some time ago; `verdicts` by version."""
        page = self.read_set(release) if fresh or release.key not in self.shown_sets else self.shown_sets[release.key]
        found = self.model.outcome(release)
        moved = [
            one.key for one in self.model.in_review(release) if page.readings.get(one.key) != found.reading(one.item)
        ]
        refusals = self.model.review_set_refusals(release, person, role, verdicts, marks, page.impact)
        refusals |= codes(not_what_was_shown=bool(verdicts.keys() & moved))
        done, _ = self.attempt_in(
            release,
            refusals,
            releases.review_set,
            person=self.people[person],
            role=role,
            judgments={one: _judgment(approves, page.hashes.get(one, ("", ""))) for one, approves in verdicts.items()},
            marks=marks,
            impact_sha256=page.impact_sha256,
            now=self.now,
        )
        if done:
            self.model.review_set(release, person, role, verdicts, marks)


def _judgment(approves: bool, hashes: Hashes) -> Judgment:  # noqa: FBT001
    return Judgment(Verdict.APPROVED if approves else Verdict.CHANGES_REQUESTED, *hashes, "Read.")
