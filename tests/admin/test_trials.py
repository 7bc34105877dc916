"""The pages of a trial, of its arms and of its results: everything about it can be written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api import shapes
from content_api.editorial.models import Contribution
from tests.admin.browser import Browser, page_of
from tests.admin.conftest import row

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

ARM = {"key": "satri-cel", "label": "satri-cel", "type": "EXPERIMENTAL", "position": "0"}
RESULT = {
    "key": "os-itt",
    "endpoint": "OS",
    "outcome_type": "SECONDARY",
    "analysis_population": "ITT",
    "parameter": "MEDIAN",
    "unit": "MONTHS",
    "position": "0",
}
VALUE = {
    "key": "satri-cel",
    "arm": "satri-cel",
    "value": "7.92",
    "ci_level": "95",
    "ci_lower": "5.78",
    "ci_upper": "10.02",
    "position": "0",
}


@pytest.fixture
def trial(shelf: Shelf) -> Any:
    """Return a trial with an arm and a result, typed by Ann."""
    shelf.ann.send(page_of(shelf["trial"]), **row("arms", 0, **ARM), **row("results", 0, **RESULT))
    return shelf["trial"]


def test_a_result_is_written_on_its_own_page(shelf: Shelf, people: People, trial: Any) -> None:
    citation = row("sources", 0, source=shelf["source"].pk, locator="Table 2", position="0")

    response = Browser(people.carl).send(page_of(trial.results.get()), **row("values", 0, **VALUE), **citation)

    assert response.redirect_chain == [(page_of(trial), 302)]
    (found,) = shapes.snapshot(trial)["results"]
    assert [(one["value"], one["ci_upper"]) for one in found["values"]] == [("7.92", "10.02")]
    assert [one["locator"] for one in found["sources"]] == ["Table 2"]
    assert Contribution.objects.filter(item=trial.item).latest("pk").person == people.carl


def test_what_an_arm_got_is_written_on_its_own_page(shelf: Shelf, trial: Any) -> None:
    given = {"key": "cells", "name": "satri-cel", "type": "BIOLOGICAL", "therapy": shelf["therapy"].pk}

    shelf.ann.send(page_of(trial.arms.get()), **row("interventions", 0, **given, position="0"))

    assert [one.therapy for one in trial.arms.get().interventions.all()] == [shelf["therapy"]]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"comparison_measure": "HR", "comparison_value": "0.69"}, "A comparison needs its measure, the keys of both"),
        ({"p_value": "0.0416"}, "Give a p-value with its operator"),
        ({"superseded_by": "os-itt"}, "Name the later result that takes the place of this one"),
        ({"parameter": "RATE_AT"}, "Name the timepoint of a rate at a timepoint"),
        ({"endpoint": "OTHER"}, "Say in the label what was measured"),
        ({"comparison_value": "0,69"}, "Write the number as reported"),
        ({"p_value": "4%"}, "Write a number from 0 to 1"),
        (row("values", 0, **{**VALUE, "ci_upper": ""}), "An interval needs its level and both of its bounds"),
        (row("values", 0, **{**VALUE, "value": "about 8"}), "or NR (not reached), NE (not estimable)"),
        (row("values", 0, key="a", arm="satri-cel", position="0"), "Give the value, or how many of how many had it"),
    ],
)
def test_a_broken_rule_of_a_result_is_told_in_words(shelf: Shelf, trial: Any, typed: Any, told: str) -> None:
    response = shelf.ann.send(page_of(trial.results.get()), **typed)

    assert told in response.content.decode()
    assert shapes.snapshot(trial)["results"][0]["values"] == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"review_interval_days": "365"}, "It states a recruitment status"),
        ({"start_on": "2022-03-22"}, "Say how exactly the start is known"),
        ({"enrollment_count": "156"}, "Give the enrollment as a count with its type"),
        ({"arms-0-crossed_over_count": "20"}, "Say both how many crossed over and to which arm"),
        ({"arms-0-assigned": "10", "arms-0-treated": "11"}, "More were treated than were assigned"),
        ({"countries": "China"}, "two-letter country codes"),
    ],
)
def test_a_broken_rule_of_a_trial_is_told_in_words(shelf: Shelf, trial: Any, typed: Any, told: str) -> None:
    before = shapes.snapshot(trial)

    response = shelf.ann.send(page_of(trial), **typed)

    assert told in response.content.decode()
    trial.refresh_from_db()
    assert shapes.snapshot(trial) == before
