"""The rules of editing, reviewing and publishing once more, in plain Python and from the promises: no row, no query.

Histories compare the product with this. Every question `..._refusals` answers with the codes of all the reasons
against a move; an empty set says that it must succeed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.proofs.readings import Text

EDITOR, PUBLISHER = "Editor", "Publisher"
MEDICAL, REGULATORY = "Medical reviewer", "Regulatory reviewer"
ROLES_OF = {
    "ann": {EDITOR},
    "eve": {EDITOR, MEDICAL},
    "rex": {EDITOR, REGULATORY},
    "mei": {MEDICAL},
    "rui": {MEDICAL, REGULATORY},
    "pia": {PUBLISHER},
    "pam": {EDITOR, MEDICAL, PUBLISHER},
    "ada": {"Administrator"},
}


def codes(**reasons: bool) -> set[str]:
    """Return the codes of the reasons that hold."""
    return {name.replace("_", "-") for name, holds in reasons.items() if holds}


def required_roles(text: Text) -> set[str]:
    """Return whose verdict a text needs: two people's if it is dark."""
    return {MEDICAL, REGULATORY} if text.shade == "DARK" else {MEDICAL}


@dataclass
class Version:
    """A text that was submitted."""

    key: str
    item: str
    number: int
    text: Text
    change: str
    submitter: str
    contributors: frozenset[str]
    upto: int  # how many contributions to the item it contains
    state: str = "IN_REVIEW"
    verdicts: dict[str, tuple[str, str]] = field(default_factory=dict)  # role → person, verdict
    readings: list[object] = field(default_factory=list)  # what those who approved it read
    was_out: bool = False
    approved_in: int = 0  # the release that was out when it was approved

    @property
    def is_complete(self) -> bool:
        """Tell whether every role has approved it."""
        return all(self.verdicts.get(role, ("", ""))[1] == "APPROVED" for role in required_roles(self.text))


@dataclass
class Item:
    """A working copy, who wrote in it, and its versions."""

    key: str
    draft: Text
    recorded: Text | None = None
    contributions: list[str] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    @property
    def open(self) -> Version | None:
        """The version in review."""
        return next((one for one in self.versions if one.state == "IN_REVIEW"), None)

    @property
    def approved(self) -> Version | None:
        """The newest approved version that is no confirmation."""
        found = [one for one in self.versions if one.state == "APPROVED" and one.change != "CONFIRMED"]
        return found[-1] if found else None

    @property
    def is_first(self) -> bool:
        """Tell whether nothing of it is approved."""
        return all(one.state != "APPROVED" for one in self.versions)

    @property
    def writers(self) -> frozenset[str]:
        """Who wrote in it after what is approved."""
        return frozenset(self.contributions[self.approved.upto if self.approved else 0 :])

    def answers_to(self, version: Version) -> set[str]:
        """Return whose words a version contains that no approval which still stands has covered before it."""
        standing = [one for one in self.versions if one.state == "APPROVED" and one.number < version.number]
        covered = max((one.upto for one in standing), default=0)
        return set(self.contributions[covered : version.upto])


