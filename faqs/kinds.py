"""The kinds of content of this app, as the platform needs to know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.kinds import Kind, ReviewRole, Rule, Searchable, register
from faqs import cards, checks, facets, filters, linked_data, models, serializers, site_text

if TYPE_CHECKING:
    from content_api.canonical_json import Json

_ABOUT = ("about_therapies", "about_trials", "about_approvals", "about_tumor_types", "about_classes")


def register_kinds() -> None:
    """Make the kinds of this app known to the platform."""
    for kind in KINDS:
        register(kind)


def _about(content: Json) -> list[str]:
    return [one for name in _ABOUT for one in content.get(name, [])]


def _rule(card: Json) -> Rule:
    """Return what carries a disclaimer, by its card."""
    wanted = {name: frozenset(values) for name, values in card["applies_to"].items()}
    return Rule(kinds=wanted.pop("kinds"), facets=wanted, mandatory=card["mandatory"])


def _medical_and_regulatory(_content: Json) -> frozenset[ReviewRole]:
    return frozenset({ReviewRole.MEDICAL, ReviewRole.REGULATORY})


KINDS = (
    Kind(
        name="faq",
        collection="faqs",
        plural="faqs",
        model=models.Faq,
        serializer=serializers.FaqSerializer,
        filters=filters.FaqFilters,
        name_of=lambda content: str(content["question"]),
        card=cards.faq,
        facets=facets.faq,
        orderings=("position",),
        default_ordering="position",
        searchable=Searchable(
            title=("name", "variants.*.phrasing"), short=("short_answer_markdown",), body=("answer_markdown",)
        ),
        linked_data=linked_data.FAQ,
        about=_about,
        requires_disclaimer=True,
        check=checks.faq,
        required_roles=checks.roles_of_faq,
    ),
    Kind(
        name="disclaimer",
        collection="disclaimers",
        plural="disclaimers",
        model=models.Disclaimer,
        serializer=serializers.DisclaimerSerializer,
        filters=filters.DisclaimerFilters,
        name_of=lambda content: str(content["title"]),
        card=cards.disclaimer,
        facets=facets.disclaimer,
        searchable=Searchable(body=("clauses.*.template",)),
        accompanies=_rule,
        site_members=site_text.members,
        check=checks.disclaimer,
        required_roles=_medical_and_regulatory,
    ),
)
