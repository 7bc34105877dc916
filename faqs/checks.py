"""What a reviewer of this app's kinds should not have to look for: errors refuse a submission, warnings go along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_api import kinds, shapes
from content_api.kinds import Finding, ReviewRole, Severity
from therapies.jurisdictions import CODES, code_for
from therapies.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from content_api.canonical_json import Json
    from content_api.kinds import World

_STATUS_SLOT = re.compile(r"\{\{[^{}]*(?:\bapprovals?\b|\bstatus)")


def faq(content: Json, _world: World, _today: date) -> list[Finding]:
    """Return what is noticed in a question and its answer."""
    return [*_places("/jurisdictions", content["jurisdictions"])]


def disclaimer(content: Json, _world: World, _today: date) -> list[Finding]:
    """Return what is noticed in a disclaimer."""
    return [*_places("/applies_to_jurisdictions", content["applies_to_jurisdictions"])]


def roles_of_faq(content: Json) -> frozenset[ReviewRole]:
    """Return whose approval a question needs: a regulatory reviewer's too, where it quotes or words a status."""
    texts = [content["question"], *(one.text for one in shapes.prose(kinds.get("faq").shape, content))]
    states = any(_STATUS_SLOT.search(text) or STATUS_WORDS.search(text) for text in texts)
    return frozenset({ReviewRole.MEDICAL, ReviewRole.REGULATORY} if states else {ReviewRole.MEDICAL})


def _places(pointer: str, codes: list[str]) -> Iterator[Finding]:
    """Refuse codes that are no place's."""
    for index, code in enumerate(codes):
        if code not in CODES:
            meant = code_for(code)
            offer = f"Did you mean {meant}?" if meant else "Use ISO 3166-1 alpha-2 codes, such as CN, or EU."
            text = f"{pointer}/{index}: there is no place “{code}”. {offer}"
            yield Finding(Severity.ERROR, "unknown-place", f"{pointer}/{index}", text)
