"""A dossier with every member of every kind filled, and cases in three jurisdictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api.releases import actions as releases
from content_api.releases.models import Release
from tests.journeys.dossier import Dossier, event
from tests.therapies.trials import trial

if TYPE_CHECKING:
    from tests.situations import Desk


class Cabinet(Dossier):
    """What Dossier holds, and around it: terms, sources of every standing, and more cases."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._write_sources()
        self._write_terms()
        self._write_therapies()
        self._write_cases()
        self.write("trial", "ct041-st-01", **trial(self.id_of))

    def cite(self, *slugs: str) -> list[dict[str, Any]]:
        """Return citations of these sources."""
        return [{"source": self.id_of(slug), "locator": "Table 2"} for slug in slugs]

    def case(self, slug: str, country: str, authority: str, *events: dict[str, Any], **more: Any) -> None:
        """Write a case of satri-cel whose events may name their own sources."""
        rows = [{"sources": self.cite("notice"), "authority": self.id_of(authority), **one} for one in events]
        content = {
            "title": f"satri-cel, {country}",
            "therapy": self.id_of("satri-cel"),
            "jurisdiction": country,
            "authority": self.id_of(authority),
            "indication_summary": "Advanced gastric cancer.",
            "review_interval_days": 90,
            "tumor_types": [self.id_of("gastric")],
            "sources": self.cite("notice"),
        }
        self.write("approval", slug, **{**content, "events": rows, **more})

    def pull(self, slug: str) -> Release:
        """Take an item down at once, as a regulatory reviewer; a second person has yet to confirm it."""
        pulled = releases.pull(
            item=self.items[slug], person=self.desk.people.rui, reason="ENTERED_IN_ERROR", public_note="It was wrong."
        )
        return Release.objects.get(number=pulled.number)

    def _write_sources(self) -> None:
        self.write("organization", "ema", name="European Medicines Agency (EMA)", roles=["REGULATOR"], country="EU")
        self.write(
            "organization",
            "maker",
            name="The Maker",
            roles=["DEVELOPER", "SPONSOR"],
            country="CN",
            website="https://maker.example/",
            sources=self.cite("notice"),
        )
        self.write("source", "hearsay", title="A note", type="NEWS", verification="SECONDARY")
        self.write("source", "rumor", title="A rumor", type="WEB_PAGE", verification="UNVERIFIED")
        self.write(
            "source",
            "paper",
            title="A paper",
            type="JOURNAL_ARTICLE",
            publisher=self.id_of("maker"),
            external_url="https://paper.example/1",
            doi="10.1016/S0140-6736(25)00860-8",
            pmid="40460847",
            published_on="2025-06-01",
            accessed_on="2026-01-01",
            verification="VERIFIED",
            retracted=True,
        )

    def _write_terms(self) -> None:
        row = {"key": "one", "source": self.id_of("notice")}
        code = {**row, "system": "HGNC", "code": "HGNC:2039", "display": "CLDN18"}
        self.write(
            "target",
            "claudin18-2",
            name="Claudin18.2",
            gene="CLDN18",
            isoform="2",
            aliases=[{**row, "name": "CLDN18.2"}],
            codes=[code],
            expression=[{**row, "tissue": "stomach lining", "level": "MEDIUM", "note": "Less than in tumors."}],
        )
        self.write("tumor_type", "solid", name="solid tumor", group="SOLID")
        self.write(
            "tumor_type",
            "gastric",
            name="gastric cancer",
            group="SOLID",
            parent=self.id_of("solid"),
            codes=[{**code, "system": "NCIT", "code": "C4004", "display": "Gastric Adenocarcinoma"}],
        )
        self.write("tumor_type", "lymphoma", name="lymphoma", group="HEMATOLOGIC")
        risk = {"key": "crs", "term": "cytokine release syndrome", "boxed": True, "jurisdictions": ["US"]}
        self.write(
            "therapy_class",
            "car-t",
            abbreviation="CAR-T",
            risks=[{**risk, "description": "It can be *severe*.", "sources": self.cite("notice", "hearsay")}],
        )
        self.write("therapy_class", "antibody", name="antibody", engineered=False, definition="No cells.")

    def _write_therapies(self) -> None:
        row = {"key": "one", "source": self.id_of("notice")}
        parts = ("binder", "hinge", "transmembrane", "costimulatory", "signaling", "generation")
        self.write(
            "therapy",
            "satri-cel",
            cell_origin="AUTOLOGOUS",
            targets=[self.id_of("claudin18-2")],
            tumor_types=[self.id_of("gastric")],
            developer=self.id_of("maker"),
            mechanism="It binds.",
            **{f"construct_{part}": part for part in parts},
            aliases=[{**row, "name": "恺力美", "type": "BRAND_NAME", "country": "CN", "language": "zh-Hans"}],
            treatment_steps=[{**row, "type": "INFUSION", "description": "Up to three.", "duration": "one day"}],
            risks=[{**row, "term": "fever", "description": ""}],
            sources=self.cite("notice", "paper"),
        )
        self.write(
            "therapy",
            "other",
            name="othermab",
            short_name="other",
            level="PROGRAMME",
            therapy_class=self.id_of("antibody"),
            summary="Something else.",
        )

    def _write_cases(self) -> None:
        biomarker = {"key": "claudin", "target": self.id_of("claudin18-2"), "polarity": "POSITIVE", "stated": "TRIAL"}
        versions = [
            {"type": "APPROVED", "on": "2026-06-22", "pathway": one, "source": self.id_of("hearsay")}
            for one in ("FULL", "CONDITIONAL")
        ]
        self.case(
            "satri-cel-nmpa",
            "CN",
            "nmpa",
            event("SUBMITTED", "2025-06-25", key="submitted"),
            event("PRIORITY_REVIEW", "2025-05-01", key="priority", precision="MONTH"),
            event(
                "APPROVED", "2026-06-22", pathway="UNKNOWN", disputed=["PATHWAY"], candidates=versions, note="A note."
            ),
            title="satri-cel, China (NMPA)",
            indication_verbatim="用于…",
            indication_language="zh-Hans",
            prior_lines_min=2,
            age_min_years=18,
            biomarkers=[{**biomarker, "assay": "IHC", "intensity_min": "2+", "percent_min": 40}],
            holders=[{"key": "one", "holder": self.id_of("maker"), "on": "2026-06-22", "precision": "DAY"}],
            checks=[{"key": "one", "on": "2026-01-15", "source": self.id_of("notice"), "finding": "Not yet."}],
        )
        self.case("satri-cel-ema", "EU", "ema", event("APPROVED", "2026-08-01", pathway="CONDITIONAL"))
        self.case(
            "satri-cel-fda",
            "US",
            "fda",
            event("IND_CLEARED", "2020-05-21"),
            event("CLINICAL_HOLD", "2023-12-01", precision="MONTH"),
            event("APPROVED", "2026-01-01", pathway="FULL", sources=self.cite("rumor")),
            event("REFUSED", "2026-02-01", sources=self.cite("paper")),
        )
