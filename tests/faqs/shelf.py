"""A dossier with questions about it, and the disclaimers that they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.journeys.dossier import Dossier

if TYPE_CHECKING:
    from content_api.content_items import ContentItem
    from tests.situations import Desk

NOT_ADVICE = "This is information, and no medical advice."


class Shelf(Dossier):
    """What Dossier holds, one question with everything filled in, and a mandatory disclaimer for all questions."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.write("tumor_type", "gastric", name="gastric cancer", group="SOLID")
        self.write("trial", "ct041", title="A trial", overall_status="COMPLETED", review_interval_days=90)
        self.disclaimer("general", applies_to_kinds=["faq"])
        self.faq(
            "why-harder",
            question="Why are solid tumors harder to treat with CAR-T?",
            answer="The cells must first *reach* the tumor.",
            variants=[{"key": "blood", "phrasing": "Why does it work better in blood?", "audience": ["CAREGIVER"]}],
            audience=["PATIENT", "CAREGIVER"],
            jurisdictions=["CN", "US"],
            about_therapies=[self.id_of("satri-cel")],
            about_trials=[self.id_of("ct041")],
            about_approvals=[self.id_of("satri-cel-nmpa")],
            about_tumor_types=[self.id_of("gastric")],
            about_classes=[self.id_of("car-t")],
            safe_in_isolation=True,
            position=7,
        )

    def faq(self, slug: str, **content: Any) -> ContentItem:
        """Write a question."""
        usual = {
            "question": f"What about {slug}?",
            "short_answer": "Solid tumors hide from the cells.",
            "topic": "BIOLOGY",
            "audience": ["PATIENT"],
            "sources": [{"source": self.id_of("notice"), "locator": "p. 3"}],
        }
        return self.write("faq", slug, **{**usual, **content})

    def disclaimer(self, slug: str, *clauses: dict[str, Any], **content: Any) -> ContentItem:
        """Write a disclaimer; a mandatory one, unless its clauses say otherwise."""
        usual = {"title": f"About this: {slug}", "placement": "PAGE_END", "clauses": list(clauses or [clause()])}
        return self.write("disclaimer", slug, **{**usual, **content})


def clause(type_: str = "NOT_ADVICE", template: str = NOT_ADVICE, **more: Any) -> dict[str, Any]:
    """Return a clause of a disclaimer."""
    key = type_.lower().replace("_", "-")
    return {"key": key, "type": type_, "template": template, "mandatory": True, **more}
