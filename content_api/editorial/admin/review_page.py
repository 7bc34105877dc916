"""What stands on the page of a version: the text, its surroundings, and what this person may do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from content_api import kinds
from content_api.canonical_json import Json, canonical
from content_api.editions.models import Edition
from content_api.editorial import policies, queries
from content_api.editorial.admin.reading import changes, rows_of
from content_api.editorial.models import ChangeType
from content_api.people import roles_of
from content_api.refusals import Refused
from content_api.rendering.envelope import substance_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from content_api.editorial.models import Version


def review_page(version: Version, person: AbstractBaseUser | AnonymousUser) -> Json:
    """Return what the page of a version shows to this person."""
    shown = queries.shown(version)
    live = Edition.objects.filter(content_id=version.item_id, until_release=None).first()
    return {
        "version": version,
        "kind": kinds.get(version.item.kind).label,
        "name": shown.substance["name"],
        "working_copy_url": _working_copy_address(version),
        "is_first": version.change_type == ChangeType.FIRST,
        "contributors": [_name(one.person) for one in version.contributors.select_related("person")],
        "roles": _roles(version),
        "live": live,
        "changes": changes(substance_in(live.body), shown.substance) if live else [],
        "rows": rows_of(shown.substance),
        "shown": shown,
        "json": canonical(shown.substance),
        **_verdict(version, person),
    }


def _verdict(version: Version, person: Any) -> Json:
    """Return in which roles this person may judge, whether they may approve, and if not, why not."""
    wanted = list(version.required_reviews.order_by("role").values_list("role", flat=True))
    judging = [role for role in wanted if not _refusal(policies.check_can_review, version, person, role)]
    refusals = [_refusal(policies.check_can_approve, version, person, role) for role in (judging or wanted)]
    if not roles_of(person) & set(wanted):
        refusals = [
            f"This waits for a {' and a '.join(wanted).lower()}, and you are {'neither' if len(wanted) > 1 else 'none'}."
        ]
    return {
        "judging_roles": judging,
        "may_approve": bool(judging) and not all(refusals),
        "refusals": list(dict.fromkeys(filter(None, refusals))),
        "may_recall": not _refusal(policies.check_can_recall, version, person),
    }


def _refusal(check: Callable[..., None], *args: Any) -> str:
    try:
        check(*args)
    except Refused as refusal:
        return refusal.message
    return ""


def _roles(version: Version) -> list[Json]:
    given = {review.role: review for review in version.reviews.all()}
    return [{"role": one.role, "review": given.get(one.role)} for one in version.required_reviews.order_by("role")]


def _working_copy_address(version: Version) -> str:
    meta = kinds.get(version.item.kind).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[version.item_id])


def _name(person: Any) -> str:
    return str(person.get_full_name() or person.get_username())
