"""The rules of sets once more, in plain Python: what a working copy in a release becomes, and who judges it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.proofs.rules import EDITOR, MEDICAL, REGULATORY, ROLES_OF, codes
from tests.proofs.rules_of_releases import Publishing, touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.proofs.rules import Item, Version
    from tests.proofs.rules_of_releases import Impact, Release

RIGHT, REWRITE = "READS_RIGHT", "NEEDS_REWRITING"
Change = tuple[str, str]  # type and note
_UNFINISHED = {"OPEN", "SCHEDULED"}


class Rules(Publishing):
    """What is written, reviewed and released, one by one or in sets."""

    def waits(self, item: Item) -> Version | None:
        """Return the version that is approved and was never out, if the working copy still says the same."""
        approved = [one for one in item.versions if one.state == "APPROVED"]
        return approved[-1] if approved and not approved[-1].was_out and approved[-1].text == item.recorded else None

    def put_in_refusals(self, release: Release, items: Iterable[str], person: str) -> set[str]:
        """Return what stands against putting texts in, all of them or none."""
        found = self.compose_refusals(release, person)
        for one in items:
            version = self.waits(self.items[one])
            found |= self._joining_refusals(release, one)
            found |= self.add_refusals(release, version, person) if version else set()
        return found

    def _joining_refusals(self, release: Release, item: str) -> set[str]:
        others = [one for one in self.releases if one.key != release.key and one.state in _UNFINISHED]
        return codes(
            already_here=self.holds(release, item),
            withdrawn_here=item in release.withdrawals,
            in_another_set=any(item in one.working_copies for one in others),
        )

    def put_in(self, release: Release, items: Iterable[str], person: str) -> None:
        """Put texts in: of what waits to go out the version, of all else the working copy."""
        self.settle(release)
        release.composers.add(person)
        for one in items:
            version = self.waits(self.items[one])
            if version:
                release.items[one] = version
            else:
                self.take_in(release, one)

    def take_in(self, release: Release, item: str) -> None:
        """Put a working copy in; what is in review of it belongs to the set, too."""
        waiting = self.items[item].open
        opened = waiting if waiting and waiting.change != "CONFIRMED" else None
        release.working_copies[item] = opened.number - 1 if opened else len(self.items[item].versions)

    def submit_set_refusals(self, release: Release, person: str, changes: Mapping[str, Change]) -> set[str]:
        """Return what stands against submitting a set."""
        waiting = self.to_submit(release)
        return codes(
            not_an_editor=EDITOR not in ROLES_OF[person],
            **touched(release),
            nothing_to_submit=not waiting,
            set_not_submitted=any(
                self.submit_refusals(one, person, *changes.get(one.key, ("", ""))) for one in waiting
            ),
        )

    def review_set_refusals(
        self,
        release: Release,
        person: str,
        role: str,
        verdicts: Mapping[str, bool],
        marks: Mapping[str, str],
        shown: Impact,
    ) -> set[str]:
        """Return what stands against a verdict on a set, of which this was shown; `verdicts` by version."""
        found = self.outcome(release)
        listed = {row[0] for row in found.impact.rows}
        rewritten = {one for one, mark in marks.items() if mark == REWRITE}
        here = {one.key: one for one in self.in_review(release)}
        refusals = codes(
            **touched(release),
            not_in_role=role not in ROLES_OF[person] & {MEDICAL, REGULATORY},
            not_what_was_shown=shown != found.impact or not marks.keys() <= listed,
            row_not_marked=not found.unread <= marks.keys(),
            in_review_here=bool(rewritten & self.waiting_copies(release).keys()),
            not_in_review=not verdicts.keys() <= here.keys(),
            nothing_judged=not verdicts and not marks,
        )
        for one in rewritten:
            refusals |= self._joining_refusals(release, one) - {"already-here"}
        for key in verdicts.keys() & here.keys():
            refusals |= self.verdict_refusals(here[key], person, role, approves=verdicts[key])
        return refusals

    def review_set(
        self,
        release: Release,
        person: str,
        role: str,
        verdicts: Mapping[str, bool],
        marks: Mapping[str, str],
    ) -> None:
        """Judge a set: what is found right is signed, too, by who may; what must be rewritten joins it."""
        self.settle(release)
        found = self.outcome(release)
        reads_right = REWRITE not in marks.values()
        if reads_right and not self.sign_off_refusals(release, person, role, found.impact):
            release.signed.append((person, role, found.impact))
        for version in self.in_review(release):
            if version.key in verdicts:
                read = found.reading(version.item)
                self.judge(version, person, role, approves=verdicts[version.key], reading=read)
        for one in sorted(one for one, mark in marks.items() if mark == REWRITE):
            release.items.pop(one, None)
            self.take_in(release, one)
        self.settle(release)
