"""The pages on which editors write this app's kinds, in the order in which the work is done."""

from __future__ import annotations

from django.contrib import admin

from content_api.editorial.admin import WorkingCopyAdmin, shown
from content_api.editorial.admin.working_copies import LIFE, StackedRows, TabularRows, inline_of
from faqs import models
from therapies.admin.rows import CITATION


@admin.register(models.Faq)
class FaqAdmin(WorkingCopyAdmin):
    """Questions and their answers."""

    fieldsets = (
        ("The question", {"fields": ("question", "topic", "position")}),
        (
            "The answer",
            {
                "fields": ("short_answer", "answer", "safe_in_isolation"),
                "description": "A status or a figure is not typed: a slot fetches it from its record, so it cannot go "
                "out of date.",
            },
        ),
        ("For whom, and where", {"fields": ("audience", "jurisdictions")}),
        (
            "What it is about",
            {
                "fields": ("about_therapies", "about_trials", "about_approvals", "about_tumor_types", "about_classes"),
                "description": "The answer falls due for review when something that refers to one of these changes.",
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("question",)}
    inlines = (
        inline_of(
            models.FaqVariant,
            TabularRows,
            fields=("key", "phrasing", "audience", "position"),
            verbose_name="phrasing",
            verbose_name_plural="Other ways in which people ask it",
        ),
        inline_of(models.FaqCitation, TabularRows, **CITATION),
    )
    list_display = ("question", "topic", "position", "slug")
    list_filter = ("topic",)
    search_fields = ("question", "slug", "variants__phrasing")


@admin.register(models.Disclaimer)
class DisclaimerAdmin(WorkingCopyAdmin):
    """Clauses that texts carry by rule."""

    fieldsets = (
        (None, {"fields": ("title", "placement")}),
        (
            "What carries it",
            {
                "fields": (
                    "applies_to_kinds",
                    "applies_to_classes",
                    "applies_to_jurisdictions",
                    "applies_to_audiences",
                ),
                "description": "Whatever meets each of these carries it; what is left empty asks nothing.",
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("title",)}
    inlines = (
        inline_of(
            models.DisclaimerClause,
            StackedRows,
            fields=(("key", "type"), "template", ("mandatory", "site_roles"), "position"),
            classes=[],
            verbose_name="clause",
            verbose_name_plural="Clauses, in order",
        ),
        inline_of(models.DisclaimerCitation, TabularRows, **CITATION),
    )
    list_display = ("title", "placement", shown(models.Disclaimer, "applies_to_kinds"), "slug")
    list_filter = ("placement",)
    search_fields = ("title", "slug", "clauses__template")
