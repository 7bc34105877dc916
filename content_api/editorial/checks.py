"""What is looked at when a working copy is submitted: an error refuses, a warning goes to the reviewer."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from content_api import kinds, shapes
from content_api.editions.models import PublicSlug
from content_api.editorial import queries
from content_api.editorial.slot_checks import slot_findings
from content_api.kinds import Finding, Severity
from content_api.refusals import Refused
from content_api.rendering import prose
from content_api.rendering.world import Draft, EditionWorld

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from content_api.kinds import Kind


def findings(item: ContentItem, content: Json, today: date, beside: Mapping[str, Draft] | None = None) -> list[Finding]:
    """Return everything that the platform and the kind notice in content that is submitted `beside` others."""
    kind = kinds.get(item.kind)
    drafts = {**(beside or {}), str(item.pk): Draft(kind, lambda: content)}
    world = EditionWorld(release=queries.current_release(), entering=drafts, waiting=queries.pending_drafts())
    return [
        *_of_rows(item),
        *_of_slug(item, content),
        *_of_prose(kind, content),
        *slot_findings(kind, content, world),
        *kind.check({**content, "id": str(item.pk)}, world, today),
    ]


def check_can_be_published(
    item: ContentItem, content: Json, today: date, beside: Mapping[str, Draft] | None = None
) -> list[dict[str, str]]:
    """Refuse content with errors, naming each place; return the warnings for the reviewer."""
    found = findings(item, content, today, beside)
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        raise Refused(
            "checks-failed",
            "This cannot go to review yet: " + " ".join(one.message for one in errors),
            errors=[{"pointer": one.pointer, "detail": one.message} for one in errors],
        )
    return [asdict(one) for one in found]


def _of_rows(item: ContentItem) -> list[Finding]:
    try:
        queries.working_copy(item).full_clean()
    except ValidationError as error:
        return [
            Finding(Severity.ERROR, "invalid-field", f"/{name}", f"{name}: {' '.join(messages)}")
            for name, messages in error.message_dict.items()
        ]
    return []


def _of_slug(item: ContentItem, content: Json) -> list[Finding]:
    taken = PublicSlug.objects.filter(kind=item.kind, slug=content["slug"]).exclude(content_id=item.pk)
    if not taken.exists():
        return []
    text = f"The address “{content['slug']}” was another item's once and stays with it for ever. Choose another slug."
    return [Finding(Severity.ERROR, "slug-taken", "/slug", text)]


def _of_prose(kind: Kind, content: Json) -> list[Finding]:
    return [
        Finding(Severity.ERROR, "prose", one.pointer, f"{one.pointer}: {problem}")
        for one in shapes.prose(kind.shape, content)
        for problem in prose.problems(one.text)
    ]
