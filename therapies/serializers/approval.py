"""The public shape of a regulatory case: where it stands, for whom, and the dated events that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from content_api.rendering.serializers import (
    LATER,
    EnumField,
    EnumListField,
    HtmlField,
    LabelField,
    LabelListField,
    MarkdownField,
    ReferenceSerializer,
    TextField,
)
from therapies import cards, event_sentences
from therapies.cut_offs import cut_off
from therapies.for_whom import age_words, lines_words
from therapies.serializers.evidence import (
    OrganizationReferenceSerializer,
    PlaceLabelField,
    PublishedSerializer,
    SourceCitationSerializer,
    SourceReferenceSerializer,
    TherapyReferenceSerializer,
    VerificationField,
    VerificationLabelField,
)
from therapies.vocabulary import (
    CriterionStated,
    DateBasis,
    Disputed,
    EventType,
    Pathway,
    Polarity,
    Precision,
    Status,
    Verification,
)

if TYPE_CHECKING:
    from content_api.kinds import World

Json = dict[str, Any]


class ApprovalReferenceSerializer(ReferenceSerializer):
    """A regulatory case, never without its place and whether the therapy is authorized there."""

    jurisdiction = serializers.CharField()
    status = EnumField(Status)
    status_label = LabelField(Status, source="status")
    authorized = serializers.BooleanField()


class DesignationSerializer(serializers.Serializer[Any]):
    """A designation that a regulator gave. It is no approval, and says nothing about how well a therapy works."""

    type = EnumField(EventType)
    type_label = LabelField(EventType, source="type")
    on = serializers.DateField()
    precision = EnumField(Precision)
    precision_label = LabelField(Precision, source="precision")


class StandingSerializer(serializers.Serializer[Any]):
    """Where a case stands: derived from its events, never typed."""

    status = EnumField(Status)
    status_label = LabelField(Status, source="status")
    authorized = serializers.BooleanField(help_text="May it be used there outside studies?")
    sentence = serializers.CharField(help_text="The status in words that are safe on their own.")
    since = serializers.DateField(allow_null=True, help_text="The day on which the status began.")
    since_precision = EnumField(Precision, allow_null=True, help_text="How exactly `since` is known.")
    since_precision_label = LabelField(Precision, source="since_precision", allow_null=True)
    pathway = EnumField(Pathway, allow_null=True)
    pathway_label = LabelField(Pathway, source="pathway", allow_null=True)
    on_hold = serializers.BooleanField(help_text="Are clinical studies on hold there?")
    disputed = serializers.BooleanField(help_text="Do sources disagree about what the status stands on?")


class CaseStandingSerializer(StandingSerializer):
    """Where one case stands, with what it stands on."""

    disputes = EnumListField(Disputed, help_text="What the sources disagree about.")
    disputes_labels = LabelListField(Disputed, source="disputes")
    verification = EnumField(Verification, allow_null=True, help_text="Of the event on which the status stands.")
    verification_label = LabelField(Verification, source="verification", allow_null=True)
    decided_on = serializers.DateField(
        allow_null=True, help_text="The latest approval, refusal or withdrawal: the last day on which it can have been."
    )
    checked_on = serializers.DateField(allow_null=True, help_text="The latest day on which somebody looked.")
    under_correction = serializers.BooleanField(help_text="True while the status is being corrected.")
    designations = DesignationSerializer(many=True)


class IndicationSerializer(serializers.Serializer[Any]):
    """For whom: the label's own words, and ours."""

    verbatim = TextField(source="indication_verbatim", help_text="The label's own words, in its own language.")
    language = TextField(source="indication_language", help_text="Of the label's words, as a BCP 47 tag.")
    summary_markdown = MarkdownField(source="indication_summary")
    summary_html = HtmlField(source="indication_summary")


class BiomarkerCutOffSerializer(serializers.Serializer[Any]):
    """What a biomarker has to be, with its cut-off if one is stated."""

    display = serializers.CharField(required=LATER, help_text="The biomarker and its cut-off in words.")
    target = ReferenceSerializer()
    polarity = EnumField(Polarity)
    polarity_label = LabelField(Polarity, source="polarity")
    assay = TextField()
    intensity_min = TextField(help_text="As stated: 2+.")
    percent_min = serializers.IntegerField(allow_null=True, help_text="Of tumor cells, in percent.")
    stated = EnumField(CriterionStated, help_text="Where the cut-off is stated.")
    stated_label = LabelField(CriterionStated, source="stated")

    def to_representation(self, instance: Json) -> Json:
        """Return the biomarker, in words too."""
        target = self.context["world"].card(instance["target"])["name"]
        return dict(super().to_representation({**instance, "display": cut_off(target, instance)}))


