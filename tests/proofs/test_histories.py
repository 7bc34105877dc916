"""Random histories of the real actions, step by step beside the rules: no divergence, and everything still agrees."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from content_api import kinds
from content_api.kinds import ReviewRole
from tests.conftest import People
from tests.proofs import rules
from tests.proofs.amounts import IS_FULL, amount, report
from tests.proofs.choices import EVERYBODY, REASONS, anybody, editor, note, nth, role, sensible, some
from tests.proofs.moves_of_sets import MovesOfSets
from tests.proofs.readings import Text
from tests.proofs.rules import ROLES_OF
from tests.situations import Desk
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    import pytest

    from content_api.canonical_json import Json


class Histories(MovesOfSets):
    """People at work, in any order, each trying what they may and what they may not."""

    @initialize(cites=st.booleans(), stands=st.booleans(), dark=st.booleans())
    def begin(self, *, cites: bool, stands: bool, dark: bool) -> None:
        """Begin with two items that are out."""
        first = self.history.write(Text("first", "First", "DARK" if dark else "PALE"), "ann")
        on = first.key if stands else None
        second = Text("second", "Second", stands_on=on, cites=frozenset([first.key] if cites else []))
        for item in (first, self.history.write(second, "eve")):
            self.history.submit(item, "ann", "", "")
            self.pass_review(0)
        self.send_out(0)

    # releases

    @rule(by=anybody, title=st.sampled_from(["News", "News", ""]))
    def open_release(self, by: str, title: str) -> None:
        self.history.open_release(by, title)

    @rule(which=some, what=some, by=anybody, sensible=sensible)
    def add(self, which: int, what: int, by: str, sensible: bool) -> None:  # noqa: FBT001
        release = self.release(which)
        waiting = [one for one in self.model.versions if one.state == "APPROVED" and not one.was_out]
        version = nth(waiting if sensible and waiting else self.model.versions, what)
        by = self.who(by, sensible, lambda one: self.model.add_refusals(release, version, one))
        self.history.add(release, version, by)

    @rule(which=some, what=some, by=anybody, reason=st.sampled_from(REASONS), note=note, sensible=sensible)
    def withdraw(self, which: int, what: int, by: str, reason: str, note: str, sensible: bool) -> None:  # noqa: FBT001
        release, item = self.release(which), self.live_item(what)
        by = self.who(by, sensible, lambda one: self.model.withdrawal_refusals(release, item, one, note))
        self.history.withdraw(release, item, by, reason, note)

    @rule(which=some, what=some, by=anybody)
    def remove(self, which: int, what: int, by: str) -> None:
        release = self.release(which)
        held = [*release.items, *release.withdrawals]
        self.history.remove(release, nth(held, what) if held else self.item(what).key, by)

    @rule(which=some, by=anybody)
    def cancel(self, which: int, by: str) -> None:
        if which % 4 == 0:
            self.history.cancel(self.release(which // 4), by)

    @rule(which=some, by=anybody, role=role, fresh=st.booleans(), sensible=sensible)
    def sign_off(self, which: int, by: str, role: str, fresh: bool, sensible: bool) -> None:  # noqa: FBT001
        release = self.release(which)
        found = self.model.outcome(release)
        role = nth(sorted(found.roles), which) if sensible and found.roles else role
        by = self.who(by, sensible, lambda one: self.model.sign_off_refusals(release, one, role, found.impact))
        self.history.sign_off(release, by, role, fresh=fresh)

    @rule(which=some, by=anybody, sensible=sensible)
    def publish(self, which: int, by: str, sensible: bool) -> None:  # noqa: FBT001
        ready = [one for one in self.model.releases if not self.model.publish_refusals(one, "pia")]
        release = nth(ready, which) if sensible and ready else self.release(which)
        self.history.publish(release, self.who(by, sensible, lambda one: self.model.publish_refusals(release, one)))

    @rule(which=some, by=anybody, hours=st.sampled_from([1, 1, 2, 40, -1]), sensible=sensible)
    def schedule(self, which: int, by: str, hours: int, sensible: bool) -> None:  # noqa: FBT001
        ready = [one for one in self.model.releases if not self.model.publish_refusals(one, "pia")]
        release = nth(ready, which) if sensible and ready else self.release(which)
        by = self.who(by, sensible, lambda one: self.model.publish_refusals(release, one))
        self.history.schedule(release, by, hours)

    @rule(which=some, by=anybody)
    def unschedule(self, which: int, by: str) -> None:
        scheduled = [one for one in self.model.releases if one.state == "SCHEDULED"]
        self.history.unschedule(nth(scheduled or self.model.releases, which), by)

    @rule(hours=st.sampled_from([0, 1, 3]))
    def run_scheduler(self, hours: int) -> None:
        self.history.wait(hours=hours)
        self.history.run_scheduler()

    @rule(which=some)
    def send_out(self, which: int) -> None:
        """Compose, sign off and publish a release of all that waits."""
        release = self.history.open_release("ann")
        assert release
        for version in self.model.versions:
            if not self.model.add_refusals(release, version, "ann"):
                self.history.add(release, version, "ann")
        for wanted in sorted(self.model.outcome(release).roles):
            shown = self.model.outcome(release).impact
            able = [one for one in EVERYBODY if not self.model.sign_off_refusals(release, one, wanted, shown)]
            if able:
                self.history.sign_off(release, nth(able, which), wanted)
        self.history.publish(release, "pia")

    @rule(which=some, other=some, by=editor, how=st.integers(0, 5))
    def carry_through(self, which: int, other: int, by: str, how: int) -> None:
        """Edit, submit and approve a text, and send it out with all that waits."""
        self.edit(which, other, by, how, unseen=False)
        self.submit(which, by, "", "", sensible=True)
        self.pass_review(other)
        self.send_out(other)

    @rule(what=some, by=anybody, reason=st.sampled_from(REASONS), note=note)
    def pull(self, what: int, by: str, reason: str, note: str) -> None:
        if what % 3 == 0:
            self.history.pull(self.live_item(what // 3), by, reason, note)

    @rule(which=some, by=anybody)
    def confirm_pull(self, which: int, by: str) -> None:
        pulls = [one for one in self.model.releases if one.is_pull]
        self.history.confirm_pull(nth(pulls or self.model.releases, which), by)

    @rule(days=st.sampled_from([0, 1, 40, 500]), seconds=st.sampled_from([-7200, 1, 3600]))
    def wait(self, days: int, seconds: int) -> None:
        self.history.wait(days=days, seconds=seconds)


def _roles(content: Json) -> frozenset[ReviewRole]:
    return frozenset(ReviewRole(one) for one in rules.required_roles(Text("", "", content["shade"])))


REVIEWED_BY_SHADE = replace(SPECIMEN, required_roles=_roles)


def test_no_history_leaves_the_rules(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._registry, REVIEWED_BY_SHADE.name, REVIEWED_BY_SHADE)
    people = People()
    Histories.people = {name: people.make(name, *sorted(roles)) for name, roles in ROLES_OF.items()}
    Histories.source = Desk(people).source()
    Histories.done = Counter()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=amount(4, 500),
            stateful_step_count=amount(20, 50),
            derandomize=not IS_FULL,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if IS_FULL else [Phase.generate],
        ),
    )
    made = {name: count for name, count in Histories.done.items() if name not in {"histories", "releases"}}
    refused = sum(count for name, count in made.items() if name.endswith("refused"))
    report(
        "histories",
        histories=Histories.done["histories"],
        releases=Histories.done["releases"],
        moves=sum(made.values()) - refused,
        refusals=refused,
    )
