"""What stands on the page of a release: its texts, its impact, and what this person may do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from content_api import kinds
from content_api.editorial import queries
from content_api.editorial.admin.reading import changes
from content_api.editorial.models import State, Version
from content_api.people import EDITOR, PUBLISHER, REVIEWER_ROLES, roles_of
from content_api.refusals import Refused
from content_api.releases.impact import impact_of
from content_api.releases.models import ReleaseItem, ReleaseState
from content_api.releases.policies import check_can_sign_off

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from content_api.canonical_json import Json
    from content_api.releases.impact import Impact
    from content_api.releases.models import Release

MANY = 200  # approved texts that are offered


def release_page(release: Release, person: AbstractBaseUser | AnonymousUser) -> Json:
    """Return what the page of a release shows to this person."""
    versions = release.items.select_related("version__item").order_by("pk")
    return {
        "release": release,
        "items": [_text(one.version) for one in versions],
        "withdrawals": release.withdrawals.select_related("item").order_by("pk"),
        "composers": [_name(one.person) for one in release.composers.select_related("person").order_by("pk")],
        "sign_offs": release.sign_offs.order_by("pk"),
        "pull_confirmation": getattr(release, "pullconfirmation", None),
        **(_open_page(release, person) if release.state == ReleaseState.OPEN else {}),
        "may_confirm_pull": _may_confirm_pull(release, person),
    }


def _open_page(release: Release, person: Any) -> Json:
    """Return what only an open release has: its impact, what may go into it, and the steps."""
    impact, roles = impact_of(release), roles_of(person)
    signed = set(release.sign_offs.filter(impact_sha256=impact.sha256).values_list("role", flat=True))
    missing = [role for role in impact.required_roles if role not in signed]
    refusals = {role: _refusal(release, person, role, impact) for role in missing if role in roles}
    return {
        "impact": impact,
        "impact_rows": [(row, changes(row.before, row.after)) for row in impact.rows],
        "missing_roles": missing,
        "signing_roles": [role for role, refusal in refusals.items() if not refusal],
        "refusals": sorted(set(filter(None, refusals.values()))),
        "may_compose": bool(roles & {EDITOR, PUBLISHER}),
        "may_publish": PUBLISHER in roles,
        "candidates": [_text(version) for version in _candidates(release)],
    }


def _refusal(release: Release, person: Any, role: str, impact: Impact) -> str:
    """Return why the person may not sign off what they are shown, or nothing."""
    try:
        check_can_sign_off(release, person, role, impact, impact.sha256)
    except Refused as refusal:
        return refusal.message
    return ""


def _candidates(release: Release) -> list[Version]:
    """Return the approved versions that neither went out, nor are older than one that did, nor are in this release."""
    out = ReleaseItem.objects.filter(release__state=ReleaseState.PUBLISHED, item=OuterRef("item"))
    as_new = Exists(out.filter(version__number__gte=OuterRef("number")))
    here = release.items.values("item_id")
    waiting = Version.objects.filter(~as_new, state=State.APPROVED).exclude(item_id__in=here)
    return list(waiting.select_related("item").order_by("-submitted_at", "pk")[:MANY])


def _text(version: Version) -> Json:
    kind = kinds.get(version.item.kind)
    return {
        "version": version,
        "kind": kind.label,
        "name": kind.name_of(queries.content_of(version)),
        "url": reverse("admin:editorial_version_change", args=[version.pk]),
    }


def _may_confirm_pull(release: Release, person: Any) -> bool:
    waits = release.is_pull and not hasattr(release, "pullconfirmation")
    others = not release.composers.filter(person_id=person.pk).exists()
    return waits and others and bool(roles_of(person) & {PUBLISHER, *REVIEWER_ROLES})


def _name(person: Any) -> str:
    return str(person.get_full_name() or person.get_username())
