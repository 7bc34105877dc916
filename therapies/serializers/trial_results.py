"""The public shape of what a trial found, with the words that a site can show as they are."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.rendering.serializers import EnumField, LabelField, ReferenceSerializer, TextField
from therapies import trial_sentences
from therapies.serializers.evidence import SourceCitationSerializer, VerificationField, VerificationLabelField
from therapies.trial_vocabulary import (
    Endpoint,
    Measure,
    Operator,
    OutcomeType,
    Parameter,
    Population,
    Sides,
    Unit,
)

Json = dict[str, Any]
_NUMBER = "Exactly as reported."
_MEASURED = "Exactly as reported; `NR` is not reached, `NE` not estimable."


class IntervalSerializer(serializers.Serializer[Any]):
    """A confidence interval."""

    level = serializers.CharField(source="ci_level", help_text="In percent.")
    lower = serializers.CharField(source="ci_lower", help_text=_MEASURED)
    upper = serializers.CharField(source="ci_upper", help_text=_MEASURED)

    def to_representation(self, instance: Json) -> Json | None:  # type: ignore[override]
        """Return the interval, or null where none is reported."""
        return dict(super().to_representation(instance)) if instance["ci_level"] else None


class ResultValueSerializer(serializers.Serializer[Any]):
    """What was found in one arm."""

    key = serializers.CharField()
    arm = serializers.CharField(help_text="The key of the arm.")
    arm_label = TextField()
    display = serializers.CharField(help_text="The value as it should always be shown: with unit and interval.")
    value = TextField(help_text=_MEASURED)
    ci = IntervalSerializer(source="*", allow_null=True)
    affected = serializers.IntegerField(allow_null=True, help_text="How many had it …")
    n = serializers.IntegerField(allow_null=True, help_text="… of how many.")
    follow_up_months = TextField(help_text="Median; exactly as reported.")


class PValueSerializer(serializers.Serializer[Any]):
    """A p-value as reported. A one-sided one is half of what a two-sided test gives."""

    operator = EnumField(Operator, source="p_operator")
    operator_label = LabelField(Operator, source="p_operator")
    value = serializers.CharField(source="p_value", help_text=_NUMBER)
    sides = EnumField(Sides, source="p_sides", allow_null=True)
    sides_label = LabelField(Sides, source="p_sides", allow_null=True)

    def to_representation(self, instance: Json) -> Json | None:  # type: ignore[override]
        """Return the p-value, or null where none is reported."""
        return dict(super().to_representation(instance)) if instance["p_value"] else None


class ComparisonSerializer(serializers.Serializer[Any]):
    """How two arms compare."""

    measure = EnumField(Measure, source="comparison_measure")
    measure_label = LabelField(Measure, source="comparison_measure")
    arm = serializers.CharField(source="comparison_arm", help_text="The key of the arm that is compared …")
    versus = serializers.CharField(source="comparison_versus", help_text="… and of the one that it is compared with.")
    value = TextField(source="comparison_value", help_text=_NUMBER)
    ci = IntervalSerializer(allow_null=True)
    includes_no_difference = serializers.BooleanField(
        allow_null=True, help_text="Does the interval include no difference? Null where no interval is reported."
    )
    p_value = PValueSerializer(source="*", allow_null=True)
    sentence = serializers.CharField(help_text="In words that say when no difference cannot be excluded.")

    def to_representation(self, instance: Json) -> Json | None:  # type: ignore[override]
        """Return the comparison, or null where there is none."""
        if not instance["comparison_measure"]:
            return None
        ci = {name: instance[f"comparison_{name}"] for name in ("ci_level", "ci_lower", "ci_upper")}
        words = {
            "includes_no_difference": trial_sentences.includes_no_difference(instance),
            "sentence": trial_sentences.comparison_sentence(instance),
        }
        return dict(super().to_representation({**instance, "ci": ci, **words}))


class SubgroupSerializer(serializers.Serializer[Any]):
    """The part of the population that the result is about."""

    label = serializers.CharField(source="subgroup_label")
    tumor_types = ReferenceSerializer(many=True, source="subgroup_tumor_types")

    def to_representation(self, instance: Json) -> Json | None:  # type: ignore[override]
        """Return the subgroup, or null where the result is about all."""
        return dict(super().to_representation(instance)) if instance["subgroup_label"] else None


class ResultSerializer(serializers.Serializer[Any]):
    """What was found for one endpoint in one population."""

    key = serializers.CharField()
    sentence = serializers.CharField(help_text="The result in words that are safe on their own.")
    endpoint = EnumField(Endpoint)
    endpoint_label = LabelField(Endpoint, source="endpoint")
    label = TextField(help_text="What was measured, where the endpoint's own name does not say it.")
    outcome_type = EnumField(OutcomeType)
    outcome_type_label = LabelField(OutcomeType, source="outcome_type")
    analysis_population = EnumField(Population)
    analysis_population_label = LabelField(Population, source="analysis_population")
    parameter = EnumField(Parameter)
    parameter_label = LabelField(Parameter, source="parameter")
    timepoint_months = TextField(help_text="Of a rate at a timepoint.")
    assessor = TextField(help_text="Who judged.")
    confirmed = serializers.BooleanField(allow_null=True, help_text="Of responses: confirmed by a second scan.")
    grade_min = serializers.IntegerField(allow_null=True, help_text="Of adverse events: of this grade or worse.")
    subgroup = SubgroupSerializer(source="*", allow_null=True)
    unit = EnumField(Unit)
    unit_label = LabelField(Unit, source="unit")
    values = ResultValueSerializer(many=True)
    comparison = ComparisonSerializer(source="*", allow_null=True)
    data_cutoff = serializers.DateField(allow_null=True)
    superseded_by = TextField(help_text="The key of the later result that took the place of this one.")
    verification = VerificationField()
    verification_label = VerificationLabelField()
    sources = SourceCitationSerializer(many=True)


def worded(result: Json, trial: str, arms: dict[str, str], verification: str) -> Json:
    """Return a result with its sentences: what the serializer needs beside content."""
    values = [
        {**one, "arm_label": arms.get(one["arm"]), "display": trial_sentences.display(one, result)}
        for one in result["values"]
    ]
    return {**result, "values": values, "sentence": trial_sentences.result_sentence(trial, result, arms, verification)}
