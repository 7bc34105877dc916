"""What the database refuses about versions: four eyes, legal moves, and no change to what was submitted."""

from collections.abc import Mapping
from typing import Any

from content_api.content_items import ContentItem
from content_api.editorial.models import (
    TRANSITIONS,
    AuditHead,
    Contribution,
    ParkedText,
    RequiredReview,
    Review,
    ReviewComment,
    Transition,
    Version,
    VersionContributor,
)
from content_api.guards import Guard, frozen, guard, kept, refuse

ANSWERS_ANOTHER = (
    "(NEW.answers_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM editorial_reviewcomment c "
    "WHERE c.id = NEW.answers_id AND c.version_id = NEW.version_id))"
)
VERSION = "(SELECT {} FROM editorial_version v WHERE v.id = NEW.version_id)"


def register() -> None:
    """Add this room's guards to the registry."""
    records = (Contribution, VersionContributor, RequiredReview, Review, ReviewComment, Transition)
    guard(
        *(one for model in records for one in frozen(model)),
        *frozen(ContentItem, but=["draft_sha256"]),
        *frozen(Version, but=["state"]),
        *frozen(ParkedText, but=["state"]),
        *kept(AuditHead),
        *_sealed(),
        *_moves(),
        *_four_eyes(),
        *_parked(),
        _commented(),
        _chained(),
    )


def legal_moves(transitions: Mapping[Any, frozenset[Any]]) -> str:
    """Return SQL that is true when OLD.state may become NEW.state."""
    moves = [
        f"(OLD.state = '{before}' AND NEW.state = '{after}')"
        for before, afters in transitions.items()
        for after in sorted(afters)
    ]
    return " OR ".join(["OLD.state = NEW.state", *moves])


def _sealed() -> list[Guard]:
    sealed = [
        refuse(
            f"{model._meta.model_name}_is_sealed_with_its_version",
            model,
            "INSERT",
            "EXISTS (SELECT 1 FROM editorial_version v WHERE v.id = NEW.version_id)",
            "who wrote a version, and whose review it needs, is settled when it is submitted",
        )
        for model in (VersionContributor, RequiredReview)
    ]
    born = refuse(
        "version_is_born_in_review",
        Version,
        "INSERT",
        "NEW.state <> 'IN_REVIEW' OR NEW.number <> "
        "(SELECT COALESCE(MAX(v.number), 0) + 1 FROM editorial_version v WHERE v.item_id = NEW.item_id) OR "
        "NOT EXISTS (SELECT 1 FROM editorial_requiredreview q WHERE q.version_id = NEW.id)",
        "a version is born in review, with the next number, and needs at least one verdict",
    )
    return [*sealed, born]


def _moves() -> list[Guard]:
    return [
        refuse(
            "version_moves_along_its_table",
            Version,
            "UPDATE",
            f"NOT ({legal_moves(TRANSITIONS)})",
            "a version does not move that way",
        ),
        refuse(
            "version_is_approved_by_every_role",
            Version,
            "UPDATE",
            "NEW.state = 'APPROVED' AND OLD.state <> 'APPROVED' AND EXISTS ("
            "SELECT 1 FROM editorial_requiredreview q WHERE q.version_id = NEW.id AND NOT EXISTS ("
            "SELECT 1 FROM editorial_review r WHERE r.version_id = NEW.id AND r.role = q.role "
            "AND r.verdict = 'APPROVED' AND r.content_sha256 = NEW.content_sha256))",
            "a version is approved when every required role has approved it",
        ),
        refuse(
            "version_that_others_wrote_upon_is_not_recalled",
            Version,
            "UPDATE",
            "OLD.state = 'APPROVED' AND NEW.state = 'RECALLED' AND EXISTS (SELECT 1 FROM editorial_version v "
            "WHERE v.item_id = OLD.item_id AND v.number > OLD.number AND v.state IN ('IN_REVIEW', 'APPROVED'))",
            "a version that a later one was written upon stays approved, because its authors count as approved",
        ),
    ]


def _four_eyes() -> list[Guard]:
    return [
        refuse(
            "review_is_not_by_a_contributor",
            Review,
            "INSERT",
            "NEW.verdict = 'APPROVED' AND EXISTS (SELECT 1 FROM editorial_versioncontributor c "
            "WHERE c.version_id = NEW.version_id AND c.person_id = NEW.reviewer_id)",
            "nobody approves what they wrote",
        ),
        refuse(
            "review_is_of_what_is_in_review",
            Review,
            "INSERT",
            f"{VERSION.format('v.state')} IS DISTINCT FROM 'IN_REVIEW' OR "
            f"{VERSION.format('v.content_sha256')} IS DISTINCT FROM NEW.content_sha256",
            "a review is of the very text that is in review",
        ),
        refuse(
            "review_is_in_a_required_role",
            Review,
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM editorial_requiredreview q "
            "WHERE q.version_id = NEW.version_id AND q.role = NEW.role)",
            "a review is given in a role that the version needs",
        ),
    ]


def _parked() -> list[Guard]:
    last = "(SELECT MAX(c.id) FROM editorial_contribution c WHERE c.item_id = NEW.item_id)"
    written = "(SELECT c.draft_sha256 FROM editorial_contribution c WHERE c.id = NEW.last_contribution_id)"
    base = "(SELECT v.item_id FROM editorial_version v WHERE v.id = NEW.base_id)"
    return [
        refuse(
            "parked_text_is_what_its_writers_left",
            ParkedText,
            "INSERT",
            f"NEW.state <> 'PARKED' OR NEW.last_contribution_id IS DISTINCT FROM {last} OR "
            f"NEW.content_sha256 IS DISTINCT FROM {written} OR NEW.item_id IS DISTINCT FROM {base}",
            "a parked text is the working copy as its last contributor left it, beside a version of the same item",
        ),
        refuse(
            "parked_text_comes_back_once",
            ParkedText,
            "UPDATE",
            "OLD.state = 'BROUGHT_BACK' AND NEW.state <> OLD.state",
            "a text that was brought back is parked no more",
        ),
    ]


def _commented() -> Guard:
    return refuse(
        "comment_is_on_what_is_discussed",
        ReviewComment,
        "INSERT",
        f"COALESCE({VERSION.format('v.state')}, '') NOT IN ('IN_REVIEW', 'CHANGES_REQUESTED') OR {ANSWERS_ANOTHER}",
        "a comment is on a version that is in review or was sent back, and answers a comment on the same",
    )


def _chained() -> Guard:
    return refuse(
        "transition_follows_the_last_one",
        Transition,
        "INSERT",
        "NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM editorial_transition) OR "
        "NEW.previous_hash IS DISTINCT FROM (SELECT hash FROM editorial_transition ORDER BY seq DESC LIMIT 1)",
        "the audit trail is one chain",
    )
