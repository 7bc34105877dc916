"""What questions and disclaimers can be found by. What a text leaves open (where, for whom) is no facet: it meets all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import Facets, World


def faq(content: Json, world: World) -> Facets:
    """Return what a question can be found by; its classes include those of the therapies that it is about."""
    cards = [world.card(one) for one in content["about_therapies"]]
    classes = [str(card["therapy_class"]) for card in cards if card]
    return {
        "topic": [content["topic"]],
        "audience": content["audience"],
        "jurisdiction": content["jurisdictions"],
        "therapy": content["about_therapies"],
        "trial": content["about_trials"],
        "approval": content["about_approvals"],
        "tumor_type": content["about_tumor_types"],
        "therapy_class": [*content["about_classes"], *classes],
        "position": [f"{content['position']:05}"],  # as text it sorts as the number does
    }


def disclaimer(content: Json, _world: World) -> Facets:
    """Return what a disclaimer can be found by."""
    return {
        "placement": [content["placement"]],
        "applies_to": content["applies_to_kinds"],
        "jurisdiction": content["applies_to_jurisdictions"],
    }
