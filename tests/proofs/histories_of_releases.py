"""What is released in a history, on top of what is written and reviewed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from content_api.releases import actions as releases
from content_api.releases.impact import impact_of
from content_api.releases.models import Release
from tests.proofs import rules, rules_of_releases
from tests.proofs.histories import item_row, version_row
from tests.proofs.histories_of_parking import Correcting

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Releasing(Correcting):
    """What is written, reviewed and released in one history."""

    shown_impact: dict[str, tuple[str, rules_of_releases.Impact]] = field(default_factory=dict)

    def attempt_in(
        self, release: rules_of_releases.Release, refusals: set[str], action: Callable[..., Any], **arguments: Any
    ) -> tuple[bool, Any]:
        """Make a move in a release, which begins with what was approved in it."""
        done, made = self.attempt(refusals, action, release=release_row(release), **arguments)
        if done:
            self.model.settle(release)
        return done, made

    def open_release(self, person: str, title: str = "News") -> rules_of_releases.Release | None:
        """Open a release."""
        refusals = rules.codes(
            not_a_composer=not rules.ROLES_OF[person] & {rules.EDITOR, rules.PUBLISHER}, title_missing=not title
        )
        done, release = self.attempt(
            refusals, releases.open_release, person=self.people[person], title=title, now=self.now
        )
        if not done:
            return None
        self.model.releases.append(rules_of_releases.Release(str(release.pk)))
        return self.model.releases[-1]

    def add(self, release: rules_of_releases.Release, version: rules.Version, person: str) -> None:
        """Put a version into a release."""
        refusals = self.model.add_refusals(release, version, person)
        done, _ = self.attempt_in(
            release,
            refusals,
            releases.add_version,
            version=version_row(version),
            person=self.people[person],
        )
        if done:
            release.items[version.item] = version
            release.composers.add(person)

    def withdraw(self, release: rules_of_releases.Release, item: str, person: str, reason: str, note: str) -> None:
        """Let a release take an item down."""
        done, _ = self.attempt_in(
            release,
            self.model.withdrawal_refusals(release, item, person, note),
            releases.add_withdrawal,
            item=item_row(item),
            person=self.people[person],
            reason=reason,
            public_note=note,
        )
        if done:
            release.withdrawals[item] = f"{reason} {note}"
            release.composers.add(person)

    def remove(self, release: rules_of_releases.Release, item: str, person: str) -> None:
        """Take an item's version or withdrawal out of a release."""
        refusals = self.model.compose_refusals(release, person)
        refusals |= rules.codes(not_here=not self.model.holds(release, item) and item not in release.withdrawals)
        done, _ = self.attempt_in(release, refusals, releases.remove, item=item_row(item), person=self.people[person])
        if done:
            release.items.pop(item, None)
            release.working_copies.pop(item, None)
            release.withdrawals.pop(item, None)
            release.composers.add(person)

    def cancel(self, release: rules_of_releases.Release, person: str) -> None:
        """Give a release up."""
        refusals = self.model.cancel_refusals(release, person)
        done, _ = self.attempt_in(release, refusals, releases.cancel, person=self.people[person], now=self.now)
        if done:
            release.state = "CANCELLED"

    def sign_off(self, release: rules_of_releases.Release, person: str, role: str, *, fresh: bool = True) -> None:
        """Sign off the impact that was shown just now or, if not `fresh`, some time ago."""
        if fresh or release.key not in self.shown_impact:
            found = self.model.outcome(release).impact
            self.shown_impact[release.key] = (impact_of(release_row(release)).sha256, found)
        sha256, shown = self.shown_impact[release.key]
        refusals = self.model.sign_off_refusals(release, person, role, shown)
        done, _ = self.attempt_in(
            release,
            refusals,
            releases.sign_off,
            person=self.people[person],
            role=role,
            impact_sha256=sha256,
            now=self.now,
        )
        if done:
            release.signed.append((person, role, shown))

    def publish(self, release: rules_of_releases.Release, person: str) -> None:
        """Publish a release."""
        refusals = self.model.publish_refusals(release, person)
        done, _ = self.attempt_in(release, refusals, releases.publish, person=self.people[person], now=self.now)
        if done:
            self.model.publish(release)

    def schedule(self, release: rules_of_releases.Release, person: str, hours: int) -> None:
        """Let a release go out by itself, some hours from now."""
        at = self.now + timedelta(hours=hours)
        done, _ = self.attempt_in(
            release,
            self.model.schedule_refusals(release, person, is_past=hours <= 0),
            releases.schedule,
            person=self.people[person],
            at=at,
            zone="Asia/Shanghai",
            now=self.now,
        )
        if done:
            release.state, release.due, release.scheduled_by = "SCHEDULED", at, person

    def unschedule(self, release: rules_of_releases.Release, person: str) -> None:
        """Take a release off the schedule."""
        refusals = self.model.unschedule_refusals(release, person)
        done, _ = self.attempt_in(release, refusals, releases.unschedule, person=self.people[person], now=self.now)
        if done:
            release.state = "OPEN"

    def run_scheduler(self) -> None:
        """Publish what is due, each as the rules say: it goes out, or is open again."""
        while True:
            waiting = [one for one in self.model.releases if one.state == "SCHEDULED" and one.due]
            due = sorted((one.due, one.key) for one in waiting if one.due and one.due <= self.now)
            found = releases.publish_due(now=self.now)
            assert bool(found) == bool(due)
            if found is None:
                return
            release = next(one for one in waiting if one.key == due[0][1])
            refusals = self.model.due_refusals(release)
            assert (str(found.release.pk), bool(found.refusal)) == (release.key, bool(refusals)), found.refusal
            release.state = "OPEN"
            if not refusals:
                self.model.publish(release)
            name = "publish_due refused" if refusals else "publish_due"
            self.said[name] = self.said.get(name, 0) + 1

    def pull(self, item: str, person: str, reason: str, note: str) -> None:
        """Take an item down at once."""
        done, published = self.attempt(
            self.model.pull_refusals(item, person, reason, note),
            releases.pull,
            item=item_row(item),
            person=self.people[person],
            reason=reason,
            public_note=note,
            now=self.now,
        )
        if done:
            key = str(Release.objects.get(number=published.number).pk)
            pulled = rules_of_releases.Release(key, is_pull=True, withdrawals={item: note}, composers={person})
            self.model.releases.append(pulled)
            self.model.publish(pulled)

    def confirm_pull(self, release: rules_of_releases.Release, person: str) -> None:
        """Confirm a pull as a second person."""
        refusals = self.model.confirm_pull_refusals(release, person)
        done, _ = self.attempt_in(release, refusals, releases.confirm_pull, person=self.people[person], now=self.now)
        if done:
            release.confirmed = True
            closing = rules_of_releases.Release(str(Release.objects.get(number=self.model.number + 1).pk))
            self.model.releases.append(closing)
            self.model.publish(closing)


def release_row(release: rules_of_releases.Release) -> Release:
    return Release.objects.get(pk=release.key)
