"""A small dossier of one therapy, written, approved and released by the real actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api import kinds, shapes
from content_api.content_items import ContentItem
from content_api.editorial import actions as editorial
from content_api.editorial import queries

if TYPE_CHECKING:
    from content_api.editorial.models import Version
    from tests.situations import Desk

ROLES = ("Medical reviewer", "Regulatory reviewer")


class Dossier:
    """satri-cel, its class, two regulators, a notice, and its case in China."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.items: dict[str, ContentItem] = {}
        self.write("organization", "nmpa", name="NMPA", roles=["REGULATOR"], country="CN")
        self.write("organization", "fda", name="FDA", roles=["REGULATOR"], country="US")
        self.write("source", "notice", title="A notice", type="REGULATOR_NOTICE", verification="VERIFIED", sources=[])
        self.write("therapy_class", "car-t", name="CAR-T cell therapy", engineered=True, definition="Engineered cells.")
        self.write(
            "therapy",
            "satri-cel",
            name="satricabtagene autoleucel",
            short_name="satri-cel",
            level="PRODUCT",
            therapy_class=self.id_of("car-t"),
            summary="Cells of the patient, changed to find Claudin18.2.",
        )
        self.approval("satri-cel-nmpa", "satri-cel, China (NMPA)", "CN", "nmpa", [event("SUBMITTED", "2025-06-25")])

    def approval(
        self, slug: str, title: str, country: str, authority: str, events: list[dict[str, Any]]
    ) -> ContentItem:
        """Write a regulatory case."""
        cited = [{"source": self.id_of("notice"), "locator": ""}]
        rows = [{**one, "authority": self.id_of(authority), "sources": cited} for one in events]
        return self.write(
            "approval",
            slug,
            title=title,
            therapy=self.id_of("satri-cel"),
            jurisdiction=country,
            authority=self.id_of(authority),
            indication_summary="Advanced gastric cancer.",
            review_interval_days=90,
            events=rows,
            sources=cited,
        )

    def id_of(self, slug: str) -> str:
        """Return an item's content id."""
        return str(self.items[slug].pk)

    def write(self, kind: str, slug: str, **content: Any) -> ContentItem:
        """Write (or change) a working copy as an editor."""
        model = kinds.get(kind).model
        row = model._default_manager.filter(slug=slug).first()
        if row is None:
            row = model(slug=slug)
            row.item = self.items.get(slug) or _new_item(kind)
        before = shapes.snapshot(row) if row.pk and model._default_manager.filter(pk=row.pk).exists() else {}
        shapes.restore(row, {**before, "slug": slug, **content})
        editorial.record_edit(item=row.item, person=self.desk.people.ann)
        self.items[slug] = row.item
        return row.item

    def submit(self, slug: str, change: str = "WORLD_CHANGED") -> Version:
        """Submit an item."""
        return self.desk.submit(self.items[slug], change=change)

    def approve(self, version: Version) -> Version:
        """Approve a version in every role that it needs."""
        reviewers = dict(zip(ROLES, (self.desk.people.mei, self.desk.people.rui), strict=True))
        for role in version.required_reviews.order_by("role").values_list("role", flat=True):
            self.desk.approve(version, by=reviewers[role], role=role)
        return version

    def approved(self, *slugs: str) -> list[Version]:
        """Submit these items, then approve them all."""
        versions = [self.submit(slug) for slug in slugs]
        return [self.approve(version) for version in versions]

    def published(self) -> Dossier:
        """Release everything that was written so far."""
        waiting = [slug for slug, item in self.items.items() if queries.is_first(item)]
        self.desk.publish(*self.approved(*waiting))
        return self


def event(type_: str, on: str, **more: Any) -> dict[str, Any]:
    """Return an event of a case, without its authority and sources."""
    return {"key": f"{type_.lower().replace('_', '-')}-{on}", "type": type_, "on": on, **more}


def _new_item(kind: str) -> ContentItem:
    return ContentItem.objects.create(kind=kind)
