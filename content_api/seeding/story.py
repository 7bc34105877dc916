"""The seed's releases, taken through the real actions: written, submitted, reviewed, composed, signed off, published.

Every step looks at what is there already. So a second run changes nothing, and one that was interrupted goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from content_api import shapes
from content_api.content_items import ContentItem
from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.editorial.models import State, Version
from content_api.kinds import ReviewRole
from content_api.refusals import Refused
from content_api.releases import actions as releases
from content_api.releases.impact import impact_of
from content_api.releases.models import Release, ReleaseState
from content_api.seeding.refused_rows import why_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from content_api.canonical_json import Json
    from content_api.content_items import WorkingCopy
    from content_api.seeding.stages import Entry, Stage
    from content_api.shapes import Shape


@dataclass(frozen=True)
class Cast:
    """The people of the story, each in their role."""

    editor: User
    medical: User
    regulatory: User
    publisher: User

    def reviewer(self, role: str) -> User:
        """Return who reviews in a role."""
        return self.medical if role == ReviewRole.MEDICAL else self.regulatory


def cast() -> Cast:
    """Return the people by their user names; raises Refused if one is missing."""
    names = ("editor", "medical", "regulatory", "publisher")
    found = {person.get_username(): person for person in get_user_model().objects.filter(username__in=names)}
    if missing := [name for name in names if name not in found]:
        raise Refused(
            "people-missing",
            f"Nobody is called {', '.join(missing)}. Run “manage.py demo” first: it makes the demo accounts.",
        )
    return Cast(**found)


def length(stage: Stage) -> int:
    """Return how many steps a release takes: each text is written, submitted, reviewed and released; then it goes out."""
    return 4 * len(stage.entries) + 1


def published(stage: Stage) -> Release | None:
    """Return the stage's release if it is out."""
    return Release.objects.filter(title=stage.title, state=ReleaseState.PUBLISHED).first()


def tell(stage: Stage, people: Cast, tick: Callable[[], object]) -> Release:
    """Bring a stage that is not out yet from wherever it stands to its published release, and return that."""
    _write_all(stage, people, tick)
    for entry in stage.entries:  # all before the first review, so that reviewers read names and not gaps
        _submit(entry, people)
        tick()
    for entry in stage.entries:
        _approve(entry, people)
        tick()
    release = _composed(stage, people, tick)
    _sign_off(release, people)
    releases.publish(release=release, person=people.publisher)
    tick()
    release.refresh_from_db()
    return release


@transaction.atomic
def _write_all(stage: Stage, people: Cast, tick: Callable[[], object]) -> None:
    """Write every working copy: first what it cannot be without, so that any text may then refer to any other."""
    for entry in stage.entries:
        _begin(entry)
    for entry in stage.entries:
        _write(entry, people)
        tick()


def _begin(entry: Entry) -> None:
    rows = entry.kind.model._default_manager
    if rows.filter(pk=entry.content_id).exists():
        return
    if rows.filter(slug=entry.content["slug"]).exists():
        text = (
            f"this database has another {entry.kind.label} of that slug. Give yours another, or use an empty database."
        )
        raise Refused("seed-slug-taken", f"{entry.place}: {text}")
    item, _ = ContentItem.objects.get_or_create(content_id=entry.content_id, defaults={"kind": entry.kind.name})
    _restore(entry, entry.kind.model(item=item), _bones(entry.kind.shape, entry.content))


def _bones(shape: Shape, content: Json) -> Json:
    """Return the content without its rows and without the references that it can do without."""
    plain = {shapes.MemberType.VALUE, shapes.MemberType.PROSE}
    return {
        member.name: content[member.name]
        for member in shape.members
        if member.type in plain or (member.type is shapes.MemberType.REFERENCE and not member.field.null)
    }


def _write(entry: Entry, people: Cast) -> None:
    if _version(entry):
        return
    row = entry.kind.model._default_manager.get(pk=entry.content_id)
    if shapes.snapshot(row) != entry.content:
        _restore(entry, row, entry.content)
    editorial.record_edit(item=row.item, person=people.editor)


def _restore(entry: Entry, row: WorkingCopy, content: Json) -> None:
    try:
        with transaction.atomic():
            shapes.restore(row, content)
    except IntegrityError as error:
        why = why_refused(row, content, _bones(entry.kind.shape, content))
        raise Refused("seed-refused", f"{entry.place}: {why or error}") from error


def _submit(entry: Entry, people: Cast) -> None:
    if _version(entry):
        return
    item = ContentItem.objects.get(pk=entry.content_id)
    try:
        editorial.submit(item=item, person=people.editor, change_type=entry.change_type, change_note=entry.change_note)
    except Refused as refusal:
        places = " ".join(f"{error['pointer']}: {error['detail']}" for error in refusal.errors)
        raise Refused(refusal.code, f"{entry.place}: {refusal.message} {places}".rstrip()) from refusal


def _approve(entry: Entry, people: Cast) -> None:
    version = _wanted(entry)
    if version.state == State.APPROVED:
        return
    given = set(version.reviews.values_list("role", flat=True))
    roles = version.required_reviews.exclude(role__in=given).order_by("role").values_list("role", flat=True)
    for role in list(roles):
        shown = queries.shown(version)
        editorial.approve(
            version=version,
            person=people.reviewer(role),
            role=role,
            content_sha256=shown.content_sha256,
            substance_sha256=shown.substance_sha256,
        )


def _version(entry: Entry) -> Version | None:
    """Return the version of just this text that is in review or approved, if there is one."""
    states = [State.IN_REVIEW, State.APPROVED]
    versions = Version.objects.filter(item_id=entry.content_id, content_sha256=entry.sha256, state__in=states)
    return versions.order_by("-number").first()


def _wanted(entry: Entry) -> Version:
    version = _version(entry)
    if version is None:
        raise Refused("seed-overtaken", f"{entry.place}: its text was sent back or changed meanwhile. Run seed again.")
    return version


def _composed(stage: Stage, people: Cast, tick: Callable[[], object]) -> Release:
    """Return the stage's open release, with everything in it that belongs there."""
    release = Release.objects.filter(title=stage.title, state=ReleaseState.OPEN).first() or releases.open_release(
        person=people.editor, title=stage.title, notes=stage.notes, urgency=stage.urgency
    )
    held = set(release.items.values_list("item_id", flat=True))
    for entry in stage.entries:
        if entry.content_id not in held:
            releases.add_version(release=release, version=_wanted(entry), person=people.editor)
        tick()
    _add_withdrawals(release, stage, people)
    return release


def _add_withdrawals(release: Release, stage: Stage, people: Cast) -> None:
    held = set(release.withdrawals.values_list("item_id", flat=True))
    for one in stage.withdrawals:
        if one.content_id not in held:
            releases.add_withdrawal(
                release=release,
                item=ContentItem.objects.get(pk=one.content_id),
                person=people.publisher,
                reason=one.reason,
                public_note=one.public_note,
                partner_action=one.partner_action,
                replaced_by=ContentItem.objects.get(pk=one.replaced_by) if one.replaced_by else None,
            )


def _sign_off(release: Release, people: Cast) -> None:
    impact = impact_of(release)
    signed = set(release.sign_offs.filter(impact_sha256=impact.sha256).values_list("role", flat=True))
    for role in impact.required_roles:
        if role not in signed:
            releases.sign_off(release=release, person=people.reviewer(role), role=role, impact_sha256=impact.sha256)
