"""The public shapes of questions and disclaimers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.readers import SiteRole
from content_api.rendering.serializers import (
    EnumField,
    EnumListField,
    HtmlField,
    LabelField,
    LabelListField,
    MarkdownField,
    ReferenceSerializer,
)
from faqs.cards import is_mandatory
from faqs.vocabulary import Audience, ClauseType, Placement, Topic
from therapies.serializers.approval import ApprovalReferenceSerializer
from therapies.serializers.evidence import PlaceListField, PublishedSerializer, TherapyReferenceSerializer
from therapies.serializers.trial import TrialReferenceSerializer

Json = dict[str, Any]


class VariantSerializer(serializers.Serializer[Any]):
    """Another way in which people ask the same."""

    key = serializers.CharField()
    phrasing = serializers.CharField()
    audience = EnumListField(Audience, help_text="Who asks it so; none means anybody.")
    audience_labels = LabelListField(Audience, source="audience")


class AboutSerializer(serializers.Serializer[Any]):
    """What an answer is about."""

    therapies = TherapyReferenceSerializer(source="about_therapies", many=True)
    trials = TrialReferenceSerializer(source="about_trials", many=True)
    approvals = ApprovalReferenceSerializer(source="about_approvals", many=True)
    tumor_types = ReferenceSerializer(source="about_tumor_types", many=True)
    therapy_classes = ReferenceSerializer(source="about_classes", many=True)


class FaqSerializer(PublishedSerializer):
    """A question that people ask, and its answer."""

    question = serializers.CharField()
    variants = VariantSerializer(many=True, help_text="Other ways in which people ask the same.")
    short_answer_markdown = MarkdownField(source="short_answer")
    short_answer_html = HtmlField(source="short_answer")
    answer_markdown = MarkdownField(source="answer", help_text="Null where the short answer says it all.")
    answer_html = HtmlField(source="answer")
    topic = EnumField(Topic)
    topic_label = LabelField(Topic, source="topic")
    audience = EnumListField(Audience, help_text="Whom the answer is written for.")
    audience_labels = LabelListField(Audience, source="audience")
    jurisdictions = PlaceListField(help_text="Where the answer holds; empty means everywhere.")
    about = AboutSerializer(source="*")
    safe_in_isolation = serializers.BooleanField(help_text="The short answer may be shown without the rest.")
    position = serializers.IntegerField(help_text="Questions are listed by it: lowest first.")


class ClauseSerializer(serializers.Serializer[Any]):
    """One statement of a disclaimer."""

    key = serializers.CharField()
    type = EnumField(ClauseType)
    type_label = LabelField(ClauseType, source="type")
    template = serializers.CharField(
        help_text="Plain text with {organization_name}, {organization_role}, {disclaimer_url} and {as_of} to fill in.",
    )
    mandatory = serializers.BooleanField(help_text="No site may leave it out.")
    site_roles = EnumListField(SiteRole, help_text="Only for sites that do this; none means all.")
    site_roles_labels = LabelListField(SiteRole, source="site_roles")


class AppliesToSerializer(serializers.Serializer[Any]):
    """What carries a disclaimer: what meets each list that is not empty."""

    kinds = serializers.ListField(child=serializers.CharField(), source="applies_to_kinds")
    therapy_classes = ReferenceSerializer(many=True, source="applies_to_classes")
    jurisdictions = PlaceListField(source="applies_to_jurisdictions")
    audiences = EnumListField(Audience, source="applies_to_audiences")
    audiences_labels = LabelListField(Audience, source="applies_to_audiences")


class DisclaimerSerializer(PublishedSerializer):
    """Clauses that texts carry by rule."""

    title = serializers.CharField()
    placement = EnumField(Placement)
    placement_label = LabelField(Placement, source="placement")
    mandatory = serializers.SerializerMethodField(help_text="True when a clause of it is.")
    clauses = ClauseSerializer(many=True, help_text="In order.")
    applies_to = AppliesToSerializer(source="*")
    text = serializers.CharField(
        required=False,
        help_text="Only where no release is named: the clauses that apply to the calling site, a paragraph each, with its "
        "own words filled in. The checksum does not cover it.",
    )

    def get_mandatory(self, content: Json) -> bool:
        """Return whether it may not be left out."""
        return is_mandatory(content)
