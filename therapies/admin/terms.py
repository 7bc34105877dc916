"""The pages of the terms and sources that therapies and their regulatory cases use."""

from __future__ import annotations

from django.contrib import admin

from content_api.editorial.admin import RowPageAdmin, WorkingCopyAdmin, shown
from content_api.editorial.admin.working_copies import LIFE, StackedRows, TabularRows, inline_of
from therapies import models
from therapies.admin.rows import CITATION, CODE, RISK


@admin.register(models.Organization)
class OrganizationAdmin(WorkingCopyAdmin):
    """Regulators, companies, publishers and sites."""

    fieldsets = ((None, {"fields": ("name", "roles", "country", "website")}), LIFE)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (inline_of(models.OrganizationCitation, TabularRows, **CITATION),)
    list_display = ("name", shown(models.Organization, "roles"), "country", "slug")
    list_filter = ("country",)
    search_fields = ("name", "slug")


@admin.register(models.Source)
class SourceAdmin(WorkingCopyAdmin):
    """Documents that statements stand on."""

    fieldsets = (
        ("The document", {"fields": ("title", "type", "publisher", "external_url", "doi", "pmid", "published_on")}),
        (
            "How far it can be trusted",
            {
                "fields": ("verification", "accessed_on", "retracted"),
                "description": "Verified means that one of us read it in this very document. A statement is as "
                "trustworthy as the best of its sources; what is not verified never counts towards a status.",
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("title",)}
    inlines = (
        inline_of(
            models.SourceCitation,
            TabularRows,
            **{**CITATION, "verbose_name_plural": "Sources: where this record itself was taken from"},
        ),
    )
    list_display = ("title", "type", "verification", "published_on")
    list_filter = ("type", "verification", "retracted")
    search_fields = ("title", "slug", "doi", "pmid", "external_url")


@admin.register(models.Target)
class TargetAdmin(WorkingCopyAdmin):
    """Molecules that therapies recognize."""

    fieldsets = (
        (
            None,
            {
                "fields": ("name", "gene", "isoform"),
                "description": "The isoform is the target: a therapy against Claudin18.2 is not one against CLDN18.",
            },
        ),
        LIFE,
    )
    prepopulated_fields = {"slug": ("name",)}
    inlines = (
        inline_of(
            models.TargetAlias,
            TabularRows,
            fields=("key", "name", "source", "position"),
            verbose_name="other name",
            verbose_name_plural="Other names",
            prepopulated_fields={"key": ("name",)},
        ),
        inline_of(models.TargetCode, TabularRows, **CODE),
        inline_of(
            models.TargetExpression,
            TabularRows,
            fields=("key", "tissue", "level", "note", "source", "position"),
            verbose_name="tissue",
            verbose_name_plural="Expression: how much of it a tissue shows",
            prepopulated_fields={"key": ("tissue",)},
        ),
        inline_of(models.TargetCitation, TabularRows, **CITATION),
    )
    list_display = ("name", "gene", "isoform", "slug")
    search_fields = ("name", "gene", "isoform", "slug", "aliases__name")


@admin.register(models.TumorType)
class TumorTypeAdmin(WorkingCopyAdmin):
    """Kinds of cancer, each below a wider one."""

    fieldsets = ((None, {"fields": ("name", "group", "parent")}), LIFE)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (
        inline_of(models.TumorTypeCode, TabularRows, **CODE),
        inline_of(models.TumorTypeCitation, TabularRows, **CITATION),
    )
    list_display = ("name", "group", "parent", "slug")
    list_filter = ("group",)
    list_select_related = ("parent",)
    search_fields = ("name", "slug", "codes__code")


@admin.register(models.TherapyClass)
class TherapyClassAdmin(WorkingCopyAdmin):
    """Classes of treatment."""

    fieldsets = ((None, {"fields": ("name", "abbreviation", "engineered", "definition")}), LIFE)
    prepopulated_fields = {"slug": ("abbreviation",)}
    inlines = (
        inline_of(
            models.TherapyClassRisk,
            StackedRows,
            fields=(("key", "term"), ("boxed", "jurisdictions"), "description", "position"),
            show_change_link=True,
            **{
                **RISK,
                "verbose_name_plural": "Risks: “Change” one to cite its sources",
            },
        ),
        inline_of(models.TherapyClassCitation, TabularRows, **CITATION),
    )
    list_display = ("name", "abbreviation", "engineered", "slug")
    list_filter = ("engineered",)
    search_fields = ("name", "abbreviation", "slug")


@admin.register(models.TherapyClassRisk)
class TherapyClassRiskAdmin(RowPageAdmin):
    """One risk of a class, with its sources."""

    fields = ("key", "term", "boxed", "jurisdictions", "description", "position")
    inlines = (inline_of(models.TherapyClassRiskCitation, TabularRows, **CITATION),)
    list_display = ("term", "parent", "boxed")
    list_select_related = ("parent",)
    search_fields = ("term", "parent__name")
