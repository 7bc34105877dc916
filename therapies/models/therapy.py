"""Therapies: products and programmes. Their regulatory status is derived from approvals, never a field."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from content_api.content_items import KeyedRow, WorkingCopy, known
from content_api.fields import COUNTRY, OnWithdrawal, ProseField, ReferenceField, ReferencesField
from therapies.models.source import Citation, Source
from therapies.models.terms import Organization, Risk, Target, TherapyClass, TumorType
from therapies.vocabulary import AliasType, CellOrigin, StepType, TherapyLevel


class Therapy(WorkingCopy):
    """A product, or a programme that is not one yet."""

    KIND = "therapy"

    name = models.CharField(max_length=200, help_text="The INN for a product: satricabtagene autoleucel.")
    short_name = models.CharField(max_length=100, help_text="What texts call it: satri-cel.")
    level = models.CharField(max_length=10, choices=TherapyLevel)
    therapy_class = ReferenceField(TherapyClass, on_withdrawal=OnWithdrawal.CASCADE)
    cell_origin = models.CharField(max_length=10, choices=CellOrigin, blank=True)
    targets = ReferencesField(Target)
    tumor_types = ReferencesField(TumorType)
    developer = ReferenceField(Organization, null=True, blank=True)
    summary = ProseField()
    mechanism = ProseField(blank=True)
    construct_binder = models.CharField("binder", max_length=200, blank=True)
    construct_hinge = models.CharField("hinge", max_length=100, blank=True)
    construct_transmembrane = models.CharField("transmembrane domain", max_length=100, blank=True)
    construct_costimulatory = models.CharField("costimulatory domain", max_length=100, blank=True)
    construct_signaling = models.CharField("signaling domain", max_length=100, blank=True)
    construct_generation = models.CharField("generation", max_length=100, blank=True)

    class Meta(WorkingCopy.Meta):
        verbose_name_plural = "therapies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            known("level", TherapyLevel),
            known("cell_origin", CellOrigin, blank=True),
        ]

    def __str__(self) -> str:
        return self.short_name


class TherapyAlias(KeyedRow):
    """Another name, with the country and language in which it is used."""

    parent = models.ForeignKey(Therapy, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=15, choices=AliasType)
    country = models.CharField(max_length=2, blank=True, validators=[COUNTRY])
    language = models.CharField(max_length=20, blank=True, help_text="BCP 47: zh-Hans.")
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [*KeyedRow.Meta.constraints, known("type", AliasType)]


class TreatmentStep(KeyedRow):
    """One step on a patient's way, in order."""

    parent = models.ForeignKey(Therapy, on_delete=models.CASCADE, related_name="treatment_steps")
    type = models.CharField(max_length=15, choices=StepType)
    description = ProseField()
    duration = models.CharField(max_length=100, blank=True, help_text="As reported: 3 to 5 weeks.")
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [*KeyedRow.Meta.constraints, known("type", StepType)]


class TherapyRisk(Risk):
    parent = models.ForeignKey(Therapy, on_delete=models.CASCADE, related_name="risks")
    source = ReferenceField(Source, null=True, blank=True)


class TherapyCitation(Citation):
    parent = models.ForeignKey(Therapy, on_delete=models.CASCADE, related_name="sources")
