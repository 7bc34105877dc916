"""The rules of releases once more, in plain Python: what may go out, what goes with it, and who must read it first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.proofs.readings import reading
from tests.proofs.rules import EDITOR, MEDICAL, PUBLISHER, REGULATORY, ROLES_OF, codes, required_roles
from tests.proofs.rules_of_members import Gathering

if TYPE_CHECKING:
    from datetime import datetime

    from tests.proofs.readings import Reading, Text
    from tests.proofs.rules import Version

_TAKES_DOWN = {MEDICAL, REGULATORY, PUBLISHER}
Row = tuple[str, object, object]  # item, before, after


@dataclass
class Release:
    """A release, open or out."""

    key: str
    state: str = "OPEN"
    number: int = 0
    items: dict[str, Version] = field(default_factory=dict)
    working_copies: dict[str, int] = field(default_factory=dict)  # item → the version after which it was put in
    withdrawals: dict[str, str] = field(default_factory=dict)  # item → reason and public note
    composers: set[str] = field(default_factory=set)
    signed: list[tuple[str, str, Impact]] = field(default_factory=list)
    due: datetime | None = None
    scheduled_by: str = ""
    is_pull: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class Impact:
    """What a sign-off is bound to."""

    items: frozenset[tuple[str, Text]]
    withdrawals: frozenset[tuple[str, str]]
    rows: frozenset[Row]


@dataclass
class Outcome:
    """What a release would do now."""

    after: dict[str, Text]
    leaving: set[str]
    rerendered: set[str]
    impact: Impact
    unread: set[str]  # of the rows of the impact, those that somebody must read
    roles: set[str]

    def reading(self, one: str) -> Reading:
        """Return how a text reads when all of it is out."""
        return reading(one, self.after)


@dataclass
class Edition:
    """What was out of an item from one release to another."""

    item: str
    version: Version
    opened: int
    reading: Reading
    closed: int | None = None
    redacted: bool = False


class Publishing(Gathering):
    """What is released, on top of what is written and reviewed."""

    def __init__(self) -> None:
        super().__init__()
        self.releases: list[Release] = []
        self.editions: list[Edition] = []

    @property
    def number(self) -> int:
        """The release that is out."""
        return max((one.number for one in self.releases), default=0)

    def outcome(self, release: Release) -> Outcome:
        """Return what a release would do now."""
        versions = self.entering(release)
        entering = {one: version.text for one, version in versions.items()}
        leaving = self._leaving(release, entering)
        stay = {one: text for one, text in self.live_texts().items() if one not in leaving}
        after = {**stay, **entering}
        before = {one: reading(one, self.live_texts()) for one in stay if one not in entering}
        touched = {one for one, read in before.items() if read != reading(one, after)}
        rows: set[Row] = {(one, before[one], reading(one, after)) for one in touched}
        unread = {row for row in rows if versions and before[row[0]].facts != reading(row[0], after).facts}
        for one, version in versions.items():
            row, is_unread = _entering_row(one, version, reading(one, after))
            rows |= {row} if row else set()
            unread |= {row} if row and is_unread else set()
        impact = Impact(frozenset(entering.items()), frozenset(release.withdrawals.items()), frozenset(rows))
        roles = {role for row in unread for role in required_roles(after[row[0]])}
        return Outcome(after, leaving, touched, impact, {row[0] for row in unread}, roles)

    def _leaving(self, release: Release, entering: dict[str, Text]) -> set[str]:
        leaving, more = set(), set(release.withdrawals)
        while more:
            leaving |= more
            stranded = {one for one, version in self.live.items() if version.text.stands_on in leaving}
            more = stranded - leaving - entering.keys()
        return leaving

    def publish_refusals(self, release: Release, person: str) -> set[str]:
        """Return what stands against publishing a release now."""
        found, versions = self.outcome(release), self.entering(release)
        slugs = [version.text.slug for version in versions.values()]
        signed = {
            role for one, role, impact in release.signed if impact == found.impact and self._made_nothing(release, one)
        }
        missing = found.roles - signed
        return codes(
            not_a_publisher=PUBLISHER not in ROLES_OF[person],
            **touched(release),
            set_not_ready=bool(self.waiting_copies(release)),
            empty_release=not versions and not release.withdrawals,
            not_approved=any(one.state != "APPROVED" for one in versions.values()),
            already_out=any(one.was_out for one in versions.values()),
            newer_is_live=any(self.is_overtaken(one) for one in versions.values()),
            taken_down_since=any(self.taken_down_since(one) for one in versions.values()),
            not_live=not release.withdrawals.keys() <= self.live.keys(),
            open_references=any(self._is_broken(one, found) for one in versions.values()),
            slug_taken=len(set(slugs)) < len(slugs)
            or any(self.slugs.get(one.text.slug, key) != key for key, one in versions.items()),
            impact_not_signed_off=bool(missing) and not release.is_pull,
        )

    def _made_nothing(self, release: Release, person: str) -> bool:
        wrote = any(person in one.contributors for one in self.entering(release).values())
        return person not in release.composers and not wrote

    def _is_broken(self, version: Version, found: Outcome) -> bool:
        gone = {one for one, _ in self.buried} | found.leaving
        dead = {one for one in version.text.references if one not in found.after}
        return version.text.stands_on in dead or not dead <= gone

    def is_overtaken(self, version: Version) -> bool:
        """Tell whether a later submission of the item is out."""
        return version.item in self.live and self.live[version.item].number > version.number

    def compose_refusals(self, release: Release, person: str) -> set[str]:
        """Return what stands against touching a release."""
        return codes(not_a_composer=not ROLES_OF[person] & {EDITOR, PUBLISHER}, **touched(release))

    def cancel_refusals(self, release: Release, person: str) -> set[str]:
        """Return what stands against giving a release up."""
        return self.compose_refusals(release, person) - {"scheduled"}

    def schedule_refusals(self, release: Release, person: str, *, is_past: bool) -> set[str]:
        """Return what stands against a time for a release."""
        return self.publish_refusals(release, person) | codes(time_passed=is_past)

    def unschedule_refusals(self, release: Release, person: str) -> set[str]:
        """Return what stands against taking a release off the schedule."""
        return codes(not_a_publisher=PUBLISHER not in ROLES_OF[person], not_scheduled=release.state != "SCHEDULED")

    def due_refusals(self, release: Release) -> set[str]:
        """Return what stands against a scheduled release whose time has come."""
        return self.publish_refusals(release, release.scheduled_by) - {"scheduled"}

    def add_refusals(self, release: Release, version: Version, person: str) -> set[str]:
        """Return what stands against putting a version in."""
        return self.compose_refusals(release, person) | codes(
            not_approved=version.state != "APPROVED",
            already_out=version.was_out,
            withdrawn_here=version.item in release.withdrawals,
            newer_is_live=self.is_overtaken(version),
            taken_down_since=self.taken_down_since(version),
            already_here=self.holds(release, version.item),
        )

    def withdrawal_refusals(self, release: Release, item: str, person: str, note: str) -> set[str]:
        """Return what stands against taking an item down in a release."""
        return codes(
            not_a_publisher=PUBLISHER not in ROLES_OF[person],
            **touched(release),
            not_live=item not in self.live,
            published_here=self.holds(release, item),
            note_missing=not note,
            already_here=item in release.withdrawals,
        )

    def sign_off_refusals(self, release: Release, person: str, role: str, shown: Impact) -> set[str]:
        """Return what stands against a sign-off of what was shown."""
        found = self.outcome(release)
        return codes(
            **touched(release),
            not_in_role=role not in ROLES_OF[person] & {MEDICAL, REGULATORY},
            role_not_needed=role not in found.roles,
            not_what_was_shown=shown != found.impact,
            own_release=person in release.composers,
            own_text=any(person in one.contributors for one in self.entering(release).values()),
            already_signed=any((one, impact) == (person, shown) for one, _, impact in release.signed),
        )

    def pull_refusals(self, item: str, person: str, reason: str, note: str) -> set[str]:
        """Return what stands against pulling an item."""
        return codes(
            may_not_pull=not ROLES_OF[person] & _TAKES_DOWN,
            reason_can_wait=reason not in {"SAFETY", "LEGAL", "ENTERED_IN_ERROR"},
            not_live=item not in self.live,
            note_missing=not note,
        )

    def confirm_pull_refusals(self, release: Release, person: str) -> set[str]:
        """Return what stands against confirming a pull."""
        return codes(
            not_a_pull=not release.is_pull,
            may_not_pull=not ROLES_OF[person] & _TAKES_DOWN,
            same_person=release.is_pull and person in release.composers,
            already_confirmed=release.confirmed,
        )

    def publish(self, release: Release) -> None:
        """Let a release out."""
        self.settle(release)
        found = self.outcome(release)
        release.number, release.state = self.number + 1, "PUBLISHED"
        for one in found.leaving:
            self.buried.append((one, release.number))
            del self.live[one]
        for one, version in release.items.items():
            version.was_out = True
            self.live[one] = version
            self.slugs.setdefault(version.text.slug, one)
        ended = found.leaving | release.items.keys() | found.rerendered
        for edition in self.editions:
            if edition.item in ended and edition.closed is None:
                edition.closed = release.number
        if release.is_pull:
            self._redact(found.leaving)
        self.editions += [
            Edition(one, self.live[one], release.number, reading(one, found.after))
            for one in (*release.items, *found.rerendered)
        ]

    def _redact(self, gone: set[str]) -> None:
        for edition in self.editions:
            if edition.item in gone or edition.reading.shown & gone:
                edition.redacted = True


def touched(release: Release) -> dict[str, bool]:
    """Return what keeps a release as it is."""
    return {"not_open": release.state in {"PUBLISHED", "CANCELLED"}, "scheduled": release.state == "SCHEDULED"}


def _entering_row(one: str, version: Version, after: Reading) -> tuple[Row | None, bool]:
    """Return how a text that enters reads otherwise than somebody approved it, and whether in more than names."""
    others = [read for read in version.readings if read != after]
    graver = [read for read in others if read.facts != after.facts]  # type: ignore[attr-defined]
    before = next(iter(graver or others), None)
    return ((one, before, after) if before else None), bool(graver)
