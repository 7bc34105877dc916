"""Moves of a random history: texts are written, changed, submitted and reviewed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.proofs import rules
from tests.proofs.choices import EVERYBODY, SLUGS, TITLES, Choosing, anybody, editor, note, nth, role, sensible, some
from tests.proofs.readings import Text


class MovesOfTexts(Choosing):
    """What people do to single texts."""

    # writing

    @rule(which=some, by=editor, slug=st.sampled_from(SLUGS), title=st.sampled_from(TITLES))
    def write(self, which: int, by: str, slug: str, title: str) -> None:
        if len(self.model.items) < 6 and not self.model.slug_is_in_use("", slug):
            referred = nth(self.model.items, which)
            self.history.write(Text(slug, title, cites=frozenset([referred])), by)

    @rule(which=some, other=some, by=editor, how=st.integers(0, 6), unseen=st.sampled_from([False] * 7 + [True]))
    def edit(self, which: int, other: int, by: str, how: int, unseen: bool) -> None:  # noqa: FBT001
        item = self.item(which)
        target = nth(self.model.items, other)
        draft = item.draft
        changed = [
            replace(draft, title=nth(TITLES, other)),
            replace(draft, shade="PALE" if draft.shade == "DARK" else "DARK"),
            replace(draft, slug=nth(SLUGS, other)),
            replace(draft, cites=draft.cites ^ {target}),
            replace(draft, stands_on=None if draft.stands_on else target),
            replace(draft, seen_with=None if draft.seen_with else target),
            draft,
        ]
        self.history.edit(item, changed[how], by, unseen=unseen)

    @rule(which=some, by=anybody)
    def adopt(self, which: int, by: str) -> None:
        drifted = [item for item in self.model.items.values() if item.draft != item.recorded]
        self.history.adopt(nth(drifted, which) if drifted else self.item(which), by)

    @rule(which=some, by=anybody, sensible=sensible)
    def restore(self, which: int, by: str, sensible: bool) -> None:  # noqa: FBT001
        version = nth(self.model.versions, which)
        self.history.restore(version, self.who(by, sensible, lambda one: self.model.restore_refusals(version, one)))

    # review

    @rule(
        which=some,
        by=anybody,
        change=st.sampled_from(["CORRECTION", "EDITORIAL", "", "FIRST"]),
        note=note,
        sensible=sensible,
    )
    def submit(self, which: int, by: str, change: str, note: str, sensible: bool) -> None:  # noqa: FBT001
        item = self.item(which)
        if sensible:
            change, note = ("", "") if item.is_first else ("WORLD_CHANGED", "It moved.")
        by = self.who(by, sensible, lambda one: self.model.submit_refusals(item, one, change, note))
        self.history.submit(item, by, change, note)

    @rule(which=some, by=anybody, sensible=sensible)
    def recall(self, which: int, by: str, sensible: bool) -> None:  # noqa: FBT001
        waiting = [one for one in self.model.versions if one.state in {"IN_REVIEW", "APPROVED"} and not one.was_out]
        version = nth(waiting if sensible and waiting else self.model.versions, which)
        self.history.recall(version, self.who(by, sensible, lambda one: self.model.recall_refusals(version, one)))

    @rule(which=some)
    def read(self, which: int) -> None:
        self.history.read(self.version_to_judge(which))

    @rule(which=some, by=anybody, role=role, approves=st.booleans(), fresh=st.booleans(), sensible=sensible)
    def judge(self, which: int, by: str, role: str, approves: bool, fresh: bool, sensible: bool) -> None:  # noqa: FBT001
        version = self.version_to_judge(which)
        by = self.who(by, sensible, lambda one: self.model.verdict_refusals(version, one, role, approves=approves))
        self.history.judge(version, by, role, approves=approves, fresh=fresh)

    @rule(which=some)
    def pass_review(self, which: int) -> None:
        """Let whoever may approve a version in all its roles."""
        version = self.version_to_judge(which)
        for wanted in sorted(rules.required_roles(version.text), reverse=True):
            able = [one for one in EVERYBODY if not self.model.verdict_refusals(version, one, wanted, approves=True)]
            if able:
                self.history.judge(version, nth(able, which), wanted, approves=True)

    @rule(which=some, by=anybody, role=role, note=note, sensible=sensible)
    def confirm(self, which: int, by: str, role: str, note: str, sensible: bool) -> None:  # noqa: FBT001
        item = self.item(which)
        by = self.who(by, sensible, lambda one: self.model.confirm_refusals(item, one, role, note))
        self.history.confirm(item, by, role, note)
