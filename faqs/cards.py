"""What each kind of this app shows of itself to others, beyond id, kind, slug, name and url."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import World


def faq(content: Json, _world: World) -> Json:
    """Return what others may show of a question."""
    return {"topic": content["topic"]}


def disclaimer(content: Json, _world: World) -> Json:
    """Return what others must know of a disclaimer: whether it is mandatory, and what carries it."""
    return {
        "placement": content["placement"],
        "mandatory": is_mandatory(content),
        "applies_to": {
            "kinds": sorted(content["applies_to_kinds"]),
            "therapy_class": sorted(content["applies_to_classes"]),
            "jurisdiction": sorted(content["applies_to_jurisdictions"]),
            "audience": sorted(content["applies_to_audiences"]),
        },
    }


def is_mandatory(content: Json) -> bool:
    """Tell whether a disclaimer may not be left out: when one of its clauses may not."""
    return any(clause["mandatory"] for clause in content["clauses"])
