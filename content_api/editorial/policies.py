"""What a person may do to a version, and if not, why not.

An example: Ann wrote version 3 and Carl fixed a comma in it. Carl submits it. Neither may approve it, for both
contributed since the last approved version; Mei, a medical reviewer who wrote nothing, may, once, in one role.
Everything here asks for the membership of a group. A superuser is not exempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api import kinds
from content_api.editorial import queries
from content_api.editorial.models import ChangeType, ParkedState, Role, State, Version
from content_api.people import EDITOR, REVIEWER_ROLES, has_role
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from content_api.editorial.models import ParkedText, ReviewComment


def check_is_editor(person: AbstractBaseUser) -> None:
    """Refuse a person who is not an editor."""
    if not has_role(person, EDITOR):
        raise Refused("not-an-editor", "Only an editor may do this. Ask an administrator for the Editor role.")


def check_can_submit(item: ContentItem, person: AbstractBaseUser, change_type: str, change_note: str) -> None:
    """Refuse a submission that may not happen now."""
    check_is_editor(person)
    _check_is_not_in_review(item)
    _check_draft_is_known(item)
    _check_something_changed(item)
    _check_change(item, change_type, change_note)


def check_address_is_free(item: ContentItem, slug: str) -> None:
    """Refuse an address that the working copy of another item of the kind has."""
    kind = kinds.get(item.kind)
    if kind.model._default_manager.filter(slug=slug).exclude(pk=item.pk).exists():
        raise Refused(
            "slug-in-use",
            f"Another {kind.label} has the address “{slug}” in its working copy. Give that one another slug first.",
        )


def check_can_recall(version: Version, person: AbstractBaseUser) -> None:
    """Refuse to recall what is not this person's to take back."""
    if version.state == State.IN_REVIEW:
        if version.submitted_by_id != person.pk:
            raise Refused(
                "not-the-submitter", "Only the person who submitted it may recall it. Request changes instead."
            )
    elif version.state == State.APPROVED:
        if not any(has_role(person, role) for role in REVIEWER_ROLES):
            raise Refused("not-a-reviewer", "It is approved; only a reviewer may recall it now.")
        if queries.was_out(version):
            raise Refused("already-out", "This version went out, so it stays approved. Withdraw the item in a release.")
        _check_nothing_builds_on(version)
    else:
        raise Refused(
            "not-open", f"This version is already {version.get_state_display().lower()}; there is nothing to recall."
        )


def check_can_review(version: Version, person: AbstractBaseUser, role: str) -> None:
    """Refuse a verdict by somebody who may not give it, or on something that waits for none."""
    if version.state != State.IN_REVIEW:
        raise Refused(
            "not-in-review", f"This version is {version.get_state_display().lower()}; it waits for no verdict."
        )
    _check_holds(person, role)
    _check_role_is_wanted(version, person, role)


def check_can_approve(version: Version, person: AbstractBaseUser, role: str) -> None:
    """Refuse an approval by somebody who may not review it, or who wrote in it."""
    check_can_review(version, person, role)
    if version.contributors.filter(person_id=person.pk).exists():
        raise Refused(
            "own-text",
            "You contributed to this text since it was last approved, so somebody else must approve it.",
        )


def check_can_confirm(item: ContentItem, person: AbstractBaseUser, role: str) -> Version:
    """Return the text that is out; refuse to confirm what is not, is in review, or is not this person's to review."""
    version = queries.last_approved(item)
    if version is None:
        raise Refused("never-approved", "Nothing of this item was approved yet. Submit it for review instead.")
    if not queries.is_live(version):
        raise Refused("not-live", "The last approved text is not out, so there is nothing to confirm. Release it.")
    open_version = queries.open_version(item)
    if open_version and open_version.change_type != ChangeType.CONFIRMED:
        raise Refused("already-in-review", "A new version of this item is in review; its review confirms it too.")
    _check_holds(person, role)
    wanted = queries.required_roles(kinds.get(item.kind), queries.content_of(version))
    if role not in set(wanted):
        raise Refused("role-not-needed", f"This item is confirmed by: {', '.join(sorted(wanted))}.")
    return version


def check_can_merge(item: ContentItem, version: Version) -> Version:
    """Return the version that is live; refuse to write over work in the working copy that no submission holds."""
    live = queries.live_version(item)
    if live is None:
        raise Refused("not-live", "Nothing of this item is live, so there is nothing to write on top of.")
    if not _is_submitted(item):
        raise Refused(
            "unsubmitted-work",
            "The working copy holds changes that were not submitted, and they would be lost. "
            f"Submit or undo them first, then put submission {version.number} on top.",
        )
    check_address_is_free(item, queries.content_of(live)["slug"])
    return live


def check_something_is_left(merged: Json, live: Json) -> None:
    """Refuse to write a text anew that says nothing which is not live."""
    if merged == live:
        raise Refused(
            "nothing-left", "What is live says all of it already, or says it otherwise. Take this version out."
        )


