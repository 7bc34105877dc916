"""The public shape of a trial: where it stands, who takes part, and what it found."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.rendering.serializers import (
    EnumField,
    EnumListField,
    HtmlField,
    LabelField,
    LabelListField,
    MarkdownField,
    ReferenceSerializer,
    TextField,
)
from therapies import cards
from therapies.evidence import verification_of
from therapies.registries import address
from therapies.serializers.approval import BiomarkerCutOffSerializer
from therapies.serializers.evidence import (
    OrganizationReferenceSerializer,
    PlaceListField,
    PlaceListLabelField,
    PublishedSerializer,
    SourceReferenceSerializer,
    TherapyReferenceSerializer,
)
from therapies.serializers.trial_results import ResultSerializer, worded
from therapies.trial_sentences import short_name
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
from therapies.vocabulary import Precision

Json = dict[str, Any]
_BIOMARKER = ("target", "polarity", "assay", "intensity_min", "percent_min", "stated")


class TrialReferenceSerializer(ReferenceSerializer):
    """A trial, with its registry id and where it stands."""

    acronym = TextField()
    registry_id = TextField(help_text="In ClinicalTrials.gov if it is there, else in the first registry named.")
    phases = EnumListField(Phase)
    phases_labels = LabelListField(Phase, source="phases")
    overall_status = EnumField(OverallStatus)
    overall_status_label = LabelField(OverallStatus, source="overall_status")


class IdentifierSerializer(serializers.Serializer[Any]):
    """What a registry calls the trial."""

    key = serializers.CharField()
    registry = EnumField(Registry)
    registry_label = LabelField(Registry, source="registry")
    id = serializers.CharField(source="identifier", help_text="As the registry writes it.")
    external_url = TextField(help_text="The registry's own page, where an id leads to one.")

    def to_representation(self, instance: Json) -> Json:
        """Return the id, with the address of its record."""
        external_url = address(instance["registry"], instance["identifier"])
        return dict(super().to_representation({**instance, "external_url": external_url}))


class TrialDateSerializer(serializers.Serializer[Any]):
    """A day in a trial's life, known to some precision, that was or is expected."""

    on = serializers.DateField(help_text="The first day of the month or year, if only that is known.")
    precision = EnumField(Precision)
    precision_label = LabelField(Precision, source="precision")
    type = EnumField(DateType)
    type_label = LabelField(DateType, source="type")


class EnrollmentSerializer(serializers.Serializer[Any]):
    """How many take part."""

    count = serializers.IntegerField()
    type = EnumField(DateType)
    type_label = LabelField(DateType, source="type")


class InterventionSerializer(serializers.Serializer[Any]):
    """What an arm got."""

    key = serializers.CharField()
    name = serializers.CharField()
    type = EnumField(InterventionType)
    type_label = LabelField(InterventionType, source="type")
    therapy = TherapyReferenceSerializer(allow_null=True)


class CrossoverSerializer(serializers.Serializer[Any]):
    """How many changed to another arm."""

    to = serializers.CharField(source="crossed_over_to", help_text="The key of that arm.")
    count = serializers.IntegerField(source="crossed_over_count")

    def to_representation(self, instance: Json) -> Json | None:  # type: ignore[override]
        """Return the crossover, or null where none is on record."""
        return dict(super().to_representation(instance)) if instance["crossed_over_to"] else None


class ArmSerializer(serializers.Serializer[Any]):
    """One group of participants."""

    key = serializers.CharField()
    label = serializers.CharField()
    type = EnumField(ArmType)
    type_label = LabelField(ArmType, source="type")
    description = TextField()
    interventions = InterventionSerializer(many=True)
    assigned = serializers.IntegerField(allow_null=True, help_text="How many were put into it.")
    treated = serializers.IntegerField(allow_null=True, help_text="How many of them got the treatment.")
    crossed_over = CrossoverSerializer(source="*", allow_null=True)


