"""The seed, taken through the workflow once, and asked for again."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from content_api.editions.models import Edition, PublicSlug, PublishedRelease, Tombstone
from content_api.editorial.models import Contribution, Transition, Version
from content_api.releases.models import Release, SignOff

README = Path(__file__).parents[2] / "README.md"

pytestmark = pytest.mark.usefixtures("said")


def live(kind: str, slug: str) -> dict[str, Any]:
    body = Edition.objects.get(kind=kind, slug=slug, until_release=None).body
    return dict(json.loads(body))


def rows() -> dict[str, int]:
    models = (Contribution, Edition, PublishedRelease, Release, SignOff, Transition, Version)
    return {model.__name__: model._default_manager.count() for model in models}


def test_it_says_what_went_out(said: str) -> None:
    assert said.splitlines()[1].startswith("Release 2, 19 published: 22 June 2026: China approves satri-cel")


def test_what_is_there_is_left_alone() -> None:
    before, again = rows(), StringIO()
    call_command("seed", stdout=again)

    assert again.getvalue().count("is out already") == 3
    assert rows() == before


def test_an_approval_is_news() -> None:
    past = Edition.objects.live_in(1).get(kind="approval", slug="satri-cel-nmpa")
    assert json.loads(past.body)["status"] == "UNDER_REVIEW"
    assert live("approval", "satri-cel-nmpa")["status"] == "APPROVED"
    assert live("approval", "satri-cel-fda")["status"] == "INVESTIGATIONAL"


def test_a_figure_is_corrected() -> None:
    zolbetuximab = live("approval", "zolbetuximab-fda")
    assert zolbetuximab["change"]["type"] == "CORRECTION"
    assert 75 in [row["percent_min"] for row in zolbetuximab["biomarkers"]]


def test_two_sources_are_withdrawn() -> None:
    gone = Tombstone.objects.filter(release=3).order_by("slug").values_list("slug", flat=True)
    assert list(gone) == ["carsgen-statement-2026-06-22", "example-withdrawn"]
    assert PublicSlug.objects.filter(slug__startswith="example-renamed").values("content_id").distinct().count() == 1
    cited = [one["slug"] for one in live("therapy", "satri-cel")["sources"]]
    assert "carsgen-statement-2026-06-22" not in cited
    assert "onclive-satri-cel-approval" in cited


def test_nobody_approved_a_text_of_their_own() -> None:
    for version in Version.objects.prefetch_related("contributors", "reviews"):
        writers = {one.person_id for one in version.contributors.all()}
        assert not writers & {one.reviewer_id for one in version.reviews.all()}


def test_the_readme_shows_what_is_answered() -> None:
    answer = json.dumps(live("approval", "satri-cel-nmpa"), ensure_ascii=False)
    shown = re.findall(r'^ +("\w+": (?:"[^"…]+"|\[[^…]+\]|\w+)),?$', README.read_text(), re.MULTILINE)
    assert '"status": "APPROVED"' in shown
    assert not [member for member in shown if member not in answer]