def check_can_park(item: ContentItem, person: AbstractBaseUser) -> Version:
    """Return what is live; refuse to set the working copy aside where that would lose something, or serve nothing."""
    check_is_editor(person)
    parked = queries.parked_text(item)
    if parked:
        raise Refused(
            "already-parked",
            f"A text of this item is parked since {parked.parked_at:%Y-%m-%d}. Bring that one back before another is parked.",
        )
    live = queries.live_version(item)
    if live is None:
        raise Refused(
            "not-live", "Nothing of this item is live, so there is nothing to correct. Edit the working copy."
        )
    _check_is_not_in_review(item)
    _check_draft_is_known(item)
    content = queries.content_of(live)
    if queries.draft(item) == content:
        raise Refused("nothing-to-park", "The working copy says what is live. Correct it there, and submit it.")
    check_address_is_free(item, content["slug"])
    return live


def check_can_bring_back(parked: ParkedText, person: AbstractBaseUser) -> None:
    """Refuse to bring a text back twice, or into a working copy that holds work which no submission holds."""
    check_is_editor(person)
    if parked.state != ParkedState.PARKED:
        raise Refused("not-parked", "This text was brought back already. It is in the working copy.")
    _check_draft_is_known(parked.item)
    if not _is_submitted(parked.item) and queries.draft(parked.item) != queries.content_of(parked.base):
        raise Refused(
            "unsubmitted-work",
            "The correction in the working copy was not submitted, and would go out only with the parked text. Submit it "
            f"first; or give it up: restore submission {parked.base.number} from the history. Then bring the text back.",
        )


def check_can_comment(version: Version, person: AbstractBaseUser, pointer: str, answers: ReviewComment | None) -> None:
    """Refuse a comment by somebody who takes no part in the review, or on what is not there or not discussed."""
    if version.state not in {State.IN_REVIEW, State.CHANGES_REQUESTED}:
        raise Refused(
            "not-discussed",
            f"This version is {version.get_state_display().lower()}. Comment on the version that is in review.",
        )
    if not any(has_role(person, role) for role in (EDITOR, *REVIEWER_ROLES)):
        raise Refused("not-in-review-team", "Only editors and reviewers comment. Ask an administrator for a role.")
    if not queries.has_place(version, pointer):
        raise Refused(
            "no-such-field", f"This version has no field “{pointer}”. Reload the page and choose a field on it."
        )
    if answers and (answers.version_id != version.pk or answers.answers_id):
        raise Refused("not-that-comment", "Answer a comment on this version, and not an answer to one.")


def check_what_was_shown(expected: str, shown: str, what: str) -> None:
    """Refuse a verdict on another text than the one that stands there now."""
    if expected != shown:
        raise Refused(
            "not-what-was-shown", f"The {what} is not the one you were shown. Reload the page and read it again."
        )


def _check_nothing_builds_on(version: Version) -> None:
    """Refuse to take an approval away from under a later submission, which counts its authors as approved."""
    later = version.item.versions.filter(number__gt=version.number, state__in=[State.IN_REVIEW, State.APPROVED])
    newest = later.order_by("-number").first()
    if newest:
        raise Refused(
            "written-upon",
            f"Submission {newest.number} of this item was written on top of it and is "
            f"{newest.get_state_display().lower()}. Take that one back first, or request changes of it.",
        )


def _check_is_not_in_review(item: ContentItem) -> None:
    open_version = queries.open_version(item)
    if open_version:
        raise Refused(
            "already-in-review",
            f"Submission {open_version.number} of this item is in review. Recall it, or wait for the verdict.",
        )


def _is_submitted(item: ContentItem) -> bool:
    """Tell whether a submission holds what the working copy says, so that writing over it loses nothing."""
    return item.versions.filter(content_sha256=queries.draft_sha256(item)).exists()


def _check_draft_is_known(item: ContentItem) -> None:
    if queries.draft_sha256(item) != item.draft_sha256:
        raise Refused(
            "changed-behind",
            "The working copy was changed outside the application, so nobody is recorded as its author. "
            "Open it, check every field, and adopt the change as yours.",
        )


def _check_something_changed(item: ContentItem) -> None:
    last = queries.last_approved(item)
    if last and last.content_sha256 == item.draft_sha256 and queries.is_live_or_waiting(last):
        raise Refused(
            "nothing-changed",
            "The working copy is the same as the last approved version. If you checked that it still holds, "
            "ask a reviewer to confirm it.",
        )


def _check_change(item: ContentItem, change_type: str, change_note: str) -> None:
    allowed = {ChangeType.WORLD_CHANGED, ChangeType.CORRECTION, ChangeType.EDITORIAL}
    if queries.is_first(item):
        if change_type not in {"", ChangeType.FIRST}:
            raise Refused("first-version", "A first version changes nothing yet: leave the type of change empty.")
    elif change_type not in allowed or not change_note.strip():
        raise Refused(
            "change-missing",
            "Readers are told what changed: choose “the world changed”, “correction” or “editorial”, and say it in a note.",
        )


def _check_holds(person: AbstractBaseUser, role: str) -> None:
    if role not in Role.values or not has_role(person, role):
        raise Refused("not-in-role", f"Only a {role.lower()} may do this. You do not have that role.")


def _check_role_is_wanted(version: Version, person: AbstractBaseUser, role: str) -> None:
    wanted = list(version.required_reviews.values_list("role", flat=True))
    if role not in wanted:
        raise Refused("role-not-needed", f"This version waits for: {', '.join(wanted)}.")
    if version.reviews.filter(reviewer_id=person.pk).exists():
        raise Refused("already-reviewed", "You gave your verdict on this version. Another role needs another person.")
    if version.reviews.filter(role=role).exists():
        raise Refused("already-reviewed", f"A {role.lower()} gave a verdict on this version already.")
