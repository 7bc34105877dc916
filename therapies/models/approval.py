"""Approvals: one regulatory case each, with the dated events that its status is derived from."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from content_api.content_items import KeyedRow, Row, WorkingCopy, known
from content_api.fields import COUNTRY, ChoiceListField, OnWithdrawal, ProseField, ReferenceField, ReferencesField
from therapies.models.source import Citation, Source
from therapies.models.terms import Organization, Target, TumorType
from therapies.models.therapy import Therapy
from therapies.vocabulary import CriterionStated, DateBasis, Disputed, EventType, Pathway, Polarity, Precision


class Approval(WorkingCopy):
    """A therapy, for an indication, in a jurisdiction. `status` is computed from the events, never typed."""

    KIND = "approval"

    title = models.CharField(max_length=200, help_text="Therapy, place and authority: satri-cel, China (NMPA).")
    therapy = ReferenceField(Therapy, on_withdrawal=OnWithdrawal.CASCADE)
    jurisdiction = models.CharField(max_length=2, validators=[COUNTRY], help_text="ISO 3166-1 alpha-2, or EU.")
    authority = ReferenceField(Organization, on_withdrawal=OnWithdrawal.CASCADE)
    indication_verbatim = models.TextField(
        "indication, word for word", blank=True, help_text="The label's own words, in its own language."
    )
    indication_language = models.CharField("language of these words", max_length=20, blank=True)
    indication_summary = ProseField("indication, in plain words")
    tumor_types = ReferencesField(TumorType)
    prior_lines_min = models.PositiveSmallIntegerField(
        "earlier lines of treatment, at least", null=True, blank=True, validators=[MaxValueValidator(20)]
    )
    age_min_years = models.PositiveSmallIntegerField(
        "age in years, at least", null=True, blank=True, validators=[MaxValueValidator(120)]
    )

    class Meta(WorkingCopy.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            models.CheckConstraint(
                condition=Q(review_interval_days__lte=90),
                name="approval_is_reviewed_every_90_days",
                violation_error_message="It states a regulatory status: set the review interval to 90 days or less.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalBiomarker(KeyedRow):
    """A biomarker that the indication asks for, with its cut-off if one is stated."""

    parent = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="biomarkers")
    target = ReferenceField(Target, on_withdrawal=OnWithdrawal.CASCADE)
    polarity = models.CharField(max_length=8, choices=Polarity)
    assay = models.CharField(max_length=200, blank=True)
    intensity_min = models.CharField(
        "staining intensity, at least", max_length=20, blank=True, help_text="As stated: 2+."
    )
    percent_min = models.PositiveSmallIntegerField(
        "percent of cells, at least",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Of tumor cells, in percent.",
    )
    stated = models.CharField(max_length=10, choices=CriterionStated)
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("polarity", Polarity),
            known("stated", CriterionStated),
        ]


class ApprovalHolder(KeyedRow):
    """Who holds the authorization, since when."""

    parent = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="holders")
    holder = ReferenceField(Organization, on_withdrawal=OnWithdrawal.DROP)
    on = models.DateField(null=True, blank=True, verbose_name="since")
    precision = models.CharField("how exact the date is", max_length=5, choices=Precision, blank=True)
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("precision", Precision, blank=True),
        ]


class ApprovalCheck(KeyedRow):
    """On this day somebody looked, and found this."""

    parent = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="checks")
    on = models.DateField()
    source = ReferenceField(Source, null=True, blank=True)
    finding = models.CharField(max_length=300)


class ApprovalEvent(KeyedRow):
    """Something that a regulator or an applicant did on a day."""

    parent = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="events")
    type = models.CharField(max_length=25, choices=EventType)
    on = models.DateField(help_text="The first day of the month or year, if only that is known.")
    precision = models.CharField("how exact the date is", max_length=5, choices=Precision, default=Precision.DAY)
    on_basis = models.CharField("this date is", max_length=9, choices=DateBasis, default=DateBasis.OCCURRED)
    authority = ReferenceField(Organization, on_withdrawal=OnWithdrawal.CASCADE)
    pathway = models.CharField(max_length=11, choices=Pathway, blank=True, help_text="Of an approval only.")
    disputed = ChoiceListField(Disputed, help_text="What the sources disagree about, if they do.")
    note = models.CharField(max_length=300, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("type", EventType),
            known("precision", Precision),
            known("on_basis", DateBasis),
            known("pathway", Pathway, blank=True),
            models.CheckConstraint(
                condition=(Q(type="APPROVED") & ~Q(pathway="")) | (~Q(type="APPROVED") & Q(pathway="")),
                name="an_approval_event_and_no_other_names_a_pathway",
                violation_error_message="Choose a pathway for an approval (“not confirmed” is one), and none for other events.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.on}"


class ApprovalEventCitation(Citation):
    parent = models.ForeignKey(ApprovalEvent, on_delete=models.CASCADE, related_name="sources")


class ApprovalEventCandidate(Row):
    """One of the versions of an event between which its sources disagree."""

    parent = models.ForeignKey(ApprovalEvent, on_delete=models.CASCADE, related_name="candidates")
    type = models.CharField(max_length=25, choices=EventType)
    on = models.DateField()
    pathway = models.CharField(max_length=11, choices=Pathway, blank=True)
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(Row.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("type", EventType),
            known("pathway", Pathway, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.on}"


class ApprovalCitation(Citation):
    parent = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="sources")
