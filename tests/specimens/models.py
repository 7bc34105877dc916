"""Working copies of specimens: a reference of each sort, prose, child rows, and a set."""

from __future__ import annotations

from django.db import models

from content_api.content_items import KeyedRow, WorkingCopy
from content_api.fields import OnWithdrawal, ProseField, ReferenceField, ReferencesField
from therapies.models.source import Citation


class Shade(models.TextChoices):
    PALE = "PALE", "Pale"
    DARK = "DARK", "Dark"


class Specimen(WorkingCopy):
    """Something to look at."""

    KIND = "specimen"

    title = models.CharField(max_length=100)
    shade = models.CharField(max_length=4, choices=Shade, default=Shade.PALE)
    note = ProseField(blank=True)
    stands_on = ReferenceField("self", null=True, blank=True, on_withdrawal=OnWithdrawal.CASCADE)
    cites = ReferencesField("self")


class Mark(KeyedRow):
    parent = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="marks")
    text = models.CharField(max_length=100)
    seen_with = ReferenceField(Specimen, on_withdrawal=OnWithdrawal.DROP)


class SpecimenCitation(Citation):
    parent = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="sources")