class Editing:
    """What is written and reviewed."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}
        self.live: dict[str, Version] = {}
        self.slugs: dict[str, str] = {}
        self.buried: list[tuple[str, int]] = []  # item, release

    @property
    def number(self) -> int:
        """The release that is out."""
        return 0

    def taken_down_since(self, version: Version) -> bool:
        """Tell whether the item was taken down after the version was approved."""
        return any(item == version.item and number > version.approved_in for item, number in self.buried)

    @property
    def versions(self) -> list[Version]:
        """Every version."""
        return [version for item in self.items.values() for version in item.versions]

    def live_texts(self) -> dict[str, Text]:
        """Return what is out."""
        return {one: version.text for one, version in self.live.items()}

    def shown_world(self, version: Version) -> dict[str, Text]:
        """Return among what a reviewer reads a version: what is out, and of the rest what waits."""
        world = self.live_texts()
        for item in self.items.values():
            waiting = [one for one in item.versions if one.state in {"IN_REVIEW", "APPROVED"}]
            if item.key not in world and waiting and not waiting[-1].was_out:
                world[item.key] = waiting[-1].text
        return {**world, version.item: version.text}

    def contribute(self, item: Item, *people: str) -> None:
        """Note who wrote in the draft as it stands."""
        item.contributions += people
        item.recorded = item.draft

    def slug_is_in_use(self, item: str, slug: str) -> bool:
        """Tell whether another working copy has this slug."""
        return any(one.draft.slug == slug for one in self.items.values() if one.key != item)

    def submit_refusals(self, item: Item, person: str, change: str, note: str) -> set[str]:
        """Return what stands against a submission."""
        last = item.approved
        is_out = bool(last and item.key in self.live and self.live[item.key].text == last.text)
        return codes(
            not_an_editor=EDITOR not in ROLES_OF[person],
            already_in_review=item.open is not None,
            changed_behind=item.draft != item.recorded,
            nothing_changed=bool(
                last and last.text == item.recorded and (is_out or not (last.was_out or self.taken_down_since(last)))
            ),
            first_version=item.is_first and change not in {"", "FIRST"},
            change_missing=not item.is_first
            and (change not in {"WORLD_CHANGED", "CORRECTION", "EDITORIAL"} or not note),
            checks_failed="Forbidden" in item.draft.title or self.slugs.get(item.draft.slug, item.key) != item.key,
        )

    def recall_refusals(self, version: Version, person: str) -> set[str]:
        """Return what stands against taking a version back."""
        item = self.items[version.item]
        approved = version.state == "APPROVED"
        later = [one for one in item.versions if one.number > version.number and one.state in {"IN_REVIEW", "APPROVED"}]
        return codes(
            not_the_submitter=version.state == "IN_REVIEW" and version.submitter != person,
            not_a_reviewer=approved and not ROLES_OF[person] & {MEDICAL, REGULATORY},
            already_out=approved and version.was_out,
            written_upon=approved and bool(later),
            not_open=version.state not in {"IN_REVIEW", "APPROVED"},
        )

    def verdict_refusals(self, version: Version, person: str, role: str, *, approves: bool) -> set[str]:
        """Return what stands against a verdict."""
        wanted = required_roles(version.text)
        gave = {one for one, _ in version.verdicts.values()}
        return codes(
            not_in_review=version.state != "IN_REVIEW",
            not_in_role=role not in ROLES_OF[person] & {MEDICAL, REGULATORY},
            role_not_needed=role not in wanted,
            already_reviewed=person in gave or role in version.verdicts,
            own_text=approves and person in version.contributors,
        )

    def confirm_refusals(self, item: Item, person: str, role: str, note: str) -> set[str]:
        """Return what stands against confirming what is out."""
        last = item.approved
        live = self.live.get(item.key)
        mine = item.open if item.open and item.open.change == "CONFIRMED" else None
        return codes(
            never_approved=last is None,
            not_live=last is not None and (live is None or live.text != last.text),
            already_in_review=item.open is not None and mine is None,
            not_in_role=role not in ROLES_OF[person] & {MEDICAL, REGULATORY},
            role_not_needed=last is not None and role not in required_roles(last.text),
            source_missing=not note,
            already_reviewed=bool(
                mine and "already-reviewed" in self.verdict_refusals(mine, person, role, approves=True)
            ),
        )

    def restore_refusals(self, version: Version, person: str) -> set[str]:
        """Return what stands against writing an old version into the working copy."""
        return codes(
            not_an_editor=EDITOR not in ROLES_OF[person],
            slug_in_use=self.slug_is_in_use(version.item, version.text.slug),
        )

    def judge(self, version: Version, person: str, role: str, *, approves: bool, reading: object) -> None:
        """Note a verdict, and what it makes of the version."""
        version.verdicts[role] = (person, "APPROVED" if approves else "CHANGES_REQUESTED")
        if not approves:
            version.state = "CHANGES_REQUESTED"
        else:
            version.readings.append(reading)
            version.state = "APPROVED" if version.is_complete else version.state
            version.approved_in = self.number


def redrafted(item: Item, draft: Mapping[str, object]) -> Text:
    """Return an item's draft with some members changed."""
    return replace(item.draft, **draft)  # type: ignore[arg-type]
