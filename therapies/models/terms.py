"""The terms that therapies and their regulatory cases use: light records, reviewed by one person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from content_api.content_items import KeyedRow, WorkingCopy, known
from content_api.fields import (
    COUNTRY,
    ChoiceListField,
    CountryListField,
    OnWithdrawal,
    ProseField,
    ReferenceField,
)
from therapies.models.source import Citation, Source
from therapies.vocabulary import CodeSystem, ExpressionLevel, OrganizationRole, TumorGroup


class Code(KeyedRow):
    """A term of an outside code system. The display is kept so that a wrong code can be noticed."""

    system = models.CharField(max_length=10, choices=CodeSystem)
    code = models.CharField(max_length=60)
    display = models.CharField(max_length=200)
    source = ReferenceField(Source, null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("system", CodeSystem),
            models.UniqueConstraint(fields=["parent", "system", "code"], name="%(class)s_is_listed_once"),
        ]


class Risk(KeyedRow):
    """A risk that a label or a study reports."""

    term = models.CharField(max_length=200)
    boxed = models.BooleanField(default=False, help_text="Part of a boxed warning in the jurisdictions named.")
    jurisdictions = CountryListField(help_text="US, CN; empty means everywhere.")
    description = ProseField(blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [*KeyedRow.Meta.constraints]


class Organization(WorkingCopy):
    """A regulator, company, publisher or site."""

    KIND = "organization"

    name = models.CharField(max_length=200)
    roles = ChoiceListField(OrganizationRole, blank=False)
    country = models.CharField(max_length=2, blank=True, validators=[COUNTRY])
    website = models.URLField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class OrganizationCitation(Citation):
    parent = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="sources")


class Target(WorkingCopy):
    """A molecule that a therapy recognizes. The isoform is the target: CLDN18 is not Claudin18.2."""

    KIND = "target"

    name = models.CharField(max_length=100, help_text="The preferred spelling for readers: Claudin18.2.")
    gene = models.CharField(max_length=40, help_text="The HGNC symbol: CLDN18.")
    isoform = models.CharField(max_length=60, blank=True, help_text="Only if one isoform is meant.")

    def __str__(self) -> str:
        return self.name


class TargetAlias(KeyedRow):
    parent = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)
    source = ReferenceField(Source, null=True, blank=True)


class TargetCode(Code):
    parent = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="codes")


class TargetExpression(KeyedRow):
    """How much of the target a tissue shows."""

    parent = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="expression")
    tissue = models.CharField(max_length=100)
    level = models.CharField(max_length=12, choices=ExpressionLevel)
    note = models.CharField(max_length=300, blank=True)
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("level", ExpressionLevel),
        ]


class TargetCitation(Citation):
    parent = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="sources")


class TumorType(WorkingCopy):
    """A kind of cancer. A filter by a tumor type includes its descendants."""

    KIND = "tumor_type"

    name = models.CharField(max_length=200)
    group = models.CharField(max_length=12, choices=TumorGroup)
    parent = ReferenceField("self", null=True, blank=True, on_withdrawal=OnWithdrawal.DROP)

    class Meta(WorkingCopy.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            known("group", TumorGroup),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("item")),
                name="tumor_type_is_not_its_own_parent",
                violation_error_message="A tumor type cannot be its own parent. Choose the wider type, or none.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TumorTypeCode(Code):
    parent = models.ForeignKey(TumorType, on_delete=models.CASCADE, related_name="codes")


class TumorTypeCitation(Citation):
    parent = models.ForeignKey(TumorType, on_delete=models.CASCADE, related_name="sources")


class TherapyClass(WorkingCopy):
    """A class of treatment: CAR-T, TCR-T, TIL, antibody."""

    KIND = "therapy_class"

    name = models.CharField(max_length=200, help_text="The preferred spelling: CAR-T cell therapy.")
    abbreviation = models.CharField(max_length=40, blank=True, help_text="The preferred short spelling: CAR-T.")
    engineered = models.BooleanField(help_text="Are the cells genetically engineered?")
    definition = ProseField()

    class Meta(WorkingCopy.Meta):
        verbose_name_plural = "therapy classes"

    def __str__(self) -> str:
        return self.name


class TherapyClassRisk(Risk):
    parent = models.ForeignKey(TherapyClass, on_delete=models.CASCADE, related_name="risks")


class TherapyClassRiskCitation(Citation):
    parent = models.ForeignKey(TherapyClassRisk, on_delete=models.CASCADE, related_name="sources")


class TherapyClassCitation(Citation):
    parent = models.ForeignKey(TherapyClass, on_delete=models.CASCADE, related_name="sources")
