"""What a person may do to a release, and if not, why not.

An example: Ed composes a release, Mei (medical) signs off that the therapy page will now read differently, Pia
publishes. Mei may sign because she wrote in no version of it and composed none of it; Ed may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editions.models import Edition
from content_api.editorial.models import Role, State, Version, VersionContributor
from content_api.people import EDITOR, PUBLISHER, REVIEWER_ROLES, has_role
from content_api.refusals import Refused
from content_api.releases.models import ReleaseItem, ReleaseState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AbstractBaseUser

    from content_api.content_items import ContentItem
    from content_api.releases.impact import Impact
    from content_api.releases.models import Release


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


def check_is_open(release: Release) -> None:
    """Refuse to touch a release that is published or cancelled."""
    if release.state != ReleaseState.OPEN:
        raise Refused("not-open", f"This release is {release.get_state_display().lower()}; open a new one.")


def check_can_add(release: Release, versions: Sequence[Version]) -> None:
    """Refuse versions of which one is not approved, went out before, or is older than what is live."""
    check_is_open(release)
    for version in versions:
        if version.state != State.APPROVED:
            state = version.get_state_display().lower()
            raise Refused("not-approved", f"This version is {state}. Only an approved version can be released.")
    if ReleaseItem.objects.filter(version__in=versions, release__state=ReleaseState.PUBLISHED).exists():
        raise Refused("already-out", "This version went out before. Restore it, submit it and have it approved again.")
    if release.withdrawals.filter(item__in=[version.item_id for version in versions]).exists():
        raise Refused("withdrawn-here", "This release withdraws the item. Take the withdrawal out first.")
    _check_are_newest(versions)


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
    if release.items.filter(item=item).exists():
        raise Refused("published-here", "This release publishes the item. Take the version out first.")


def check_is_live(item: ContentItem) -> None:
    """Refuse to take down what is not out."""
    if not Edition.objects.filter(content_id=item.pk, until_release=None).exists():
        raise Refused("not-live", "This item is not live, so there is nothing to take down.")


def check_can_sign_off(release: Release, person: AbstractBaseUser, role: str, impact: Impact, shown: str) -> None:
    """Refuse a sign-off of another impact, in a role that it does not need, or by somebody who made the release."""
    check_is_open(release)
    if role not in Role.values or not has_role(person, role):
        raise Refused("not-in-role", f"Only a {role.lower()} may sign this off. You do not have that role.")
    if role not in impact.required_roles:
        raise Refused(
            "role-not-needed", f"This impact is signed off by: {', '.join(impact.required_roles) or 'nobody'}."
        )
    if impact.sha256 != shown:
        raise Refused(
            "not-what-was-shown", "The impact is not the one you were shown. Reload the page and read it again."
        )
    if release.composers.filter(person_id=person.pk).exists():
        raise Refused("own-release", "You composed this release, so somebody else must sign off what it changes.")
    versions = release.items.values("version_id")
    if VersionContributor.objects.filter(version_id__in=versions, person_id=person.pk).exists():
        raise Refused("own-text", "You contributed to a text in this release, so somebody else must sign it off.")
    if release.sign_offs.filter(person_id=person.pk, impact_sha256=shown).exists():
        raise Refused("already-signed", "You signed this off already. Another role needs another person.")


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
    if not release.is_pull or release.state != ReleaseState.PUBLISHED:
        raise Refused("not-a-pull", "This release is not a pull; there is nothing to confirm.")
    if not any(has_role(person, role) for role in (*REVIEWER_ROLES, PUBLISHER)):
        raise Refused("may-not-pull", "Only a reviewer or a publisher may confirm a pull.")
    if release.composers.filter(person_id=person.pk).exists():
        raise Refused("same-person", "You pulled it. A second person must confirm.")
    if hasattr(release, "pullconfirmation"):
        raise Refused("already-confirmed", "This pull was confirmed already.")
