"""Trials: what was studied, in whom, and where it stands in its registry. What it found is in trial_results."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from content_api.content_items import KeyedRow, WorkingCopy, known
from content_api.fields import (
    ChoiceListField,
    CountryListField,
    OnWithdrawal,
    ProseField,
    ReferenceField,
    ReferencesField,
    SlugField,
)
from therapies.models.source import Citation, Source
from therapies.models.terms import Organization, Target, TumorType
from therapies.models.therapy import Therapy
from therapies.trial_vocabulary import (
    Allocation,
    ArmType,
    CriterionCategory,
    CriterionKind,
    DateType,
    InterventionModel,
    InterventionType,
    Masking,
    OverallStatus,
    Phase,
    PrimaryPurpose,
    PublicationRole,
    Registry,
    StudyType,
)
from therapies.vocabulary import CriterionStated, Polarity, Precision

_FIRST_DAY = "The first day of the month or year, if only that is known."


def together(name: str, present: Q, absent: Q) -> models.CheckConstraint:
    """Return the constraint that some columns are all filled in, or all empty."""
    return models.CheckConstraint(condition=present | absent, name=name, violation_error_message=_TOGETHER[name])


_TOGETHER = {
    "trial_start_has_its_precision_and_type": "Say how exactly the start is known, and whether it is actual.",
    "trial_primary_completion_has_its_precision_and_type": (
        "Say how exactly the primary completion is known, and whether it is actual or estimated."
    ),
    "trial_completion_has_its_precision_and_type": (
        "Say how exactly the completion is known, and whether it is actual or estimated."
    ),
    "trial_enrollment_has_a_count_and_a_type": "Give the enrollment as a count with its type, or leave both empty.",
    "trialarm_says_how_many_crossed_over_and_to_which_arm": (
        "Say both how many crossed over and to which arm (its key), or neither."
    ),
    "trialcriterion_asks_for_a_whole_biomarker_or_none": (
        "A biomarker needs its target, its polarity and where the cut-off is stated; else leave all of it empty."
    ),
}


def _dated(name: str) -> list[models.BaseConstraint]:
    """Return what holds for a date of a trial: known to some precision, actual or estimated; or not there."""
    present = Q(**{f"{name}_on__isnull": False}) & ~Q(**{f"{name}_precision": ""}) & ~Q(**{f"{name}_type": ""})
    absent = Q(**{f"{name}_on__isnull": True, f"{name}_precision": "", f"{name}_type": ""})
    return [
        known(f"{name}_precision", Precision, blank=True),
        known(f"{name}_type", DateType, blank=True),
        together(f"trial_{name}_has_its_precision_and_type", present, absent),
    ]


class Trial(WorkingCopy):
    """A clinical trial as its registry and its publications describe it."""

    KIND = "trial"

    title = models.CharField(max_length=400)
    acronym = models.CharField(max_length=60, blank=True, help_text="Or the short name that texts use: CT041-ST-01.")
    phases = ChoiceListField(Phase, help_text="Both, for a trial of phase 1/2.")
    study_type = models.CharField(max_length=15, choices=StudyType, default=StudyType.INTERVENTIONAL)
    allocation = models.CharField(max_length=14, choices=Allocation, blank=True)
    masking = models.CharField(max_length=9, choices=Masking, blank=True)
    intervention_model = models.CharField(max_length=12, choices=InterventionModel, blank=True)
    primary_purpose = models.CharField(max_length=24, choices=PrimaryPurpose, blank=True)
    overall_status = models.CharField(max_length=25, choices=OverallStatus, help_text="As the registry says it.")
    status_verified_on = models.DateField(
        null=True, blank=True, help_text="The day on which one of us last read the status in the registry."
    )
    screened = models.PositiveIntegerField(null=True, blank=True)
    enrollment_count = models.PositiveIntegerField("enrollment", null=True, blank=True)
    enrollment_type = models.CharField("this enrollment is", max_length=9, choices=DateType, blank=True)
    start_on = models.DateField("start", null=True, blank=True, help_text=_FIRST_DAY)
    start_precision = models.CharField("how exact the start is", max_length=5, choices=Precision, blank=True)
    start_type = models.CharField("this start is", max_length=9, choices=DateType, blank=True)
    primary_completion_on = models.DateField("primary completion", null=True, blank=True, help_text=_FIRST_DAY)
    primary_completion_precision = models.CharField(
        "how exact the primary completion is", max_length=5, choices=Precision, blank=True
    )
    primary_completion_type = models.CharField("this primary completion is", max_length=9, choices=DateType, blank=True)
    completion_on = models.DateField("completion", null=True, blank=True, help_text=_FIRST_DAY)
    completion_precision = models.CharField("how exact the completion is", max_length=5, choices=Precision, blank=True)
    completion_type = models.CharField("this completion is", max_length=9, choices=DateType, blank=True)
    countries = CountryListField(help_text="Where it recruits or recruited: CN, US.")
    sponsor = ReferenceField(Organization, null=True, blank=True)
    therapies = ReferencesField(Therapy)
    conditions = ReferencesField(TumorType)

    class Meta(WorkingCopy.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            known("study_type", StudyType),
            known("allocation", Allocation, blank=True),
            known("masking", Masking, blank=True),
            known("intervention_model", InterventionModel, blank=True),
            known("primary_purpose", PrimaryPurpose, blank=True),
            known("overall_status", OverallStatus),
            known("enrollment_type", DateType, blank=True),
            *_dated("start"),
            *_dated("primary_completion"),
            *_dated("completion"),
            together(
                "trial_enrollment_has_a_count_and_a_type",
                Q(enrollment_count__isnull=False) & ~Q(enrollment_type=""),
                Q(enrollment_count__isnull=True, enrollment_type=""),
            ),
            models.CheckConstraint(
                condition=Q(review_interval_days__lte=90),
                name="trial_is_reviewed_every_90_days",
                violation_error_message="It states a recruitment status: set the review interval to 90 days or less.",
            ),
        ]

    def __str__(self) -> str:
        return self.acronym or self.title


class TrialIdentifier(KeyedRow):
    """What a registry calls the trial."""

    parent = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="identifiers")
    registry = models.CharField(max_length=6, choices=Registry)
    identifier = models.CharField(max_length=60, help_text="As the registry writes it: NCT04581473.")

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("registry", Registry),
            models.UniqueConstraint(
                fields=["registry", "identifier"],
                condition=~Q(registry="OTHER"),
                name="a_registry_id_belongs_to_one_trial",
                violation_error_message="A trial with this registry id exists already. Find it, and add to it.",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class TrialArm(KeyedRow):
    """One group of participants, and what became of it."""

    parent = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="arms")
    label = models.CharField(max_length=200, help_text="As texts call it: satri-cel.")
    type = models.CharField(max_length=18, choices=ArmType)
    description = models.CharField(max_length=500, blank=True)
    assigned = models.PositiveIntegerField(null=True, blank=True, help_text="How many were put into it.")
    treated = models.PositiveIntegerField(null=True, blank=True, help_text="How many of them got the treatment.")
    crossed_over_to = SlugField(
        verbose_name="changed over to", max_length=60, blank=True, help_text="The key of the arm that some changed to."
    )
    crossed_over_count = models.PositiveIntegerField("how many changed over", null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("type", ArmType),
            together(
                "trialarm_says_how_many_crossed_over_and_to_which_arm",
                ~Q(crossed_over_to="") & Q(crossed_over_count__isnull=False),
                Q(crossed_over_to="", crossed_over_count__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(treated__isnull=True) | Q(assigned__isnull=True) | Q(treated__lte=F("assigned")),
                name="trialarm_treats_no_more_than_were_assigned",
                violation_error_message="More were treated than were assigned. Correct one of the two.",
            ),
            models.CheckConstraint(
                condition=~Q(crossed_over_to=F("key")),
                name="nobody_crosses_over_to_the_arm_they_are_in",
                violation_error_message="Name the other arm to which participants crossed over.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class TrialIntervention(KeyedRow):
    """What an arm got."""

    parent = models.ForeignKey(TrialArm, on_delete=models.CASCADE, related_name="interventions")
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=19, choices=InterventionType)
    therapy = ReferenceField(Therapy, null=True, blank=True, help_text="If there is a record of it here.")

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("type", InterventionType),
        ]


class TrialCriterion(KeyedRow):
    """Who could take part, or could not."""

    parent = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="eligibility")
    kind = models.CharField(max_length=9, choices=CriterionKind)
    category = models.CharField(max_length=14, choices=CriterionCategory)
    text = ProseField()
    biomarker_target = ReferenceField(Target, null=True, blank=True, verbose_name="biomarker")
    biomarker_polarity = models.CharField("biomarker is", max_length=8, choices=Polarity, blank=True)
    biomarker_assay = models.CharField("assay", max_length=200, blank=True)
    biomarker_intensity_min = models.CharField(
        "staining intensity, at least", max_length=20, blank=True, help_text="As stated: 2+."
    )
    biomarker_percent_min = models.PositiveSmallIntegerField(
        "percent of cells, at least",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Of tumor cells, in percent.",
    )
    biomarker_stated = models.CharField(
        "how the biomarker is stated", max_length=10, choices=CriterionStated, blank=True
    )
    source = ReferenceField(Source, null=True, blank=True)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("kind", CriterionKind),
            known("category", CriterionCategory),
            known("biomarker_polarity", Polarity, blank=True),
            known("biomarker_stated", CriterionStated, blank=True),
            together(
                "trialcriterion_asks_for_a_whole_biomarker_or_none",
                Q(biomarker_target__isnull=False) & ~Q(biomarker_polarity="") & ~Q(biomarker_stated=""),
                Q(
                    biomarker_target__isnull=True,
                    biomarker_polarity="",
                    biomarker_assay="",
                    biomarker_intensity_min="",
                    biomarker_percent_min__isnull=True,
                    biomarker_stated="",
                ),
            ),
        ]


class TrialPublication(KeyedRow):
    """A document about the trial, and what it is to it."""

    parent = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="publications")
    source = ReferenceField(Source, on_withdrawal=OnWithdrawal.DROP)
    role = models.CharField(max_length=10, choices=PublicationRole)

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("role", PublicationRole),
            models.UniqueConstraint(fields=["parent", "source"], name="a_trial_lists_a_publication_once"),
        ]


class TrialCitation(Citation):
    parent = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sources")
