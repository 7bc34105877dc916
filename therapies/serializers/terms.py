"""The public shapes of terms: organizations, sources, targets, tumor types, therapy classes."""

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
from therapies.serializers.evidence import (
    CodeSerializer,
    PlaceLabelField,
    PublishedSerializer,
    RiskSerializer,
    SourceCitationSerializer,
    SourceReferenceSerializer,
    VerificationField,
    VerificationLabelField,
)
from therapies.vocabulary import ExpressionLevel, OrganizationRole, SourceType, TumorGroup, Verification


class OrganizationSerializer(PublishedSerializer):
    """A regulator, company, publisher or site."""

    roles = EnumListField(OrganizationRole)
    roles_labels = LabelListField(OrganizationRole, source="roles")
    country = TextField(help_text="ISO 3166-1 alpha-2, or EU.")
    country_label = PlaceLabelField(source="country", allow_null=True)
    website = TextField()


class SourceSerializer(PublishedSerializer):
    """A document that statements stand on."""

    title = serializers.CharField()
    type = EnumField(SourceType)
    type_label = LabelField(SourceType, source="type")
    publisher = ReferenceSerializer(allow_null=True)
    external_url = TextField(help_text="The document's own address.")
    doi = TextField()
    pmid = TextField()
    published_on = serializers.DateField(allow_null=True)
    accessed_on = serializers.DateField(allow_null=True, help_text="The day on which one of us last read it.")
    verification = EnumField(Verification, help_text="How far it can be trusted.")
    verification_label = LabelField(Verification, source="verification")
    retracted = serializers.BooleanField(help_text="True once its publisher has taken the document back.")


class TargetAliasSerializer(serializers.Serializer[Any]):
    """Another name of a target."""

    key = serializers.CharField()
    name = serializers.CharField()
    verification = VerificationField()
    verification_label = VerificationLabelField()
    source = SourceReferenceSerializer(allow_null=True)


class ExpressionSerializer(serializers.Serializer[Any]):
    """How much of a target a tissue shows."""

    key = serializers.CharField()
    tissue = serializers.CharField()
    level = EnumField(ExpressionLevel)
    level_label = LabelField(ExpressionLevel, source="level")
    note = TextField()
    verification = VerificationField()
    verification_label = VerificationLabelField()
    source = SourceReferenceSerializer(allow_null=True)


class TargetSerializer(PublishedSerializer):
    """A molecule that therapies recognize. The isoform is the target: CLDN18 is not Claudin18.2."""

    gene = serializers.CharField(help_text="The HGNC symbol.")
    isoform = TextField(help_text="Null where no single isoform is meant.")
    aliases = TargetAliasSerializer(many=True)
    codes = CodeSerializer(many=True)
    expression = ExpressionSerializer(many=True)


class TumorTypeSerializer(PublishedSerializer):
    """A kind of cancer. A filter by a tumor type includes what lies below it."""

    group = EnumField(TumorGroup)
    group_label = LabelField(TumorGroup, source="group")
    parent = ReferenceSerializer(allow_null=True, help_text="The wider type.")
    codes = CodeSerializer(many=True)


class TherapyClassRiskSerializer(RiskSerializer):
    """A risk of a class of therapies."""

    sources = SourceCitationSerializer(many=True)


class TherapyClassSerializer(PublishedSerializer):
    """A class of treatment."""

    abbreviation = TextField(help_text="The preferred short spelling.")
    engineered = serializers.BooleanField(help_text="Are the cells genetically engineered?")
    definition_markdown = MarkdownField(source="definition")
    definition_html = HtmlField(source="definition")
    risks = TherapyClassRiskSerializer(many=True)
