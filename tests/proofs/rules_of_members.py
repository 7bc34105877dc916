"""What a release holds while it is made, in plain Python: versions, and working copies with what they became there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.proofs.rules_of_parking import Parking

if TYPE_CHECKING:
    from tests.proofs.rules import Item, Version
    from tests.proofs.rules_of_releases import Release

_READ = {"IN_REVIEW", "APPROVED"}


class Gathering(Parking):
    """What releases hold, on top of what is written, reviewed and set aside."""

    def became(self, release: Release, item: str) -> Version | None:
        """Return the version that a working copy in a release became there."""
        after = release.working_copies[item]
        later = [one for one in self.items[item].versions if one.number > after]
        standing = [one for one in later if one.state != "RECALLED" and one.change != "CONFIRMED"]
        return standing[-1] if standing else None

    def entering(self, release: Release) -> dict[str, Version]:
        """Return the versions that would go out with a release: those in it, and those in review in it."""
        became = {one: self.became(release, one) for one in release.working_copies}
        read = {one: version for one, version in became.items() if version and version.state in _READ}
        return {**release.items, **read}

    def settle(self, release: Release) -> None:
        """Let what was approved take the place of its working copy, which every move in an open release begins with."""
        approved = {one: self.became(release, one) for one in release.working_copies if release.state == "OPEN"}
        for one, version in approved.items():
            if version and version.state == "APPROVED":
                del release.working_copies[one]
                release.items[one] = version

    def waiting_copies(self, release: Release) -> dict[str, int]:
        """Return the working copies in a release that are not approved."""
        entering = self.entering(release)
        return {
            one: after
            for one, after in release.working_copies.items()
            if one not in entering or entering[one].state != "APPROVED"
        }

    def holds(self, release: Release, item: str) -> bool:
        """Tell whether a release publishes an item."""
        return item in release.items or item in release.working_copies

    def to_submit(self, release: Release) -> list[Item]:
        """Return of what a release holds the working copies that wait for an editor."""
        became = {one: self.became(release, one) for one in release.working_copies}
        waiting = [one for one, version in became.items() if version is None or version.state == "CHANGES_REQUESTED"]
        return [self.items[one] for one in waiting]

    def in_review(self, release: Release) -> list[Version]:
        """Return of what a release holds the versions that wait for a reviewer."""
        return [one for one in self.entering(release).values() if one.state == "IN_REVIEW"]
