"""Situations that tests start from, made by the real actions and never by writing versions or editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api import shapes
from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.releases import actions as releases
from content_api.releases.impact import impact_of
from tests.specimens.models import Specimen
from therapies.models import Source

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from content_api.content_items import ContentItem, WorkingCopy
    from content_api.editions.models import PublishedRelease
    from content_api.editorial.models import Version
    from content_api.releases.models import Release
    from tests.conftest import People


class Desk:
    """The people of the tests, at work on specimens."""

    def __init__(self, people: People) -> None:
        self.people = people

    def write(self, slug: str, *, by: User | None = None, **content: Any) -> ContentItem:
        """Write (or change) a specimen as an editor."""
        specimen = Specimen.objects.filter(slug=slug).first() or Specimen(slug=slug, title=slug.title())
        if specimen.item_id is None:
            specimen.save()
        changed = {**shapes.snapshot(specimen), **{name: _plain(value) for name, value in content.items()}}
        shapes.restore(specimen, changed)
        editorial.record_edit(item=specimen.item, person=by or self.people.ann)
        return specimen.item

    def record(self, row: WorkingCopy, *, by: User | None = None) -> None:
        """Note that an editor changed a working copy."""
        editorial.record_edit(item=row.item, person=by or self.people.ann)

    def source(self) -> ContentItem:
        """Return a source to check a text against."""
        source, _ = Source.objects.get_or_create(slug="register", defaults={"title": "Register", "type": "WEB_PAGE"})
        return source.item

    def submit(self, item: ContentItem, *, by: User | None = None, change: str = "EDITORIAL") -> Version:
        """Submit an item, saying what changed if it is not the first time."""
        first = queries.is_first(item)
        return editorial.submit(
            item=item,
            person=by or self.people.ann,
            change_type="" if first else change,
            change_note="" if first else "Said better.",
        )

    def approve(self, version: Version, *, by: User | None = None, role: str = "Medical reviewer") -> Version:
        """Approve what is shown of a version."""
        shown = queries.shown(version)
        editorial.approve(
            version=version,
            person=by or self.people.mei,
            role=role,
            content_sha256=shown.content_sha256,
            substance_sha256=shown.substance_sha256,
        )
        version.refresh_from_db()
        return version

    def send_back(self, version: Version, comment: str = "Say where.") -> Version:
        """Request changes of a version."""
        shown = queries.shown(version)
        editorial.request_changes(
            version=version,
            person=self.people.mei,
            role="Medical reviewer",
            content_sha256=shown.content_sha256,
            substance_sha256=shown.substance_sha256,
            comment=comment,
        )
        version.refresh_from_db()
        return version

    def approved(self, slug: str, **content: Any) -> Version:
        """Write, submit and approve a specimen."""
        return self.approve(self.submit(self.write(slug, **content)))

    def compose(self, *versions: Version, title: str = "News") -> Release:
        """Open a release that holds these versions."""
        release = releases.open_release(person=self.people.ann, title=title)
        for version in versions:
            releases.add_version(release=release, version=version, person=self.people.ann)
        return release

    def sign(self, release: Release) -> None:
        """Sign off whatever else the release changes, in every role that it needs."""
        impact = impact_of(release)
        reviewers = {"Medical reviewer": self.people.mei, "Regulatory reviewer": self.people.rui}
        for role in impact.required_roles:
            releases.sign_off(release=release, person=reviewers[role], role=role, impact_sha256=impact.sha256)

    def publish(self, *versions: Version) -> PublishedRelease:
        """Release these versions, signing off what else they change."""
        release = self.compose(*versions)
        self.sign(release)
        return releases.publish(release=release, person=self.people.pia)

    def withdraw(self, item: ContentItem, **details: Any) -> PublishedRelease:
        """Take an item down in a release of its own."""
        release = releases.open_release(person=self.people.pia, title="Taken down")
        said = {"reason": "OUTDATED", "public_note": "It is out of date.", **details}
        releases.add_withdrawal(release=release, item=item, person=self.people.pia, **said)
        self.sign(release)
        return releases.publish(release=release, person=self.people.pia)


def _plain(value: Any) -> Any:
    """Return what content holds: an item's id in place of the item."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value.pk) if hasattr(value, "pk") else value
