"""A trial's rows keep exactly what was written, and the database refuses what must never be true of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_api import shapes
from tests.therapies.trials import compared, p_value, result, trial, value
from therapies import models
from therapies.trial_vocabulary import Endpoint, OutcomeType, Phase, Population, Sides, Unit

if TYPE_CHECKING:
    from tests.therapies.cabinet import Cabinet

pytestmark = pytest.mark.django_db

Json = dict[str, Any]

NUMBERS = st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{1,3})?", fullmatch=True)
MEASURED = NUMBERS | st.sampled_from(["NR", "NE"])
SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@st.composite
def intervals(draw: st.DrawFn) -> Json:
    """Make an interval, or none."""
    if not draw(st.booleans()):
        return {"ci_level": "", "ci_lower": "", "ci_upper": ""}
    return {
        "ci_level": draw(st.sampled_from(["95", "90", "97.5"])),
        "ci_lower": draw(MEASURED),
        "ci_upper": draw(MEASURED),
    }


@st.composite
def values(draw: st.DrawFn) -> Json:
    """Make what was found in one arm."""
    n = draw(st.none() | st.integers(0, 500))
    affected = None if n is None else draw(st.none() | st.integers(0, n))
    number = draw(MEASURED if affected is None else MEASURED | st.just(""))
    follow_up = draw(NUMBERS | st.just(""))
    return value(draw(SLUGS), value=number, n=n, affected=affected, follow_up_months=follow_up, **draw(intervals()))


@st.composite
def results(draw: st.DrawFn) -> Json:
    """Make a result that the database takes."""
    endpoint = draw(st.sampled_from(Endpoint.values))
    comparison = draw(st.sampled_from([compared("", ""), compared("HR", "0.30"), compared("DIFF", "-1.0", "-2", "NE")]))
    sides = draw(st.sampled_from(["", *Sides.values]))
    test = p_value("<", "0.0001", sides) if comparison["comparison_measure"] else p_value("", "", "")
    rows = draw(st.lists(values(), max_size=3, unique_by=lambda one: one["arm"]))
    label = f"x{draw(TEXTS)}".strip() if endpoint == "OTHER" else ""
    return result(
        *rows,
        key=draw(SLUGS),
        endpoint=endpoint,
        label=label,
        outcome_type=draw(st.sampled_from(OutcomeType.values)),
        analysis_population=draw(st.sampled_from(Population.values)),
        unit=draw(st.sampled_from(Unit.values)),
        confirmed=draw(st.none() | st.booleans()),
        grade_min=draw(st.none() | st.integers(1, 5)),
        data_cutoff=draw(st.none() | st.dates().map(str)),
        **comparison,
        **test,
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=st.lists(results(), max_size=4, unique_by=lambda one: one["key"]),
    phases=st.lists(st.sampled_from(Phase.values), unique=True),
    title=TEXTS.map(lambda text: f"x{text}"),
)
def test_what_was_written_comes_back_as_it_was(
    cabinet: Cabinet, found: list[Json], phases: list[str], title: str
) -> None:
    content = trial(cabinet.id_of, results=found, phases=phases, title=title)
    row = models.Trial.objects.get(slug="ct041-st-01")
    with transaction.atomic():
        shapes.restore(row, {**shapes.snapshot(row), **content})
        written = shapes.snapshot(row)
        shapes.restore(row, written)

        assert {name: written[name] for name in content} == content
        assert shapes.snapshot(row) == written
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("member", "written"),
    [
        ("value", "0.3O"),
        ("value", "7,92"),
        ("value", "<1"),
        ("value", ".5"),
        ("value", "nr"),
        ("ci_level", "95%"),
        ("ci_lower", "5.78–"),
        ("follow_up_months", "NR"),
        ("arm", "satri cel"),
    ],
)
def test_a_measured_number_is_written_as_it_was_reported(cabinet: Cabinet, member: str, written: str) -> None:
    row = models.TrialResultValue(parent=models.TrialResult.objects.get(key="os-itt"), key="x", arm="x", value="0.30")
    row.full_clean()
    setattr(row, member, written)

    with pytest.raises(ValidationError):
        row.full_clean(validate_constraints=False)


FULL_DATE = {"start_on": "2022-03-01", "start_precision": "MONTH", "start_type": "ESTIMATED"}
NO_DATE: Json = {"start_on": None, "start_precision": "", "start_type": ""}
NO_COMPARISON = {**compared("", ""), "p_operator": "", "p_value": "", "p_sides": ""}


def _values_of(key: str) -> Any:
    return models.TrialResultValue.objects.filter(parent__key=key)


ROWS: dict[str, Any] = {
    "trial": models.Trial.objects.all,
    "identifier": lambda: models.TrialIdentifier.objects.filter(key="nct"),
    "arm": lambda: models.TrialArm.objects.filter(key="tpc"),
    "criterion": lambda: models.TrialCriterion.objects.filter(key="claudin"),
    "result": lambda: models.TrialResult.objects.filter(key="os-itt"),
    "value": lambda: _values_of("os-itt").filter(arm="tpc"),
}


@pytest.mark.parametrize(
    ("rows", "taken", "refused"),
    [
        ("trial", {"review_interval_days": 90}, {"review_interval_days": 91}),
        ("trial", FULL_DATE, {**FULL_DATE, "start_type": ""}),
        ("trial", NO_DATE, {**NO_DATE, "start_precision": "DAY"}),
        ("trial", {"overall_status": "RECRUITING"}, {"overall_status": "OPEN"}),
        ("trial", {"enrollment_count": None, "enrollment_type": ""}, {"enrollment_type": ""}),
        ("identifier", {"registry": "ISRCTN"}, {"registry": "WHO"}),
        ("arm", {"treated": 52}, {"treated": 53}),
        ("arm", {"crossed_over_to": "", "crossed_over_count": None}, {"crossed_over_count": None}),
        ("arm", {"crossed_over_to": "other"}, {"crossed_over_to": "tpc"}),
        ("criterion", {"biomarker_percent_min": None}, {"biomarker_polarity": ""}),
        ("result", {"endpoint": "OTHER", "label": "cytopenia"}, {"endpoint": "OTHER", "label": ""}),
        ("result", {"parameter": "RATE_AT", "timepoint_months": "6"}, {"parameter": "RATE_AT"}),
        ("result", {"timepoint_months": ""}, {"timepoint_months": "6"}),
        ("result", NO_COMPARISON, {**NO_COMPARISON, "comparison_value": "0.69"}),
        ("result", {"comparison_versus": "other"}, {"comparison_versus": ""}),
        ("result", {"comparison_versus": "other"}, {"comparison_versus": "satri-cel"}),
        (
            "result",
            {"comparison_value": "0.7"},
            {"comparison_value": "", "p_operator": "", "p_value": "", "p_sides": ""},
        ),
        ("result", {"p_sides": ""}, {"p_operator": ""}),
        ("result", {"comparison_ci_level": "90"}, {"comparison_ci_level": ""}),
        ("result", {"superseded_by": "pfs-itt"}, {"superseded_by": "os-itt"}),
        ("value", {"value": "", "affected": 1, "n": 52}, {"value": ""}),
        ("value", {"affected": 52, "n": 52}, {"affected": 53, "n": 52}),
        ("value", {"affected": 0, "n": 52}, {"affected": 0}),
        ("value", {"ci_upper": "NE"}, {"ci_upper": ""}),
        ("value", {"arm": "other"}, {"arm": "satri-cel"}),
    ],
)
def test_the_database_refuses_what_must_never_be_true(cabinet: Cabinet, rows: str, taken: Json, refused: Json) -> None:
    with transaction.atomic():
        assert ROWS[rows]().update(**taken) == 1
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ROWS[rows]().update(**refused)


def test_a_registry_id_belongs_to_one_trial(cabinet: Cabinet) -> None:
    identifiers = [{"key": "a", "registry": "NCT", "identifier": "NCT04581473"}]
    other: Json = {"acronym": "OTHER", "results": []}
    with pytest.raises(IntegrityError), transaction.atomic():
        cabinet.write("trial", "other-trial", **trial(cabinet.id_of, identifiers=identifiers, **other))

    identifiers[0] |= {"registry": "OTHER"}
    cabinet.items.pop("other-trial", None)
    assert cabinet.write("trial", "other-trial", **trial(cabinet.id_of, identifiers=identifiers, **other))
