"""People at the admin, and the working copies that they edit there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest

from content_api.editorial.actions import approve, record_edit, submit
from content_api.editorial.queries import shown
from tests.admin.browser import Browser
from therapies import models

if TYPE_CHECKING:
    from django.db.models import Field

    from content_api.content_items import WorkingCopy
    from content_api.editorial.models import Version
    from tests.conftest import People


class Shelf:
    """One working copy of each kind, written by Ann when it is first asked for."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.ann = Browser(people.ann)
        self._made: dict[str, WorkingCopy] = {}

    def __getitem__(self, kind: str) -> Any:
        """Return the working copy of a kind."""
        if kind not in self._made:
            self._made[kind] = self._write(kind)
        return self._made[kind]

    def _write(self, kind: str) -> WorkingCopy:
        model, typed = MODELS[kind], self.typed(kind)
        many = {field.name for field in model._meta.many_to_many}
        row = model()
        for name, value in typed.items():
            if name not in many:
                setattr(row, cast("Field[Any, Any]", model._meta.get_field(name)).attname, value)
        row.save()
        for name in many & typed.keys():
            getattr(row, name).set(typed[name])
        record_edit(item=row.item, person=self.people.ann)
        return row

    def approve(self, row: Any, **change: Any) -> Version:
        """Submit a text as Ann and approve it as Mei, and return the version."""
        version = submit(item=row.item, person=self.people.ann, **change)
        read = shown(version)
        hashes = {"content_sha256": read.content_sha256, "substance_sha256": read.substance_sha256}
        bound: dict[str, Any] = {"role": "Medical reviewer", **hashes}
        approve(version=version, person=self.people.mei, **bound)
        version.refresh_from_db()
        return version

    def typed(self, kind: str) -> dict[str, Any]:
        """Return what an editor types for a kind."""
        typed: dict[str, Any]
        match kind:
            case "organization":
                typed = {"slug": "nmpa", "name": "NMPA", "roles": ["REGULATOR"], "country": "CN"}
            case "source":
                typed = {"slug": "notice", "title": "Notice of approval", "type": "REGULATOR_NOTICE"}
            case "target":
                typed = {"slug": "claudin18-2", "name": "Claudin18.2", "gene": "CLDN18"}
            case "tumor_type":
                typed = {"slug": "gastric", "name": "Gastric cancer", "group": "SOLID"}
            case "therapy_class":
                typed = {"slug": "car-t", "name": "CAR-T", "engineered": True, "definition": "Engineered T cells."}
            case "therapy":
                typed = {
                    "slug": "satri-cel",
                    "name": "satricabtagene autoleucel",
                    "short_name": "satri-cel",
                    "level": "PRODUCT",
                    "summary": "It recognizes Claudin18.2.",
                    "therapy_class": self["therapy_class"].pk,
                    "targets": [self["target"].pk],
                    "tumor_types": [self["tumor_type"].pk],
                }
            case "trial":
                typed = {
                    "slug": "ct041-st-01",
                    "title": "A trial",
                    "study_type": "INTERVENTIONAL",
                    "overall_status": "RECRUITING",
                    "therapies": [self["therapy"].pk],
                    "conditions": [self["tumor_type"].pk],
                    "review_interval_days": 90,
                }
            case _:
                typed = {
                    "slug": "satri-cel-nmpa",
                    "title": "satri-cel, China (NMPA)",
                    "jurisdiction": "CN",
                    "indication_summary": "Advanced gastric cancer.",
                    "therapy": self["therapy"].pk,
                    "authority": self["organization"].pk,
                    "tumor_types": [self["tumor_type"].pk],
                    "review_interval_days": 90,
                }
        return typed

    def add_event(self) -> models.ApprovalEvent:
        """Add an event to the approval."""
        said = {"key": "approved", "type": "APPROVED", "pathway": "UNKNOWN", "on": date(2026, 6, 22)}
        event = models.ApprovalEvent.objects.create(
            parent=self["approval"], authority=self["organization"], position=0, **said
        )
        record_edit(item=event.parent.item, person=self.people.ann)
        return event


MODELS: dict[str, type[WorkingCopy]] = {
    model.KIND: model
    for model in (
        models.Organization,
        models.Source,
        models.Target,
        models.TumorType,
        models.TherapyClass,
        models.Therapy,
        models.Approval,
        models.Trial,
    )
}


def row(rows: str, index: int, **fields: Any) -> dict[str, Any]:
    """Return what an editor types into one row of a page."""
    typed = {f"{rows}-{index}-{name}": value for name, value in fields.items()}
    return {f"{rows}-TOTAL_FORMS": index + 1, **typed}


@pytest.fixture
def shelf(people: People) -> Shelf:
    """Offer working copies: shelf["therapy"]."""
    return Shelf(people)
