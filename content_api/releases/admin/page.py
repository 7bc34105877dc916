"""What stands on the page of a release: what it holds, who judges it, what it changes, and what this person may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from content_api import kinds
from content_api.editorial import queries
from content_api.editorial.models import State, Version
from content_api.people import EDITOR, PUBLISHER, REVIEWER_ROLES, roles_of
from content_api.refusals import Refused
from content_api.releases import moves, policies
from content_api.releases.admin.finding import found
from content_api.releases.admin.forms import CHANGES, ScheduleForm
from content_api.releases.admin.impact_rows import impact_rows
from content_api.releases.admin.next_steps import next_steps
from content_api.releases.admin.texts import name_of_person, texts_of
from content_api.releases.impact import reading_of, sign_offs_that_count
from content_api.releases.models import ReleaseItem, ReleaseState

if TYPE_CHECKING:
    from django.http import HttpRequest

    from content_api.canonical_json import Json
    from content_api.releases.impact import SetReading
    from content_api.releases.models import Release

MANY = 200  # texts that are offered


def release_page(release: Release, request: HttpRequest) -> Json:
    """Return what the page of a release shows to who asks: in which role they judge, and which text they look for."""
    person = request.user
    return {
        "release": release,
        "withdrawals": [_withdrawal(one) for one in release.withdrawals.select_related("item").order_by("pk")],
        "composers": [name_of_person(one.person) for one in release.composers.select_related("person").order_by("pk")],
        "sign_offs": release.sign_offs.order_by("pk"),
        "verdicts": release.verdicts.order_by("pk"),
        "pull_confirmation": getattr(release, "pullconfirmation", None),
        "may_confirm_pull": _may_confirm_pull(release, person),
        "roles_held": roles_of(person),
        **(_unfinished(release, request) if release.state in policies.UNFINISHED else _finished(release)),
    }


def _finished(release: Release) -> Json:
    versions = release.items.select_related("version__item").order_by("pk")
    return {"texts": [_finished_text(one.version) for one in versions]}


def _finished_text(version: Version) -> Json:
    kind = kinds.get(version.item.kind)
    url = reverse("admin:editorial_version_change", args=[version.pk])
    name = kind.name_of(queries.content_of(version))
    return {"version": version, "kind": kind.label, "name": name, "url": url, "standing": "", "state": ""}


def _unfinished(release: Release, request: HttpRequest) -> Json:
    """Return what only a release has that is not finished: its review, its impact, what may go in, and the steps."""
    person, find = request.user, request.GET.get("find", "").strip()
    reading, held = reading_of(release), roles_of(person)
    is_open = release.state == ReleaseState.OPEN
    judging = _judging_role(held, request.GET.get("as", ""))
    texts = texts_of(release, reading, person, judging)
    missing = _missing_roles(release, reading)
    may_compose = is_open and bool(held & {EDITOR, PUBLISHER})
    return {
        "texts": texts,
        "impact": reading.impact,
        "impact_rows": impact_rows(reading, release),
        "missing_roles": missing,
        "role": judging,
        "other_roles": [one for one in REVIEWER_ROLES if one in held and one != judging],
        **_judging(release, reading, person, judging, missing, texts),
        "may_compose": may_compose,
        "may_submit": is_open and EDITOR in held and any(one["is_to_submit"] for one in texts),
        "asks_what_changed": any(one["is_to_submit"] and not one["is_first"] for one in texts),
        "change_types": CHANGES,
        "may_publish": PUBLISHER in held,
        "why_not": moves.why_not(release, reading, timezone.now()),
        "schedule_form": ScheduleForm(),
        "candidates": [_finished_text(version) for version in _candidates(release)] if may_compose else [],
        "find": find,
        "found": found(request, find) if may_compose and find else [],
        "next_steps": next_steps(release, texts, missing),
    }


def _judging_role(held: frozenset[str], wanted: str) -> str:
    return wanted if wanted in held else next((one for one in REVIEWER_ROLES if one in held), "")


def _judging(
    release: Release, reading: SetReading, person: Any, role: str, missing: list[str], texts: list[Json]
) -> Json:
    """Return whether this person is asked for a verdict, and why theirs signs nothing off, or for none."""
    if not role or release.state != ReleaseState.OPEN:
        return {"is_judging": False, "refusals": []}
    judges = any(one["is_judging"] for one in texts)
    refusal = _sign_off_refusal(release, reading, person, role) if role in missing else ""
    refusals = {one["refusal"] for one in texts if one["refusal"]}
    return {
        "is_judging": judges or (role in missing and not refusal),
        "signing_roles": [role] if role in missing and not refusal else [],
        "refusals": sorted({*refusals, *filter(None, [refusal])}),
    }


def _sign_off_refusal(release: Release, reading: SetReading, person: Any, role: str) -> str:
    try:
        policies.check_can_sign_off(release, person, role, reading.impact, reading.impact.sha256)
    except Refused as refusal:
        return refusal.message
    return ""


def _missing_roles(release: Release, reading: SetReading) -> list[str]:
    signed = set(sign_offs_that_count(release, reading.impact).values_list("role", flat=True))
    return [role for role in reading.impact.required_roles if role not in signed]


def _candidates(release: Release) -> list[Version]:
    """Return the approved versions that neither went out, nor are older than one that did, nor are in this release."""
    out = ReleaseItem.objects.filter(release__state=ReleaseState.PUBLISHED, item=OuterRef("item"))
    as_new = Exists(out.filter(version__number__gte=OuterRef("number")))
    here = [*release.items.values_list("item_id", flat=True), *release.working_copies.values_list("item_id", flat=True)]
    waiting = Version.objects.filter(~as_new, state=State.APPROVED).exclude(item_id__in=here)
    return list(waiting.select_related("item").order_by("-submitted_at", "pk")[:MANY])


def _withdrawal(one: Any) -> Json:
    copy = queries.working_copy(one.item)
    return {"row": one, "name": str(copy), "kind": kinds.get(one.item.kind).label, "item_id": one.item_id}


def _may_confirm_pull(release: Release, person: Any) -> bool:
    waits = release.is_pull and not hasattr(release, "pullconfirmation")
    others = not release.composers.filter(person_id=person.pk).exists()
    return waits and others and bool(roles_of(person) & {PUBLISHER, *REVIEWER_ROLES})
