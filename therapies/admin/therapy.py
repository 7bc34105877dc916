"""The page of a therapy."""

from __future__ import annotations

from django.contrib import admin

from content_api.editorial.admin import WorkingCopyAdmin
from content_api.editorial.admin.working_copies import LIFE, StackedRows, TabularRows, inline_of
from therapies import models
from therapies.admin.rows import CITATION, RISK


@admin.register(models.Therapy)
class TherapyAdmin(WorkingCopyAdmin):
    """Products and programmes."""

    fieldsets = (
        (
            "What it is",
            {
                "fields": ("name", "short_name", "level", "therapy_class", "cell_origin", "developer"),
                "description": "Where it is approved is not written here: it follows from the approvals' events.",
            },
        ),
        ("What it is aimed at", {"fields": ("targets", "tumor_types")}),
        ("What readers read", {"fields": ("summary", "mechanism")}),
        (
            "How it is built",
            {
                "fields": (
                    ("construct_binder", "construct_hinge"),
                    ("construct_transmembrane", "construct_costimulatory"),
                    ("construct_signaling", "construct_generation"),
                ),
                "classes": ("collapse",),
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("short_name",)}
    inlines = (
        inline_of(
            models.TherapyAlias,
            TabularRows,
            fields=("key", "name", "type", "country", "language", "source", "position"),
            verbose_name="other name",
            verbose_name_plural="Other names",
            prepopulated_fields={"key": ("name",)},
        ),
        inline_of(
            models.TreatmentStep,
            StackedRows,
            fields=(("key", "type"), "description", ("duration", "source"), "position"),
            verbose_name="step",
            verbose_name_plural="Treatment steps: a patient's way, in order",
        ),
        inline_of(
            models.TherapyRisk,
            StackedRows,
            fields=(("key", "term"), ("boxed", "jurisdictions"), "description", "source", "position"),
            **RISK,
        ),
        inline_of(models.TherapyCitation, TabularRows, **CITATION),
    )
    list_display = ("short_name", "level", "therapy_class", "developer", "slug")
    list_filter = ("level", "therapy_class", "cell_origin")
    list_select_related = ("therapy_class", "developer")
    search_fields = ("name", "short_name", "slug", "aliases__name")