class BiomarkerSerializer(BiomarkerCutOffSerializer):
    """A biomarker that the indication asks for."""

    key = serializers.CharField()
    source = SourceReferenceSerializer(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the members with the key first."""
        fields = super().get_fields()
        return {"key": fields.pop("key"), **fields}


class CandidateSerializer(serializers.Serializer[Any]):
    """One of the versions of an event between which its sources disagree."""

    type = EnumField(EventType)
    type_label = LabelField(EventType, source="type")
    on = serializers.DateField()
    pathway = EnumField(Pathway, allow_null=True)
    pathway_label = LabelField(Pathway, source="pathway", allow_null=True)
    source = SourceReferenceSerializer(allow_null=True)


class EventSerializer(serializers.Serializer[Any]):
    """Something that a regulator or an applicant did on a day."""

    key = serializers.CharField()
    sentence = serializers.CharField(required=LATER, help_text="What happened, in words that are safe on their own.")
    type = EnumField(EventType)
    type_label = LabelField(EventType, source="type")
    on = serializers.DateField(help_text="The first day of the month or year, if only that is known.")
    precision = EnumField(Precision)
    precision_label = LabelField(Precision, source="precision")
    on_basis = EnumField(DateBasis)
    on_basis_label = LabelField(DateBasis, source="on_basis")
    authority = OrganizationReferenceSerializer()
    pathway = EnumField(Pathway, allow_null=True)
    pathway_label = LabelField(Pathway, source="pathway", allow_null=True)
    verification = VerificationField()
    verification_label = VerificationLabelField()
    disputed = EnumListField(Disputed, help_text="What the sources disagree about; then each version is a candidate.")
    disputed_labels = LabelListField(Disputed, source="disputed")
    candidates = CandidateSerializer(many=True)
    note = TextField()
    sources = SourceCitationSerializer(many=True)


class AuthorizationHolderSerializer(serializers.Serializer[Any]):
    """Who holds the authorization, since when."""

    key = serializers.CharField()
    holder = OrganizationReferenceSerializer()
    on = serializers.DateField(allow_null=True)
    precision = EnumField(Precision, allow_null=True)
    precision_label = LabelField(Precision, source="precision", allow_null=True)
    verification = VerificationField()
    verification_label = VerificationLabelField()
    source = SourceReferenceSerializer(allow_null=True)


class CheckSerializer(serializers.Serializer[Any]):
    """On this day somebody looked, and found this."""

    key = serializers.CharField()
    on = serializers.DateField()
    finding = serializers.CharField()
    source = SourceReferenceSerializer(allow_null=True)


class CaseSerializer(PublishedSerializer):
    """Which case it is: what, where, before whom."""

    title = serializers.CharField()
    therapy = TherapyReferenceSerializer()
    jurisdiction = serializers.CharField(help_text="ISO 3166-1 alpha-2, or EU.")
    jurisdiction_label = PlaceLabelField(source="jurisdiction")
    authority = OrganizationReferenceSerializer()


class ApprovalSerializer(CaseSerializer, CaseStandingSerializer):
    """A therapy, for an indication, in a jurisdiction: where it stands, and since when."""

    indication = IndicationSerializer(source="*")
    tumor_types = ReferenceSerializer(many=True)
    prior_lines_min = serializers.IntegerField(allow_null=True, help_text="Earlier lines of treatment, at least.")
    prior_lines_min_label = TextField(required=LATER, help_text="In words: at least 2 earlier lines of treatment.")
    age_min_years = serializers.IntegerField(allow_null=True)
    age_min_years_label = TextField(required=LATER, help_text="In words: 18 years or older.")
    biomarkers = BiomarkerSerializer(many=True)
    holders = AuthorizationHolderSerializer(many=True)
    events = EventSerializer(many=True, help_text="In order of date.")
    checks = CheckSerializer(many=True)

    def to_representation(self, instance: Json) -> Json:
        """Return the case as it is published, its events in order of date."""
        world = self.context["world"]
        case = cards.case_of(instance, world)
        events = cards.with_verification(instance["events"], world)
        ordered = sorted(events, key=lambda event: (event["on"], event["key"]))
        told = [{**one, "sentence": _sentence(instance, case, one, world)} for one in ordered]
        return dict(super().to_representation({**instance, **case, **_for_whom(instance), "events": told}))


def _sentence(case: Json, derived: Json, event: Json, world: World) -> str:
    return event_sentences.sentence(cards.therapy_name(case, world), derived["place"], event, event["verification"])


def _for_whom(case: Json) -> Json:
    return {
        "prior_lines_min_label": lines_words(case["prior_lines_min"]),
        "age_min_years_label": age_words(case["age_min_years"]),
    }
