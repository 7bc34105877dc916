"""Members that many shapes share: sources with their words, verification, codes, risks, partial dates."""

from __future__ import annotations

from typing import Any

from drf_spectacular.drainage import set_override
from rest_framework import serializers

from content_api.rendering.serializers import (
    CitationSerializer,
    EnumField,
    HtmlField,
    ItemSerializer,
    LabelField,
    MarkdownField,
    ReferenceSerializer,
    SourceSummarySerializer,
)
from therapies import jurisdictions
from therapies.evidence import verification_of
from therapies.vocabulary import CodeSystem, SourceType, Verification

Json = dict[str, Any]


class SourceReferenceSerializer(SourceSummarySerializer):
    """A source, with what a reader needs in order to judge it."""

    type = EnumField(SourceType)
    verification = EnumField(Verification, help_text="How far it can be trusted.")


class SourceCitationSerializer(CitationSerializer):
    """A source, and the place in it that says so."""

    type = EnumField(SourceType)
    verification = EnumField(Verification, help_text="How far it can be trusted.")


class TherapyReferenceSerializer(ReferenceSerializer):
    """A therapy, with the name that texts use."""

    short_name = serializers.CharField()


class OrganizationReferenceSerializer(ReferenceSerializer):
    """An organization, with the name that texts use."""

    short_name = serializers.CharField()


class PublishedSerializer(ItemSerializer):
    """What every item of this app carries."""

    sources = SourceCitationSerializer(many=True)


class VerificationField(EnumField):
    """The best verification of a row's sources, of those that were not taken back."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = "The best of its sources'; a statement without a source is not verified."
        super().__init__(Verification, **{"source": "*", "help_text": help_text, **kwargs})

    def to_representation(self, value: Json) -> str:
        """Return the verification of a row."""
        return verification_of(value, self.context["world"]).value


class VerificationLabelField(LabelField):
    """The words for a row's verification."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Verification, **{"source": "*", **kwargs})

    def to_representation(self, value: Json) -> str:
        """Return the words for the verification of a row."""
        return str(verification_of(value, self.context["world"]).label)


class PlaceLabelField(serializers.Field[Any, Any, Any, Any]):
    """The name of a place, from its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        set_override(self, "field", {"type": "string"})

    def to_representation(self, value: Any) -> str | None:
        """Return the name, or null."""
        return jurisdictions.label(value) if value else None


class PlaceListField(serializers.ListField):
    """ISO 3166-1 alpha-2 codes, or EU."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"child": serializers.CharField(), **kwargs})


class PlaceListLabelField(serializers.ListField):
    """The names of places, from their codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"child": serializers.CharField(), **kwargs})

    def to_representation(self, value: Any) -> list[str]:
        """Return the names."""
        return [jurisdictions.label(code) for code in value]


class CodeSerializer(serializers.Serializer[Any]):
    """A term of an outside code system."""

    key = serializers.CharField()
    system = EnumField(CodeSystem)
    system_label = LabelField(CodeSystem, source="system")
    code = serializers.CharField()
    display = serializers.CharField(help_text="What the code system calls it.")
    verification = VerificationField()
    verification_label = VerificationLabelField()
    source = SourceReferenceSerializer(allow_null=True)


class RiskSerializer(serializers.Serializer[Any]):
    """A risk that a label or a study reports."""

    key = serializers.CharField()
    term = serializers.CharField()
    boxed = serializers.BooleanField(help_text="Part of a boxed warning in the jurisdictions named.")
    jurisdictions = PlaceListField(help_text="Empty means everywhere.")
    description_markdown = MarkdownField(source="description")
    description_html = HtmlField(source="description")
    verification = VerificationField()
    verification_label = VerificationLabelField()
