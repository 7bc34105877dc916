"""What stands around a therapy: its trial, a question about it, and the disclaimer that the question carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.dossier import Dossier


def accompany(dossier: Dossier) -> None:
    """Write one item of each kind that a dossier does not hold; they go out with the rest."""
    cited = [{"source": dossier.id_of("notice"), "locator": "p. 3"}]
    dossier.write(
        "trial",
        "ct041",
        title="A trial of satri-cel",
        overall_status="COMPLETED",
        review_interval_days=90,
        therapies=[dossier.id_of("satri-cel")],
        identifiers=[{"key": "nct", "registry": "NCT", "identifier": "NCT04581473"}],
        sources=cited,
    )
    clause = {"key": "not-advice", "type": "NOT_ADVICE", "template": "This is no medical advice.", "mandatory": True}
    dossier.write(
        "disclaimer",
        "general",
        title="About this information",
        placement="PAGE_END",
        applies_to_kinds=["faq"],
        clauses=[clause],
    )
    dossier.write(
        "faq",
        "what-for",
        question="What is satri-cel meant for?",
        short_answer="It is studied in solid tumors.",
        topic="BIOLOGY",
        audience=["PATIENT"],
        about_therapies=[dossier.id_of("satri-cel")],
        sources=cited,
    )
