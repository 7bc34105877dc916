"""What is out, what was pulled, and what nobody may read yet: written and released by the real actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from content_api import kinds
from content_api.editions.models import PublishedRelease
from content_api.editorial import actions as editorial
from content_api.partners.actions import acknowledge, create_site, issue_key
from content_api.releases import actions as releases
from content_api.releases.models import Release
from content_api.shapes import restore, snapshot
from tests.journeys.dossier import Dossier, event
from tests.proofs.accompanied import accompany

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from content_api.editorial.models import Version
    from tests.proofs.canaries import Canaries
    from tests.situations import Desk

STANDING = {
    "organization": "fda",
    "source": "notice",
    "target": "claudin",
    "tumor_type": "gastric",
    "therapy_class": "car-t",
    "therapy": "satri-cel",
    "approval": "satri-cel-nmpa",
    "trial": "ct041",
    "faq": "what-for",
    "disclaimer": "general",
}  # a live item of each kind
KINDS = tuple(STANDING)


@dataclass
class Stage:
    """A dossier with a past: something renamed, withdrawn, corrected, and one item of each kind pulled."""

    desk: Desk
    canaries: Canaries
    pulled: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dossier = Dossier(self.desk)
        self._write_the_rest()
        self.dossier.published()
        self._publish_what_will_be_pulled()
        self._move_on()
        for slug in self.pulled:
            self._pull(self.dossier.items[slug])

    @property
    def targets(self) -> Mapping[str, str]:
        """A live item of each kind, to refer to."""
        return {kind: self.dossier.id_of(slug) for kind, slug in STANDING.items()}

    def _write_the_rest(self) -> None:
        write = self.dossier.write
        write("target", "claudin", name="Claudin18.2", gene="CLDN18")
        write("tumor_type", "solid", name="Solid tumor", group="SOLID")
        write("tumor_type", "gastric", name="Stomach cancer", group="SOLID", parent=self.dossier.id_of("solid"))
        write("organization", "closed-site", name="A site that closes", roles=["SITE"], country="US")
        accompany(self.dossier)
        self.dossier.approval("satri-cel-fda", "satri-cel, USA (FDA)", "US", "fda", [event("SUBMITTED", "2025-07-01")])

    def _publish_what_will_be_pulled(self) -> None:
        for kind in KINDS:
            slug = f"pulled-{kind.replace('_', '-')}"
            self._write(kind, slug, {**self.canaries.content(kind, self.targets, "pulled"), "slug": slug})
            self.pulled.append(slug)
        id_of = self.dossier.id_of
        self.dossier.write(
            "therapy",
            "satri-cel",
            developer=id_of("pulled-organization"),
            targets=[id_of("claudin"), id_of("pulled-target")],
            tumor_types=[id_of("gastric"), id_of("pulled-tumor-type")],
            sources=[{"source": id_of("pulled-source"), "locator": ""}],
        )
        self.desk.publish(*self.dossier.approved(*self.pulled, "satri-cel"))

    def _move_on(self) -> None:
        self._rewrite(self.dossier.items["claudin"], {"slug": "claudin-18-2"})
        self.dossier.items["claudin-18-2"] = self.dossier.items["claudin"]
        self.desk.publish(*self.dossier.approved("claudin-18-2"))
        self.desk.withdraw(self.dossier.items["closed-site"], public_note="It closed.")

    def _pull(self, item: ContentItem) -> None:
        replaced_by = self.dossier.items["general"] if item.kind == "disclaimer" else None  # texts carry it
        said: dict[str, Any] = {
            "reason": "ENTERED_IN_ERROR",
            "public_note": "It was wrong.",
            "replaced_by": replaced_by,
        }
        published = releases.pull(item=item, person=self.desk.people.pia, **said)
        if item.kind == "source":  # one is confirmed; the others wait
            second = self.desk.people.make("paul", "Publisher")
            releases.confirm_pull(release=Release.objects.get(number=published.number), person=second)

    # --- what nobody may read yet

    def hide(self) -> list[ContentItem]:
        """Add to every unpublished room; return the drafts that never were public."""
        self._people_and_sites()
        drafts = [self._draft(kind) for kind in KINDS]
        for slug in STANDING.values():
            self._change(slug)
        self._set_aside("gastric")
        changed = ("fda", "car-t", "satri-cel", "satri-cel-nmpa", "ct041", "what-for", "general")
        self._verdicts([*drafts, *(self.dossier.items[slug] for slug in changed)])
        return drafts

    def _draft(self, kind: str) -> ContentItem:
        content = self.canaries.content(kind, self.targets, "draft")
        return self._write(kind, content["slug"], content)

    def _change(self, slug: str) -> None:
        """Change every text of something that is out, its address too."""
        item = self.dossier.items[slug]
        self._rewrite(item, self.canaries.content(item.kind, self._others(item.kind), "edit"))

    def _set_aside(self, slug: str) -> None:
        """Park what was changed of something that is out, and change it otherwise."""
        editorial.park(item=self.dossier.items[slug], person=self.desk.people.ann)
        self._change(slug)

    def _write(self, kind: str, slug: str, content: Json) -> ContentItem:
        return self.dossier.write(kind, slug, **{name: value for name, value in content.items() if name != "slug"})

    def _rewrite(self, item: ContentItem, changed: Json) -> None:
        row = kinds.get(item.kind).model._default_manager.get(pk=item.pk)
        restore(row, {**snapshot(row), **changed})
        editorial.record_edit(item=item, person=self.desk.people.ann)

    def _others(self, kind: str) -> Mapping[str, str]:
        """Return what a changed text refers to: never itself."""
        other = {"tumor_type": "solid", "organization": "nmpa"}.get(kind)
        return {**self.targets, **({kind: self.dossier.id_of(other)} if other else {})}

    def _verdicts(self, items: list[ContentItem]) -> None:
        """Submit these, and leave them in every state; put the approved ones into an open release."""
        word = self.canaries.new
        approved = []
        for number, item in enumerate(items):
            version = self._submit(item)
            if number % 4 == 0:
                said = word("a comment on a field")
                editorial.comment(version=version, person=self.desk.people.mei, pointer="/slug", text=said)
            elif number % 4 == 1:
                self.desk.send_back(version, word("a reviewer's comment"))
            elif number % 4 == 2:
                editorial.recall(version=version, person=self.desk.people.carl)
            elif number % 4 == 3:
                approved.append(self.dossier.approve(version))
        self._open_release(approved)

    def _submit(self, item: ContentItem) -> Version:
        first = not item.versions.exists()
        return editorial.submit(
            item=item,
            person=self.desk.people.carl,
            change_type="" if first else "CORRECTION",
            change_note="" if first else self.canaries.new("a change note"),
        )

    def _open_release(self, approved: list[Version]) -> None:
        word, pia = self.canaries.new, self.desk.people.pia
        release = releases.open_release(person=pia, title=word("a release's title"), notes=word("a release's notes"))
        for version in approved[1:]:
            releases.add_version(release=release, version=version, person=pia)
        releases.put_in(release=release, items=[self.dossier.items["gastric"]], person=pia)
        releases.add_withdrawal(
            release=release,
            item=self.dossier.items["satri-cel-fda"],
            person=pia,
            reason="OUTDATED",
            public_note=word("a withdrawal's note"),
        )
        self._schedule(approved[0])

    def _schedule(self, version: Version) -> None:
        release = self.desk.compose(version, title=self.canaries.new("a scheduled release's title"))
        self.desk.sign(release)
        at = timezone.now() + timedelta(days=1)
        releases.schedule(release=release, person=self.desk.people.pia, at=at, zone="Asia/Shanghai")

    def _people_and_sites(self) -> None:
        word = self.canaries.new
        self.desk.people.make(word("a person's name"), "Medical reviewer", credentials=word("credentials"))
        site = create_site(slug=word("a site's slug"), name=word("a site's name"))
        live = PublishedRelease.objects.latest("number")
        acknowledge(site=site, release=live.number, release_hash=live.hash)
        self.canaries.places[issue_key(site=site)[:16].lower()] = "a site's key"
