"""Every move of the product, made side by side with the rules: both say no, with a reason of theirs, or both go on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from content_api import shapes
from content_api.content_items import ContentItem
from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.editorial.models import Version
from content_api.refusals import Refused
from tests.proofs import rules
from tests.proofs.readings import Reading, Text, reading
from tests.proofs.rules_of_sets import Rules
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

Hashes = tuple[str, str]


@dataclass
class Writing:
    """What is written and reviewed in one history: the product, the rules beside it, the clock, and how often each said yes and no."""

    people: dict[str, User]
    source: ContentItem
    model: Rules = field(default_factory=Rules)
    now: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    shown: dict[str, tuple[Hashes, Reading]] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)

    def attempt(self, refusals: set[str], action: Callable[..., Any], **arguments: Any) -> tuple[bool, Any]:
        """Make a move, which must go as the rules say; what waits for the end of a transaction is checked at once."""
        verb, code, done = action.__name__, "", None
        try:
            done = action(**arguments)
        except Refused as refusal:
            code = refusal.code
        assert (code in refusals) if code else not refusals, f"{verb}: {code or 'let pass'}; the rules: {refusals}"
        if not code:
            connection.check_constraints()
        self.said[f"{verb} refused" if code else verb] = self.said.get(f"{verb} refused" if code else verb, 0) + 1
        return not code, done

    # writing

    def write(self, text: Text, person: str) -> rules.Item:
        """Begin an item."""
        specimen = Specimen(slug=text.slug, title=text.title)
        specimen.save()
        item = self.model.items[str(specimen.pk)] = rules.Item(str(specimen.pk), text)
        self.edit(item, text, person)
        return item

    def edit(self, item: rules.Item, text: Text, person: str, *, unseen: bool = False) -> None:
        """Change a working copy; `unseen`, behind the application's back."""
        if self.model.slug_is_in_use(item.key, text.slug):
            text = replace(text, slug=item.draft.slug)
        shapes.restore(_specimen(item), {**shapes.snapshot(_specimen(item)), **text.as_content()})
        item.draft = text
        if unseen:
            return
        _, contribution = self.attempt(
            set(), editorial.record_edit, item=item_row(item.key), person=self.people[person], now=self.now
        )
        assert bool(contribution) == (item.recorded != text)
        if contribution:
            self.model.contribute(item, person)

    def adopt(self, item: rules.Item, person: str) -> None:
        """Answer for what was changed behind the application's back."""
        refusals = rules.codes(
            not_an_editor=rules.EDITOR not in rules.ROLES_OF[person], nothing_to_adopt=item.draft == item.recorded
        )
        done, _ = self.attempt(
            refusals, editorial.adopt, item=item_row(item.key), person=self.people[person], now=self.now
        )
        if done:
            self.model.contribute(item, person)

    def restore(self, version: rules.Version, person: str) -> None:
        """Write an old version into its working copy."""
        refusals = self.model.restore_refusals(version, person)
        done, _ = self.attempt(
            refusals, editorial.restore, version=version_row(version), person=self.people[person], now=self.now
        )
        if done:
            item = self.model.items[version.item]
            item.draft = version.text
            self.model.contribute(item, *version.contributors, person)

    # review

    def submit(self, item: rules.Item, person: str, change: str, note: str) -> None:
        """Send a working copy to review."""
        done, version = self.attempt(
            self.model.submit_refusals(item, person, change, note),
            editorial.submit,
            item=item_row(item.key),
            person=self.people[person],
            change_type=change,
            change_note=note,
            now=self.now,
        )
        if done:
            self.open_version(item, version, item.draft, person, item.writers)

    def open_version(
        self, item: rules.Item, version: Version, text: Text, person: str, writers: frozenset[str]
    ) -> rules.Version:
        """Note a version that was submitted."""
        by_pk = {user.pk: name for name, user in self.people.items()}
        found = {by_pk[one.person_id] for one in version.contributors.all()}
        assert found == writers, f"{found} are held to have written it, and {set(writers)} have"
        opened = rules.Version(
            key=str(version.pk),
            item=item.key,
            number=len(item.versions) + 1,
            text=text,
            change=version.change_type,
            submitter=person,
            contributors=writers,
            upto=item.approved.upto
            if version.change_type == "CONFIRMED" and item.approved
            else len(item.contributions),
        )
        assert version.number == opened.number
        item.versions.append(opened)
        return opened

    def recall(self, version: rules.Version, person: str) -> None:
        """Take a version back."""
        refusals = self.model.recall_refusals(version, person)
        done, _ = self.attempt(
            refusals, editorial.recall, version=version_row(version), person=self.people[person], now=self.now
        )
        if done:
            version.state = "RECALLED"

    def read(self, version: rules.Version) -> tuple[Hashes, Reading]:
        """Show a version to a reviewer, and keep what was shown for a verdict later on."""
        shown = queries.shown(version_row(version))
        read = reading(version.item, self.model.shown_world(version))
        self.shown[version.key] = ((shown.content_sha256, shown.substance_sha256), read)
        return self.shown[version.key]

    def judge(self, version: rules.Version, person: str, role: str, *, approves: bool, fresh: bool = True) -> None:
        """Give a verdict on what was shown just now or, if not `fresh`, some time ago."""
        hashes, read = self.read(version) if fresh or version.key not in self.shown else self.shown[version.key]
        now_reads = reading(version.item, self.model.shown_world(version))
        refusals = self.model.verdict_refusals(version, person, role, approves=approves)
        refusals |= rules.codes(not_what_was_shown=read != now_reads)
        done, _ = self.attempt(
            refusals,
            editorial.approve if approves else editorial.request_changes,
            version=version_row(version),
            person=self.people[person],
            role=role,
            content_sha256=hashes[0],
            substance_sha256=hashes[1],
            comment="Read.",
            now=self.now,
        )
        if done:
            self.model.judge(version, person, role, approves=approves, reading=read)

    def confirm(self, item: rules.Item, person: str, role: str, note: str) -> None:
        """Confirm what is out."""
        refusals = self.model.confirm_refusals(item, person, role, note)
        done, version = self.attempt(
            refusals,
            editorial.confirm,
            item=item_row(item.key),
            person=self.people[person],
            role=role,
            source=self.source,
            note=note,
            now=self.now,
        )
        if not done:
            return
        approved = item.approved
        assert approved
        opened = item.open or self.open_version(item, version, approved.text, person, frozenset())
        read = reading(item.key, self.model.shown_world(opened))
        self.model.judge(opened, person, role, approves=True, reading=read)

    # the clock

    def wait(self, **period: int) -> None:
        """Let the clock go on, or jump back."""
        self.now += timedelta(**period)


def item_row(key: str) -> ContentItem:
    return ContentItem.objects.get(content_id=key)


def _specimen(item: rules.Item) -> Specimen:
    return Specimen.objects.get(item=item_row(item.key))


def version_row(version: rules.Version) -> Version:
    return Version.objects.get(pk=version.key)
