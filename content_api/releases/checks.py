"""What is looked at when a release is published: it goes out whole and closed, or it is refused, naming what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from content_api import kinds
from content_api.canonical_json import sha256_of_text
from content_api.editions.models import PartnerAction, PublicSlug, Tombstone, WithdrawalReason
from content_api.editorial.models import Verdict
from content_api.refusals import Refused
from content_api.releases import policies
from content_api.releases.disclaimers import check_are_carried
from content_api.releases.impact import sign_offs_that_count
from content_api.releases.sets import members_of

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.editorial.models import Version
    from content_api.releases.models import ReleaseWithdrawal
    from content_api.releases.openings import Next
    from content_api.rendering.quoting import Quote
    from content_api.shapes import Reference


def check_can_publish(following: Next) -> None:
    """Refuse a release that is empty, not approved as it stands, not closed, or whose impact nobody signed off."""
    policies.check_is_unfinished(following.release)
    policies.check_is_complete(members_of(following.release))
    check_what_it_holds(following)


def check_what_it_holds(following: Next) -> None:
    """Refuse a release whose versions and withdrawals may not go out as they stand."""
    if not following.items and not following.withdrawals and not following.confirmed:
        raise Refused("empty-release", "This release holds nothing yet. Add approved versions or withdrawals.")
    policies.check_may_go_out(following.release, [one.version for one in following.items])
    _check_approved_hashes(following)
    for withdrawal in following.withdrawals:
        policies.check_is_live(withdrawal.item)
    _check_references(following)
    _check_slots(following)
    check_are_carried(following)
    _check_slugs(following)
    _check_impact_is_signed(following)


def check_withdrawal(withdrawal: ReleaseWithdrawal) -> None:
    """Refuse a withdrawal with an unknown reason or action, or whose replacement is missing or itself."""
    if withdrawal.reason not in WithdrawalReason.values:
        raise Refused("unknown-reason", f"The reason is one of {', '.join(WithdrawalReason.values)}.")
    if withdrawal.partner_action not in {"", *PartnerAction.values}:
        raise Refused("unknown-action", f"What sites must do is one of {', '.join(PartnerAction.values)}, or nothing.")
    if withdrawal.partner_action == PartnerAction.REPLACE and withdrawal.replaced_by_id is None:
        raise Refused("replacement-missing", "Sites are told to replace it: name the item that replaces it.")
    if withdrawal.replaced_by_id == withdrawal.item_id:
        raise Refused("replaces-itself", "An item cannot replace itself.")


def _check_approved_hashes(following: Next) -> None:
    for one in following.items:
        version = one.version
        hashes = {review.content_sha256 for review in version.reviews.all() if review.verdict == Verdict.APPROVED}
        if hashes != {version.content_sha256} or sha256_of_text(version.content) != version.content_sha256:
            raise Refused(
                "not-what-was-approved",
                f"The stored text of {version} is not the one that was approved. Do not publish it; run check_integrity.",
            )


def _check_references(following: Next) -> None:
    dead = [
        (one.version, reference)
        for one in following.items
        for reference in _references(following, str(one.item_id))
        if not following.closure.world.is_live(reference.target)
    ]
    buried = _buried({reference.target for _, reference in dead}) | following.closure.world.leaving
    broken = [(version, one) for version, one in dead if one.on_withdrawal == "CASCADE" or one.target not in buried]
    if broken:
        raise Refused(
            "open-references",
            "This release would not be closed: "
            + " ".join(_sentence(following, version, one) for version, one in broken)
            + " Release what they refer to with them, or take the reference out.",
            errors=[
                {"pointer": one.pointer, "detail": f"The {one.kind} {one.target} is not live."} for _, one in broken
            ],
        )


def _check_slots(following: Next) -> None:
    """Refuse to let out a text that quotes what may not be quoted, or what is not there; a pull took such texts away."""
    texts = [*following.closure.entering.values(), *following.closure.touched.values()]
    unfilled = [(text.card, quoted) for text in texts for quoted in text.unfilled]
    if unfilled:
        raise Refused(
            "slot-unfillable",
            "This release would leave gaps in sentences: "
            + " ".join(_gap(following, card, quoted) for card, quoted in unfilled)
            + " Release with it what the text quotes, or correct the text and release that with it.",
            errors=[{"pointer": str(card["slug"]), "detail": quoted.problem} for card, quoted in unfilled],
        )


def _gap(following: Next, card: Json, quoted: Quote) -> str:
    what = following.closure.world.card(quoted.slot.item) if quoted.slot.item else None
    slot = replace(quoted.slot, item=what["slug"]) if what else quoted.slot
    return f"The {kinds.get(card['kind']).label} “{card['slug']}” cannot fill {slot}: {quoted.problem}."


def _references(following: Next, content_id: str) -> list[Reference]:
    draft = following.closure.world.draft(content_id)
    return draft.kind.references(draft.content) if draft else []


def _sentence(following: Next, version: Version, reference: Reference) -> str:
    slug = following.closure.entering[str(version.item_id)].card["slug"]
    mine, other = kinds.get(version.item.kind).label, kinds.get(reference.kind).label
    return f"The {mine} “{slug}” refers to something that is not live: the {other} at {reference.pointer}."


def _buried(content_ids: set[str]) -> set[str]:
    rows = Tombstone.objects.filter(content_id__in=content_ids).values_list("content_id", flat=True)
    return {str(one) for one in rows}


def _check_slugs(following: Next) -> None:
    entering = following.closure.entering
    wanted = {(one.card["kind"], one.card["slug"]): one.card["id"] for one in entering.values()}
    if len(wanted) < len(entering):
        raise Refused("slug-taken", "Two items of this release want the same address. Give one another slug.")
    rows = PublicSlug.objects.filter(slug__in=[slug for _, slug in wanted]).values_list("kind", "slug", "content_id")
    for kind, slug, owner in rows:
        if wanted.get((kind, slug), str(owner)) != str(owner):
            raise Refused(
                "slug-taken", f"The address “{slug}” belongs to another {kind} for ever. Choose another slug."
            )


def _check_impact_is_signed(following: Next) -> None:
    wanted = set(following.impact.required_roles)
    if not wanted:
        return
    signed = sign_offs_that_count(following.release, following.impact)
    missing = wanted - set(signed.values_list("role", flat=True))
    if missing and not following.confirmed:
        names = ", ".join(row.name for row in following.impact.rows if row.needs_sign_off)
        raise Refused(
            "impact-not-signed-off",
            f"These texts will read differently from what was last approved: {names}. "
            f"They wait for a sign-off by: {', '.join(sorted(missing))}.",
        )
