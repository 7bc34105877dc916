"""What a trial found: one result for each endpoint, population and report. Numbers stay as they were reported."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from content_api.content_items import KeyedRow, known
from content_api.fields import ReferencesField, SlugField
from therapies.models.source import Citation
from therapies.models.terms import TumorType
from therapies.models.trial import Trial
from therapies.trial_vocabulary import Endpoint, Measure, Operator, OutcomeType, Parameter, Population, Sides, Unit

_NUMBER = r"-?\d+(?:\.\d+)?"
NUMBER = RegexValidator(rf"^{_NUMBER}$", "Write the number as reported, such as 0.30: no sign, unit or comma.")
MEASURED = RegexValidator(
    rf"^(?:{_NUMBER}|NR|NE)$", "Write the number as reported, such as 7.92; or NR (not reached), NE (not estimable)."
)
LEVEL = RegexValidator(r"^\d{1,2}(?:\.\d+)?$", "Write the level in percent, such as 95.")
PROBABILITY = RegexValidator(r"^(?:0?\.\d+|[01](?:\.0+)?)$", "Write a number from 0 to 1, as reported: 0.0416.")
_INTERVAL = "An interval needs its level and both of its bounds; else leave all three empty."


class MeasuredField(models.CharField):  # type: ignore[type-arg] # not generic at run time
    """A number exactly as it was reported; a float would lose the zeros that say how precise it is."""

    default_validators = [MEASURED]  # noqa: RUF012 - Django reads this class attribute

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"max_length": 12, "blank": True, **kwargs})  # type: ignore[arg-type]


def interval(prefix: str, name: str) -> models.CheckConstraint:
    """Return the constraint that an interval has its level and both bounds, or is not there."""
    columns = [f"{prefix}ci_level", f"{prefix}ci_lower", f"{prefix}ci_upper"]
    present, absent = Q(), Q()
    for column in columns:
        present &= ~Q(**{column: ""})
        absent &= Q(**{column: ""})
    return models.CheckConstraint(condition=present | absent, name=name, violation_error_message=_INTERVAL)


class TrialResult(KeyedRow):
    """What was found for one endpoint in one population. An interim and a final report are two results."""

    parent = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="results")
    endpoint = models.CharField(max_length=5, choices=Endpoint)
    label = models.CharField(
        max_length=200,
        blank=True,
        help_text="Only if the endpoint's own name does not say it: cytopenia. Without population, arm or number.",
    )
    outcome_type = models.CharField(max_length=19, choices=OutcomeType)
    analysis_population = models.CharField(max_length=10, choices=Population)
    parameter = models.CharField(max_length=10, choices=Parameter)
    timepoint_months = MeasuredField(
        verbose_name="timepoint in months", validators=[NUMBER], help_text="Of a rate at a timepoint only."
    )
    assessor = models.CharField(max_length=200, blank=True, help_text="Who judged: an independent review committee.")
    confirmed = models.BooleanField(null=True, blank=True, help_text="Of responses: confirmed by a second scan?")
    grade_min = models.PositiveSmallIntegerField(
        "grade, at least",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="3, for 3 or worse.",
    )
    subgroup_label = models.CharField("subgroup", max_length=200, blank=True, help_text="patients with gastric cancer")
    subgroup_tumor_types = ReferencesField(TumorType, verbose_name="tumor types of the subgroup")
    unit = models.CharField(max_length=7, choices=Unit)
    comparison_measure = models.CharField("measure of the comparison", max_length=4, choices=Measure, blank=True)
    comparison_arm = SlugField(
        verbose_name="arm that is compared", max_length=60, blank=True, help_text="Key of the arm that is compared."
    )
    comparison_versus = SlugField(
        verbose_name="compared with", max_length=60, blank=True, help_text="Key of the arm that it is compared with."
    )
    comparison_value = MeasuredField(verbose_name="value of the comparison", validators=[NUMBER])
    comparison_ci_level = models.CharField("confidence level", max_length=5, blank=True, validators=[LEVEL])
    comparison_ci_lower = MeasuredField(verbose_name="confidence interval from")
    comparison_ci_upper = MeasuredField(verbose_name="confidence interval to")
    p_operator = models.CharField("p is", max_length=1, choices=Operator, blank=True)
    p_value = models.CharField(max_length=12, blank=True, validators=[PROBABILITY])
    p_sides = models.CharField("sides of the test", max_length=9, choices=Sides, blank=True)
    data_cutoff = models.DateField(null=True, blank=True)
    superseded_by = SlugField(
        max_length=60, blank=True, help_text="Key of the later result of this trial that takes the place of this one."
    )

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            known("endpoint", Endpoint),
            known("outcome_type", OutcomeType),
            known("analysis_population", Population),
            known("parameter", Parameter),
            known("unit", Unit),
            known("comparison_measure", Measure, blank=True),
            known("p_operator", Operator, blank=True),
            known("p_sides", Sides, blank=True),
            models.CheckConstraint(
                condition=~Q(endpoint="OTHER") | ~Q(label=""),
                name="another_endpoint_says_what_was_measured",
                violation_error_message="Say in the label what was measured.",
            ),
            models.CheckConstraint(
                condition=(Q(parameter="RATE_AT") & ~Q(timepoint_months=""))
                | (~Q(parameter="RATE_AT") & Q(timepoint_months="")),
                name="a_rate_at_a_timepoint_and_nothing_else_names_it",
                violation_error_message="Name the timepoint of a rate at a timepoint, and of nothing else.",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(comparison_measure="")
                    & ~Q(comparison_arm="")
                    & ~Q(comparison_versus="")
                    # a number, or only a test: some reports give nothing but the p-value
                    & (~Q(comparison_value="") | ~Q(p_value=""))
                )
                | Q(
                    comparison_measure="",
                    comparison_arm="",
                    comparison_versus="",
                    comparison_value="",
                    p_value="",
                    comparison_ci_level="",
                ),
                name="a_comparison_says_what_with_what_and_how_much",
                violation_error_message=(
                    "A comparison needs its measure, the keys of both arms, and a value or a p-value."
                ),
            ),
            models.CheckConstraint(
                condition=Q(comparison_arm="") | ~Q(comparison_arm=F("comparison_versus")),
                name="an_arm_is_not_compared_with_itself",
                violation_error_message="Name two different arms to compare.",
            ),
            models.CheckConstraint(
                condition=(~Q(p_operator="") & ~Q(p_value="")) | Q(p_operator="", p_value="", p_sides=""),
                name="a_p_value_has_its_operator",
                violation_error_message="Give a p-value with its operator, such as < and 0.0001; or neither.",
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("key")),
                name="a_result_does_not_supersede_itself",
                violation_error_message="Name the later result that takes the place of this one, by its key.",
            ),
            interval("comparison_", "a_compared_interval_has_its_level_and_both_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.get_endpoint_display()} ({self.key})"


class TrialResultValue(KeyedRow):
    """What was found in one arm."""

    parent = models.ForeignKey(TrialResult, on_delete=models.CASCADE, related_name="values")
    arm = SlugField(max_length=60, help_text="The key of the arm.")
    value = MeasuredField()
    ci_level = models.CharField("interval level", max_length=5, blank=True, validators=[LEVEL], help_text="95")
    ci_lower = MeasuredField(verbose_name="from")
    ci_upper = MeasuredField(verbose_name="to")
    affected = models.PositiveIntegerField(null=True, blank=True, help_text="How many had it …")
    n = models.PositiveIntegerField("of", null=True, blank=True, help_text="… of how many.")
    follow_up_months = MeasuredField(validators=[NUMBER], help_text="Median, as reported.")

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *KeyedRow.Meta.constraints,
            models.UniqueConstraint(fields=["parent", "arm"], name="a_result_has_one_value_for_an_arm"),
            models.CheckConstraint(
                condition=~Q(value="") | Q(affected__isnull=False),
                name="a_result_value_is_a_number_or_a_count",
                violation_error_message="Give the value, or how many of how many had it.",
            ),
            models.CheckConstraint(
                condition=Q(affected__isnull=True) | (Q(n__isnull=False) & Q(affected__lte=F("n"))),
                name="a_result_counts_no_more_than_all",
                violation_error_message="Say of how many, and count no more than those.",
            ),
            interval("", "a_result_interval_has_its_level_and_both_bounds"),
        ]

    def __str__(self) -> str:
        return str(self.arm)


class TrialResultCitation(Citation):
    parent = models.ForeignKey(TrialResult, on_delete=models.CASCADE, related_name="sources")
