"""What `/therapies/{slug}/status/` answers. Types for the OpenAPI document: the answer is put together by its view."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.rendering.serializers import EnumField, LabelField, ReferenceSerializer, TextField
from therapies.serializers.approval import (
    ApprovalReferenceSerializer,
    CandidateSerializer,
    CaseStandingSerializer,
    EventSerializer,
    StandingSerializer,
)
from therapies.serializers.evidence import SourceCitationSerializer, TherapyReferenceSerializer
from therapies.serializers.therapy import JurisdictionSerializer
from therapies.vocabulary import AppliesTo


class IndicationOnDaySerializer(CaseStandingSerializer):
    """One indication, as it stood on the day. Nothing known on that day reads NO_RECORD."""

    approval = ApprovalReferenceSerializer(help_text="The case, named by how it stood on the day.")
    uncertain = serializers.BooleanField(help_text="The exact day of an event is not known: it may have been earlier.")
    summary_markdown = TextField(help_text="Of the indication.")
    summary_html = TextField()
    tumor_types = ReferenceSerializer(many=True)
    candidates = CandidateSerializer(many=True, help_text="The versions between which sources disagree.")
    events = EventSerializer(many=True, help_text="Those of that day and before, in order of date.")
    sources = SourceCitationSerializer(many=True, help_text="Of these events.")


class JurisdictionOnDaySerializer(JurisdictionSerializer, StandingSerializer):
    """The status in one jurisdiction: the highest of its indications."""

    covered_by = serializers.CharField(
        allow_null=True, help_text="`EU` where the EU's record decides the status in a member state."
    )
    applies_to = EnumField(AppliesTo, allow_null=True, help_text="How many of the indications have this status.")
    applies_to_label = LabelField(AppliesTo, source="applies_to", allow_null=True)
    uncertain = serializers.BooleanField(help_text="The exact day of an event is not known: it may have been earlier.")
    checked_on = serializers.DateField(allow_null=True, help_text="The latest day on which somebody looked.")
    under_correction = serializers.BooleanField(help_text="True while the status is being corrected.")
    indications = IndicationOnDaySerializer(many=True)


class StatusSerializer(serializers.Serializer[Any]):
    """The regulatory status of a therapy on a day, by jurisdiction."""

    therapy = TherapyReferenceSerializer()
    release = serializers.IntegerField(help_text="What was known in this release.")
    as_of = serializers.DateField(help_text="What was true on this day, as far as known in the release. Days are UTC.")
    jurisdictions = JurisdictionOnDaySerializer(many=True)
