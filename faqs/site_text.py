"""A disclaimer in the words of the site that shows it: its clauses with their gaps filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_api.readers import SiteRole
from faqs.vocabulary import ClauseType

if TYPE_CHECKING:
    from datetime import date

    from content_api.canonical_json import Json
    from content_api.readers import Reader

PLACEHOLDERS = ("organization_name", "organization_role", "disclaimer_url", "as_of")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ROLES = {
    SiteRole.COORDINATOR: "service that coordinates care",
    SiteRole.PROVIDER: "provider of care",
    SiteRole.PUBLISHER: "publisher of information",
}


def members(item: Json, reader: Reader, as_of: date) -> Json:
    """Return the member of a delivered disclaimer that depends on the reader: the clauses that apply, a paragraph each."""
    words = _words(reader, as_of)
    clauses = [clause for clause in item["clauses"] if applies(clause, reader.organization_role)]
    return {"text": "\n\n".join(_filled(clause["template"], words) for clause in clauses)}


def applies(clause: Json, role: str) -> bool:
    """Tell whether a clause goes to a site of that role; "" is a site of which nothing is known.

    An unknown site may be a provider's, so what may not go to a provider does not go to it either.
    """
    if clause["type"] == ClauseType.NOT_PROVIDER and role in {"", SiteRole.PROVIDER}:
        return False
    return not clause["site_roles"] or role in clause["site_roles"]


def _words(reader: Reader, as_of: date) -> dict[str, str]:
    return {
        "organization_name": reader.organization_name or "this site",
        "organization_role": _ROLES.get(SiteRole(reader.organization_role), "")
        if reader.organization_role
        else "website",
        "disclaimer_url": reader.disclaimer_url or "the page of this site that says so",
        "as_of": as_of.isoformat(),
    }


def _filled(template: str, words: dict[str, str]) -> str:
    """Return the template with its gaps filled, once: what is filled in is never looked at again."""
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), template)