class CriterionSerializer(serializers.Serializer[Any]):
    """Who can take part, or cannot."""

    key = serializers.CharField()
    kind = EnumField(CriterionKind)
    kind_label = LabelField(CriterionKind, source="kind")
    category = EnumField(CriterionCategory)
    category_label = LabelField(CriterionCategory, source="category")
    text_markdown = MarkdownField(source="text")
    text_html = HtmlField(source="text")
    biomarker = BiomarkerCutOffSerializer(allow_null=True)
    source = SourceReferenceSerializer(allow_null=True)

    def to_representation(self, instance: Json) -> Json:
        """Return the criterion, with its biomarker if it asks for one."""
        biomarker = {name: instance[f"biomarker_{name}"] for name in _BIOMARKER}
        shown = biomarker if biomarker["target"] else None
        return dict(super().to_representation({**instance, "biomarker": shown}))


class PublicationSerializer(serializers.Serializer[Any]):
    """A document about the trial, and what it is to it."""

    key = serializers.CharField()
    role = EnumField(PublicationRole)
    role_label = LabelField(PublicationRole, source="role")
    source = SourceReferenceSerializer()


class TrialSerializer(PublishedSerializer):
    """A clinical trial."""

    title = serializers.CharField()
    acronym = TextField(help_text="Or the short name that texts use.")
    identifiers = IdentifierSerializer(many=True)
    registry_id = TextField(help_text="In ClinicalTrials.gov if it is there, else in the first registry named.")
    overall_status = EnumField(OverallStatus, help_text="Where it stands in its registry; no regulatory status.")
    overall_status_label = LabelField(OverallStatus, source="overall_status")
    status_verified_on = serializers.DateField(allow_null=True, help_text="The day on which it was last read there.")
    sentence = serializers.CharField(help_text="Where it stands, in words that are safe on their own.")
    phases = EnumListField(Phase)
    phases_labels = LabelListField(Phase, source="phases")
    study_type = EnumField(StudyType)
    study_type_label = LabelField(StudyType, source="study_type")
    allocation = EnumField(Allocation, allow_null=True)
    allocation_label = LabelField(Allocation, source="allocation", allow_null=True)
    masking = EnumField(Masking, allow_null=True)
    masking_label = LabelField(Masking, source="masking", allow_null=True)
    intervention_model = EnumField(InterventionModel, allow_null=True)
    intervention_model_label = LabelField(InterventionModel, source="intervention_model", allow_null=True)
    primary_purpose = EnumField(PrimaryPurpose, allow_null=True)
    primary_purpose_label = LabelField(PrimaryPurpose, source="primary_purpose", allow_null=True)
    screened = serializers.IntegerField(allow_null=True)
    enrollment = EnrollmentSerializer(allow_null=True)
    start = TrialDateSerializer(allow_null=True)
    primary_completion = TrialDateSerializer(allow_null=True)
    completion = TrialDateSerializer(allow_null=True)
    countries = PlaceListField(help_text="Where it recruits or recruited.")
    countries_labels = PlaceListLabelField(source="countries")
    sponsor = OrganizationReferenceSerializer(allow_null=True)
    therapies = TherapyReferenceSerializer(many=True)
    conditions = ReferenceSerializer(many=True, help_text="Tumor types.")
    arms = ArmSerializer(many=True)
    eligibility = CriterionSerializer(many=True)
    publications = PublicationSerializer(many=True)
    results = ResultSerializer(many=True)

    def to_representation(self, instance: Json) -> Json:
        """Return the trial as it is published, its results in words."""
        world = self.context["world"]
        arms = {arm["key"]: arm["label"] for arm in instance["arms"]}
        name = short_name(instance)
        results = [worded(one, name, arms, verification_of(one, world).value) for one in instance["results"]]
        shown = {"results": results, **cards.standing_of_trial(instance), **_dates(instance), **_enrollment(instance)}
        return dict(super().to_representation({**instance, **shown}))


def _dates(trial: Json) -> Json:
    names = ("start", "primary_completion", "completion")
    return {name: _date(trial, name) if trial[f"{name}_on"] else None for name in names}


def _date(trial: Json, name: str) -> Json:
    return {part: trial[f"{name}_{part}"] for part in ("on", "precision", "type")}


def _enrollment(trial: Json) -> Json:
    count, type_ = trial["enrollment_count"], trial["enrollment_type"]
    return {"enrollment": {"count": count, "type": type_} if type_ else None}
