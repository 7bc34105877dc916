"""The page of a trial, and the pages of its arms and results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from content_api.editorial.admin import RowPageAdmin, WorkingCopyAdmin
from content_api.editorial.admin.working_copies import LIFE, StackedRows, TabularRows, inline_of
from therapies import models
from therapies.admin.rows import CITATION

if TYPE_CHECKING:
    from django.http import HttpRequest

_RESULT = (
    ("key", "endpoint", "label"),
    ("outcome_type", "analysis_population"),
    ("parameter", "unit", "timepoint_months"),
    "superseded_by",
    "position",
)


@admin.register(models.Trial)
class TrialAdmin(WorkingCopyAdmin):
    """Clinical trials, with what they found."""

    fieldsets = (
        ("The trial", {"fields": ("title", "acronym", "therapies", "conditions", "sponsor", "countries")}),
        (
            "Where it stands in its registry",
            {
                "fields": ("overall_status", "status_verified_on"),
                "description": "The registry's own word. It says nothing about what a regulator has approved.",
            },
        ),
        (
            "How it is designed",
            {
                "fields": (
                    "phases",
                    ("study_type", "primary_purpose"),
                    ("allocation", "intervention_model", "masking"),
                )
            },
        ),
        (
            "When, and how many",
            {
                "fields": (
                    ("start_on", "start_precision", "start_type"),
                    ("primary_completion_on", "primary_completion_precision", "primary_completion_type"),
                    ("completion_on", "completion_precision", "completion_type"),
                    ("screened", "enrollment_count", "enrollment_type"),
                )
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("acronym",)}
    inlines = (
        inline_of(
            models.TrialIdentifier,
            TabularRows,
            fields=("key", "registry", "identifier", "position"),
            verbose_name="registry id",
            verbose_name_plural="Registry ids: a trial with results must have one",
        ),
        inline_of(
            models.TrialPublication,
            TabularRows,
            fields=("key", "role", "source", "position"),
            verbose_name="publication",
            verbose_name_plural="Publications: what was written about it, and what each is to it",
        ),
        inline_of(
            models.TrialArm,
            StackedRows,
            fields=(
                ("key", "label", "type"),
                "description",
                ("assigned", "treated"),
                ("crossed_over_to", "crossed_over_count"),
                "position",
            ),
            show_change_link=True,
            verbose_name="arm",
            verbose_name_plural="Arms: “Change” one to say what it got",
        ),
        inline_of(
            models.TrialCriterion,
            StackedRows,
            fields=(
                ("key", "kind", "category"),
                "text",
                ("biomarker_target", "biomarker_polarity", "biomarker_stated"),
                ("biomarker_intensity_min", "biomarker_percent_min", "biomarker_assay"),
                "source",
                "position",
            ),
            verbose_name="criterion",
            verbose_name_plural="Eligibility: who can take part, and who cannot",
        ),
        inline_of(
            models.TrialResult,
            StackedRows,
            fields=_RESULT,
            show_change_link=True,
            verbose_name="result",
            verbose_name_plural="Results, one for each endpoint, population and report: "
            "“Change” one to enter its numbers and cite its sources",
        ),
        inline_of(models.TrialCitation, TabularRows, **CITATION),
    )
    list_display = ("__str__", "overall_status", "status_verified_on", "sponsor", "slug")
    list_filter = ("overall_status", "therapies", "results__endpoint")
    list_select_related = ("sponsor",)
    search_fields = ("title", "acronym", "slug", "identifiers__identifier")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start with the longest interval that a recruitment status allows."""
        return {"review_interval_days": 90, **super().get_changeform_initial_data(request)}


@admin.register(models.TrialArm)
class TrialArmAdmin(RowPageAdmin):
    """One arm, with what its participants got."""

    fieldsets = (
        (None, {"fields": ("key", "label", "type", "description")}),
        (
            "How many",
            {
                "fields": (("assigned", "treated"), ("crossed_over_to", "crossed_over_count")),
                "description": "If some later changed to another arm, name that arm by its key.",
            },
        ),
        ("Place in the list", {"fields": ("position",)}),
    )
    inlines = (
        inline_of(
            models.TrialIntervention,
            TabularRows,
            fields=("key", "name", "type", "therapy", "position"),
            verbose_name="intervention",
            verbose_name_plural="Interventions: what participants of this arm got",
        ),
    )
    list_display = ("parent", "label", "type", "assigned", "treated")
    list_select_related = ("parent",)
    search_fields = ("parent__title", "parent__acronym", "label", "key")


@admin.register(models.TrialResult)
class TrialResultAdmin(RowPageAdmin):
    """One result, with the numbers of each arm and the documents that report it."""

    fieldsets = (
        ("What was measured", {"fields": ("key", ("endpoint", "label"), "outcome_type", "parameter", "unit")}),
        (
            "In whom, and how",
            {
                "fields": (
                    "analysis_population",
                    ("subgroup_label", "subgroup_tumor_types"),
                    ("timepoint_months", "grade_min", "confirmed"),
                    "assessor",
                    "data_cutoff",
                ),
                "description": "The same trial gives other numbers in another population: choose it with care.",
            },
        ),
        (
            "How the arms compare",
            {
                "fields": (
                    ("comparison_measure", "comparison_arm", "comparison_versus"),
                    ("comparison_value", "comparison_ci_level", "comparison_ci_lower", "comparison_ci_upper"),
                    ("p_operator", "p_value", "p_sides"),
                ),
                "description": "As reported, to the last digit. Readers are told when the interval includes no difference.",
            },
        ),
        ("If a later report took its place", {"fields": ("superseded_by",)}),
        ("Place in the list", {"fields": ("position",)}),
    )
    inlines = (
        inline_of(
            models.TrialResultValue,
            TabularRows,
            fields=(
                *("key", "arm", "value", "ci_level", "ci_lower", "ci_upper"),
                *("affected", "n", "follow_up_months", "position"),
            ),
            verbose_name="value",
            verbose_name_plural="Values: what was found in each arm",
        ),
        inline_of(
            models.TrialResultCitation,
            TabularRows,
            **{**CITATION, "verbose_name_plural": "Sources: where this result is reported"},
        ),
    )
    list_display = ("parent", "key", "endpoint", "analysis_population", "superseded_by")
    list_filter = ("endpoint", "analysis_population")
    list_select_related = ("parent",)
    search_fields = ("parent__title", "parent__acronym", "key", "label")
