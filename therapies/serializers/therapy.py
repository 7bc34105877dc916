"""The public shape of a therapy, with its regulatory status by jurisdiction."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.kinds import SetKey
from content_api.rendering.serializers import (
    LATER,
    EnumField,
    HtmlField,
    LabelField,
    MarkdownField,
    ReferenceSerializer,
    TextField,
)
from therapies import regulatory
from therapies.serializers.approval import ApprovalReferenceSerializer, StandingSerializer
from therapies.serializers.evidence import (
    OrganizationReferenceSerializer,
    PlaceLabelField,
    PublishedSerializer,
    RiskSerializer,
    SourceReferenceSerializer,
    VerificationField,
    VerificationLabelField,
)
from therapies.serializers.trial import TrialReferenceSerializer
from therapies.vocabulary import AliasType, AppliesTo, CellOrigin, StepType, TherapyLevel

Json = dict[str, Any]


class ConstructSerializer(serializers.Serializer[Any]):
    """What an engineered receptor is made of, from outside to inside."""

    binder = TextField(source="construct_binder")
    hinge = TextField(source="construct_hinge")
    transmembrane = TextField(source="construct_transmembrane")
    costimulatory = TextField(source="construct_costimulatory")
    signaling = TextField(source="construct_signaling")
    generation = TextField(source="construct_generation")

    def to_representation(self, instance: Any) -> Json | None:  # type: ignore[override]
        """Return the parts, or null where none is known."""
        parts = dict(super().to_representation(instance))
        return parts if any(parts.values()) else None


class AliasSerializer(serializers.Serializer[Any]):
    """Another name, with the country and language in which it is used."""

    key = serializers.CharField()
    name = serializers.CharField()
    type = EnumField(AliasType)
    type_label = LabelField(AliasType, source="type")
    country = TextField(help_text="ISO 3166-1 alpha-2, or EU.")
    country_label = PlaceLabelField(source="country", allow_null=True)
    language = TextField(help_text="As a BCP 47 tag.")
    verification = VerificationField()
    verification_label = VerificationLabelField()
    source = SourceReferenceSerializer(allow_null=True)


class TreatmentStepSerializer(serializers.Serializer[Any]):
    """One step on a patient's way."""

    key = serializers.CharField()
    type = EnumField(StepType)
    type_label = LabelField(StepType, source="type")
    description_markdown = MarkdownField(source="description")
    description_html = HtmlField(source="description")
    duration = TextField(help_text="As reported: 3 to 5 weeks.")
    verification = VerificationField()
    verification_label = VerificationLabelField()
    source = SourceReferenceSerializer(allow_null=True)


class TherapyRiskSerializer(RiskSerializer):
    """A risk of a therapy."""

    source = SourceReferenceSerializer(allow_null=True)


class JurisdictionSerializer(serializers.Serializer[Any]):
    """A place whose regulator decides."""

    jurisdiction = serializers.CharField(help_text="ISO 3166-1 alpha-2, or EU.")
    jurisdiction_label = PlaceLabelField(source="jurisdiction")


class RegulatorySerializer(JurisdictionSerializer, StandingSerializer):
    """The status of a therapy in one jurisdiction: the highest of its indications there."""

    applies_to = EnumField(AppliesTo, allow_null=True, help_text="How many of the indications have this status.")
    applies_to_label = LabelField(AppliesTo, source="applies_to", allow_null=True)
    approvals = ApprovalReferenceSerializer(many=True)


class TherapySerializer(PublishedSerializer):
    """A product, or a programme that is not one yet."""

    short_name = serializers.CharField(help_text="What texts call it.")
    level = EnumField(TherapyLevel)
    level_label = LabelField(TherapyLevel, source="level")
    therapy_class = ReferenceSerializer()
    cell_origin = EnumField(CellOrigin, allow_null=True)
    cell_origin_label = LabelField(CellOrigin, source="cell_origin", allow_null=True)
    targets = ReferenceSerializer(many=True)
    tumor_types = ReferenceSerializer(many=True)
    developer = OrganizationReferenceSerializer(allow_null=True)
    regulatory = RegulatorySerializer(many=True, help_text="By jurisdiction; derived from its approvals.")
    trials = TrialReferenceSerializer(many=True, required=LATER, help_text="What studied it, or studies it.")
    summary_markdown = MarkdownField(source="summary")
    summary_html = HtmlField(source="summary")
    mechanism_markdown = MarkdownField(source="mechanism")
    mechanism_html = HtmlField(source="mechanism")
    construct = ConstructSerializer(source="*", allow_null=True)
    aliases = AliasSerializer(many=True)
    treatment_steps = TreatmentStepSerializer(many=True, help_text="In order.")
    risks = TherapyRiskSerializer(many=True)

    def to_representation(self, instance: Json) -> Json:
        """Return the therapy as it is published, with where it stands."""
        world, content_id = self.context["world"], self.context["content_id"]
        approvals = world.members(SetKey.of("approval", therapy=content_id))
        trials = world.members(SetKey.of("trial", therapy=content_id))
        pulled = world.card(content_id)["pulled_in"]
        embed = regulatory.by_jurisdiction(instance["short_name"], approvals, pulled)
        return dict(super().to_representation({**instance, "regulatory": embed, "trials": trials}))
