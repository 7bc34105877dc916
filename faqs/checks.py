"""What a reviewer of this app's kinds should not have to look for: errors refuse a submission, warnings go along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_api import kinds, shapes
from content_api.kinds import Finding, ReviewRole, Severity
from content_api.readers import SiteRole
from content_api.rendering.slots import roles_of_quotes
from faqs import claims, site_text
from faqs.vocabulary import ClauseType, Topic
from therapies.jurisdictions import CODES, code_for
from therapies.models import Therapy, TherapyAlias
from therapies.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from content_api.canonical_json import Json
    from content_api.kinds import World

_OFTEN = 90  # days
_SHORTEST_NAME = 3
_BRACES = re.compile(r"[{}]")
_FACT = re.compile(r"\b(?:FDA|NMPA|EMA|MHRA|PMDA|BLA|RMAT|PRIME)\b|\b(?:breakthrough therapy|orphan) designation\b")


def faq(content: Json, _world: World, _today: date) -> list[Finding]:
    """Return what is noticed in a question and its answer."""
    prose = list(shapes.prose(kinds.get("faq").shape, content))
    is_strict = content["topic"] == Topic.ACCESS
    found = [_finding(claim, one.pointer) for one in prose for claim in claims.in_text(one.text, strict=is_strict)]
    found += [_finding(claim, "/answer") for claim in claims.in_whole([one.text for one in prose])]
    if not content["sources"]:
        text = "The answer cites no source. Add what it stands on, unless it states nothing that could be looked up."
        found.append(Finding(Severity.WARNING, "L30-no-source", "/sources", text))
    return [*found, *_interval(content), *_places("/jurisdictions", content["jurisdictions"])]


def disclaimer(content: Json, _world: World, _today: date) -> list[Finding]:
    """Return what is noticed in a disclaimer."""
    found = [one for index, clause in enumerate(content["clauses"]) for one in _clause(clause, f"/clauses/{index}")]
    if not content["clauses"]:
        found.append(Finding(Severity.ERROR, "no-clause", "/clauses", "A disclaimer says something: add a clause."))
    return [*found, *_places("/applies_to_jurisdictions", content["applies_to_jurisdictions"])]


def roles_of_faq(content: Json) -> frozenset[ReviewRole]:
    """Return whose approval a question needs: a regulatory reviewer's too, where it words a status.

    Where it quotes one, what it quotes asks for that reviewer, as of every text (`quoting_roles`).
    """
    return frozenset({ReviewRole.MEDICAL, ReviewRole.REGULATORY} if _words(content) else {ReviewRole.MEDICAL})


def _states(content: Json) -> bool:
    return _words(content) or ReviewRole.REGULATORY in roles_of_quotes(kinds.get("faq").shape, content)


def _words(content: Json) -> bool:
    texts = [content["question"], *(one.text for one in shapes.prose(kinds.get("faq").shape, content))]
    return any(STATUS_WORDS.search(text) for text in texts)


def _interval(content: Json) -> Iterator[Finding]:
    if _states(content) and content["review_interval_days"] > _OFTEN:
        text = f"The answer states a status. Set the review interval to {_OFTEN} days or less."
        yield Finding(Severity.ERROR, "seldom-reviewed", "/review_interval_days", text)


def _finding(claim: claims.Claim, pointer: str) -> Finding:
    words = f"“{claim.words}”: " if claim.words else ""
    return Finding(claim.severity, claim.code, pointer, f"{pointer}: {words}{claim.advice}")


def _clause(clause: Json, pointer: str) -> Iterator[Finding]:
    template, where = clause["template"], f"{pointer}/template"
    if _BRACES.search(site_text.PLACEHOLDER.sub(_known_or_kept, template)):
        wanted = ", ".join(f"{{{name}}}" for name in site_text.PLACEHOLDERS)
        text = (
            f"{where}: only {wanted} may stand in braces. A disclaimer takes no slots, so that no fact can move in it."
        )
        yield Finding(Severity.ERROR, "unknown-placeholder", where, text)
    if named := _product_in(template) or STATUS_WORDS.search(template) or _FACT.search(template):
        text = f"{where}: “{named[0]}” is a product or a regulatory fact. It goes into an answer, where it is kept up to date."
        yield Finding(Severity.ERROR, "fact-in-disclaimer", where, text)
    if clause["type"] == ClauseType.NOT_PROVIDER and SiteRole.PROVIDER in clause["site_roles"]:
        text = f"{pointer}: the site of a provider cannot say that it is none. Choose the other roles."
        yield Finding(Severity.ERROR, "clause-for-provider", f"{pointer}/site_roles", text)


def _known_or_kept(match: re.Match[str]) -> str:
    return "" if match[1] in site_text.PLACEHOLDERS else match[0]


def _product_in(text: str) -> re.Match[str] | None:
    """Return where a text names a therapy, by any name that editors know."""
    names = {name for pair in Therapy.objects.values_list("name", "short_name") for name in pair}
    names |= set(TherapyAlias.objects.values_list("name", flat=True))
    words = "|".join(re.escape(name) for name in sorted(names) if len(name) >= _SHORTEST_NAME)
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) if words else None


def _places(pointer: str, codes: list[str]) -> Iterator[Finding]:
    """Refuse codes that are no place's."""
    for index, code in enumerate(codes):
        if code not in CODES:
            meant = code_for(code)
            offer = f"Did you mean {meant}?" if meant else "Use ISO 3166-1 alpha-2 codes, such as CN, or EU."
            text = f"{pointer}/{index}: there is no place “{code}”. {offer}"
            yield Finding(Severity.ERROR, "unknown-place", f"{pointer}/{index}", text)
