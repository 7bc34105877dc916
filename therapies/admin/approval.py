"""The page of a regulatory case, and the page of each of its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from content_api.editorial.admin import RowPageAdmin, WorkingCopyAdmin
from content_api.editorial.admin.working_copies import LIFE, StackedRows, TabularRows, inline_of
from therapies import models
from therapies.admin.rows import CITATION

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(models.Approval)
class ApprovalAdmin(WorkingCopyAdmin):
    """Regulatory cases: a therapy, for an indication, in one place."""

    fieldsets = (
        ("The case", {"fields": ("title", "therapy", "jurisdiction", "authority")}),
        (
            "For whom",
            {
                "fields": (
                    "indication_summary",
                    "indication_verbatim",
                    "indication_language",
                    "tumor_types",
                    ("prior_lines_min", "age_min_years"),
                )
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("title",)}
    inlines = (
        inline_of(
            models.ApprovalEvent,
            StackedRows,
            fields=(
                ("key", "type", "pathway"),
                ("on", "precision", "on_basis"),
                "authority",
                "disputed",
                "note",
                "position",
            ),
            show_change_link=True,
            classes=[],
            verbose_name="event",
            verbose_name_plural="Events, from which the status follows: “Change” one to cite its sources",
        ),
        inline_of(
            models.ApprovalCheck,
            TabularRows,
            fields=("key", "on", "source", "finding", "position"),
            verbose_name="check",
            verbose_name_plural="Checks: on this day somebody looked, and found this",
        ),
        inline_of(
            models.ApprovalBiomarker,
            StackedRows,
            fields=(
                ("key", "target", "polarity"),
                ("assay", "intensity_min", "percent_min"),
                ("stated", "source"),
                "position",
            ),
            verbose_name="biomarker",
            verbose_name_plural="Biomarkers that the indication asks for",
        ),
        inline_of(
            models.ApprovalHolder,
            TabularRows,
            fields=("key", "holder", "on", "precision", "source", "position"),
            verbose_name="holder",
            verbose_name_plural="Holders of the authorization",
        ),
        inline_of(models.ApprovalCitation, TabularRows, **CITATION),
    )
    list_display = ("title", "therapy", "jurisdiction", "slug")
    list_filter = ("jurisdiction", "therapy", "events__type")
    list_select_related = ("therapy",)
    search_fields = ("title", "slug", "therapy__name", "therapy__short_name")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start with the longest interval that a regulatory status allows."""
        return {"review_interval_days": 90, **super().get_changeform_initial_data(request)}


@admin.register(models.ApprovalEvent)
class ApprovalEventAdmin(RowPageAdmin):
    """One event, with its sources and, if they disagree, the versions that they tell."""

    fieldsets = (
        (None, {"fields": ("key", "type", "pathway", "authority")}),
        ("When", {"fields": ("on", "precision", "on_basis")}),
        (
            "If the sources disagree",
            {
                "fields": ("disputed", "note"),
                "description": "Tick what they disagree about, and list below every version with its source. "
                "Nothing is decided here: readers see all of them.",
            },
        ),
        ("Place in the list", {"fields": ("position",)}),
    )
    inlines = (
        inline_of(
            models.ApprovalEventCitation,
            TabularRows,
            **{**CITATION, "verbose_name_plural": "Sources: where it says that this happened"},
        ),
        inline_of(
            models.ApprovalEventCandidate,
            TabularRows,
            fields=("type", "on", "pathway", "source", "position"),
            verbose_name="version",
            verbose_name_plural="Versions between which the sources disagree",
        ),
    )
    list_display = ("parent", "type", "on", "authority")
    list_filter = ("type", "parent__jurisdiction")
    list_select_related = ("parent", "authority")
    search_fields = ("parent__title", "key")
