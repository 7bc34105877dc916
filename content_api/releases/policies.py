"""What a person may do to a release, and if not, why not.

An example: Ed composes a release, Mei (medical) signs off that the therapy page will now read differently, Pia
publishes. Mei may sign because she wrote in no version of it and composed none of it; Ed may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import available_timezones

from content_api import kinds
from content_api.editions.models import Edition, Tombstone
from content_api.editorial import queries
from content_api.editorial.models import Role, State, Version, VersionContributor
from content_api.editorial.policies import check_is_editor
from content_api.people import EDITOR, PUBLISHER, REVIEWER_ROLES, has_role
from content_api.refusals import Refused
from content_api.releases.models import Mark, ReleaseItem, ReleaseState, ReleaseWorkingCopy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.editorial.models import Review
    from content_api.releases.impact import Impact
    from content_api.releases.models import Release
    from content_api.releases.sets import Member


UNFINISHED = {ReleaseState.OPEN, ReleaseState.SCHEDULED}
PULL_REASONS = {"SAFETY", "LEGAL", "ENTERED_IN_ERROR"}


def check_can_compose(person: AbstractBaseUser) -> None:
    """Refuse a person who may not make releases."""
    if not (has_role(person, EDITOR) or has_role(person, PUBLISHER)):
        raise Refused("not-a-composer", "Only an editor or a publisher may compose a release.")


def check_is_publisher(person: AbstractBaseUser) -> None:
    """Refuse a person who is not a publisher."""
    if not has_role(person, PUBLISHER):
        raise Refused(
            "not-a-publisher", "Only a publisher may do this. Ask one of them, or an administrator for the role."
        )


def check_is_unfinished(release: Release) -> None:
    """Refuse to touch a release that is published or cancelled."""
    if release.state not in UNFINISHED:
        raise Refused("not-open", f"This release is {release.get_state_display().lower()}; open a new one.")


def check_is_open(release: Release) -> None:
    """Refuse to change a release that is finished, or whose time is set."""
    check_is_unfinished(release)
    if release.state == ReleaseState.SCHEDULED:
        raise Refused("scheduled", "This release is scheduled and stays as it is. Take it off the schedule first.")


def check_can_put_in(release: Release, item: ContentItem) -> None:
    """Refuse a working copy that this release or another one holds, or whose item it publishes or withdraws."""
    check_is_open(release)
    check_holds_nothing_of(release, item)
    others = ReleaseWorkingCopy.objects.filter(item=item, release__state__in=UNFINISHED).exclude(release=release)
    other = others.select_related("release").first()
    if other:
        raise Refused(
            "in-another-set",
            f"The working copy of this {kinds.get(item.kind).label} is in the release “{other.release}”. "
            "Take it out there first, so that it is clear with which news it goes out.",
        )


def check_holds_nothing_of(release: Release, item: ContentItem) -> None:
    """Refuse an item of which the release holds something: a working copy, a version or a withdrawal."""
    if release.items.filter(item=item).exists():
        raise Refused("already-here", "This release holds a version of the item. Take that one out first.")
    if release.working_copies.filter(item=item).exists():
        raise Refused("already-here", "This release holds the working copy of the item. Take that one out first.")
    if release.withdrawals.filter(item=item).exists():
        raise Refused("withdrawn-here", "This release withdraws the item. Take the withdrawal out first.")


def check_is_complete(members: Sequence[Member]) -> None:
    """Refuse to let a set go while a text in it waits for its editor or its reviewers."""
    waiting = [f"{one.name} ({one.standing})" for one in members]
    if waiting:
        raise Refused(
            "set-not-ready",
            f"These texts of the release are not approved yet: {', '.join(waiting)}. "
            "Have them approved, or take them out and release them later.",
        )


def check_can_add(release: Release, versions: Sequence[Version]) -> None:
    """Refuse to put versions into a release that may not go out with it."""
    check_is_open(release)
    check_may_go_out(release, versions)


def check_may_go_out(release: Release, versions: Sequence[Version]) -> None:
    """Refuse versions of which one is not approved, went out before, was taken down, or is older than what is live."""
    for version in versions:
        if version.state != State.APPROVED:
            state = version.get_state_display().lower()
            raise Refused("not-approved", f"This version is {state}. Only an approved version can be released.")
    if ReleaseItem.objects.filter(version__in=versions, release__state=ReleaseState.PUBLISHED).exists():
        raise Refused("already-out", "This version went out before. Restore it, submit it and have it approved again.")
    if release.withdrawals.filter(item__in=[version.item_id for version in versions]).exists():
        raise Refused("withdrawn-here", "This release withdraws the item. Take the withdrawal out first.")
    _check_are_newest(versions)
    _check_were_not_taken_down(versions)


def _check_were_not_taken_down(versions: Sequence[Version]) -> None:
    buried = set(Tombstone.objects.filter(content_id__in=[one.item_id for one in versions]).values_list("content_id"))
    for version in versions:
        release = queries.taken_down_since(version) if (version.item_id,) in buried else None
        if release:
            raise Refused(
                "taken-down-since",
                f"The item of {version} was taken down in release {release}, after this version was approved. "
                "If it may be public again, have it approved anew: recall it, and submit it once more.",
            )


def _check_are_newest(versions: Sequence[Version]) -> None:
    live = Edition.objects.filter(content_id__in=[one.item_id for one in versions], until_release=None)
    numbers = dict(Version.objects.filter(pk__in=live.values("version_id")).values_list("item_id", "number"))
    for version in versions:
        newer = numbers.get(version.item_id, 0)
        if newer > version.number:
            raise Refused(
                "newer-is-live",
                f"Submission {newer} of this item is live and newer than submission {version.number}. "
                "Restore yours on top of it, submit it and have it approved.",
            )


def check_can_withdraw(release: Release, item: ContentItem) -> None:
    """Refuse to withdraw what is not live, or what this release publishes."""
    check_is_open(release)
    check_is_live(item)
    if release.items.filter(item=item).exists() or release.working_copies.filter(item=item).exists():
        raise Refused("published-here", "This release publishes the item. Take the version out first.")


def check_is_live(item: ContentItem) -> None:
    """Refuse to take down what is not out."""
    if not Edition.objects.filter(content_id=item.pk, until_release=None).exists():
        raise Refused("not-live", "This item is not live, so there is nothing to take down.")


def check_can_review_set(release: Release, person: AbstractBaseUser, role: str, impact: Impact, shown: str) -> None:
    """Refuse a verdict on another set than the one that was shown, or in a role that the person does not have."""
    check_is_open(release)
    _check_holds(person, role)
    _check_what_was_shown(impact, shown)


def check_marks(release: Release, impact: Impact, marks: Mapping[str, str]) -> None:
    """Refuse a verdict that leaves a text of the impact unjudged, or judges one that is not in it."""
    rows = {row.content_id: row for row in impact.rows}
    unmarked = [row.name for one, row in rows.items() if row.needs_sign_off and one not in marks]
    if unmarked:
        raise Refused("row-not-marked", f"Say of each of these whether it reads right: {', '.join(unmarked)}.")
    if not marks.keys() <= rows.keys() or not set(marks.values()) <= set(Mark.values):
        raise Refused("not-what-was-shown", "A mark is of no text on the list. Reload the page and read it again.")
    rewritten = [UUID(one) for one, mark in marks.items() if mark == Mark.NEEDS_REWRITING]
    if release.working_copies.filter(item__in=rewritten).exists():
        raise Refused(
            "in-review-here", "A text that is in review in this release is not marked: request changes of it."
        )


def check_something_was_judged(reviews: Sequence[Review], marks: Mapping[str, str]) -> None:
    """Refuse a verdict that says nothing."""
    if not (reviews or marks):
        raise Refused("nothing-judged", "Give a verdict on at least one text of this release.")


def check_can_sign_off(release: Release, person: AbstractBaseUser, role: str, impact: Impact, shown: str) -> None:
    """Refuse a sign-off of another impact, in a role that it does not need, or by somebody who made the release."""
    check_is_open(release)
    _check_holds(person, role)
    if role not in impact.required_roles:
        raise Refused(
            "role-not-needed", f"This impact is signed off by: {', '.join(impact.required_roles) or 'nobody'}."
        )
    _check_what_was_shown(impact, shown)
    if release.composers.filter(person_id=person.pk).exists():
        raise Refused("own-release", "You composed this release, so somebody else must sign off what it changes.")
    if VersionContributor.objects.filter(version_id__in=impact.versions, person_id=person.pk).exists():
        raise Refused("own-text", "You contributed to a text in this release, so somebody else must sign it off.")
    if release.sign_offs.filter(person_id=person.pk, impact_sha256=shown).exists():
        raise Refused("already-signed", "You signed this off already. Another role needs another person.")


def _check_holds(person: AbstractBaseUser, role: str) -> None:
    if role not in Role.values or not has_role(person, role):
        raise Refused("not-in-role", f"Only a {role.lower()} may sign this off. You do not have that role.")


def _check_what_was_shown(impact: Impact, shown: str) -> None:
    if impact.sha256 != shown:
        raise Refused(
            "not-what-was-shown", "The impact is not the one you were shown. Reload the page and read it again."
        )


def check_can_schedule(release: Release, person: AbstractBaseUser, at: datetime, zone: str, now: datetime) -> None:
    """Refuse a time that has passed or that no zone gives, and whoever may not publish."""
    check_is_publisher(person)
    check_is_open(release)
    if zone not in available_timezones():
        raise Refused("unknown-zone", f"“{zone}” is no time zone. Choose one such as Asia/Shanghai or UTC.")
    if at <= now:
        raise Refused("time-passed", "That time has passed. Choose a later one, or publish now.")


def check_is_scheduled(release: Release) -> None:
    """Refuse to take a release off the schedule that is not on it."""
    if release.state != ReleaseState.SCHEDULED:
        raise Refused("not-scheduled", f"This release is {release.get_state_display().lower()}, not scheduled.")


def check_can_rebase(release: Release, item: ContentItem, person: AbstractBaseUser) -> Version:
    """Return the version of a release that must be written anew on top of what is live; refuse where none must."""
    check_is_editor(person)
    check_is_open(release)
    held = release.items.select_related("version__item").filter(item=item).first()
    if held is None:
        raise Refused("not-here", "This release holds no version of the item.")
    try:
        _check_are_newest([held.version])
    except Refused:
        return held.version
    raise Refused("nothing-newer", "Nothing newer of this item is live, so the version can go out as it is.")


def check_can_pull(item: ContentItem, person: AbstractBaseUser, reason: str) -> None:
    """Refuse a pull by somebody who may not, for a reason that can wait, or of what is not live."""
    if not any(has_role(person, role) for role in (*REVIEWER_ROLES, PUBLISHER)):
        raise Refused("may-not-pull", "Only a reviewer or a publisher may pull. Call one: it takes one person.")
    if reason not in PULL_REASONS:
        wanted = ", ".join(sorted(PULL_REASONS))
        raise Refused("reason-can-wait", f"A pull is for {wanted}. Withdraw it in a release instead.")
    check_is_live(item)


def check_can_confirm_pull(release: Release, person: AbstractBaseUser) -> None:
    """Refuse a second confirmation, one by the same person, or one by somebody who may not pull."""
    if not release.is_pull:
        raise Refused("not-a-pull", "This release is not a pull; there is nothing to confirm.")
    if not any(has_role(person, role) for role in (*REVIEWER_ROLES, PUBLISHER)):
        raise Refused("may-not-pull", "Only a reviewer or a publisher may confirm a pull.")
    if release.composers.filter(person_id=person.pk).exists():
        raise Refused("same-person", "You pulled it. A second person must confirm.")
    if hasattr(release, "pullconfirmation"):
        raise Refused("already-confirmed", "This pull was confirmed already.")
