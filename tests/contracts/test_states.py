"""States are data: every state has its moves, and the page that draws them is the one that the code draws."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from content_api.editorial import models as editorial
from content_api.releases import models as releases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
MACHINES = [
    pytest.param(editorial.State, editorial.TRANSITIONS, id="version"),
    pytest.param(releases.ReleaseState, releases.TRANSITIONS, id="release"),
]


@pytest.mark.parametrize(("states", "transitions"), MACHINES)
def test_every_state_says_where_it_may_go(
    states: type[models.TextChoices], transitions: Mapping[str, frozenset[str]]
) -> None:
    assert set(transitions) == set(states.values)
    assert {after for afters in transitions.values() for after in afters} <= set(states.values)


def test_the_page_is_what_the_code_draws() -> None:
    drawn = StringIO()
    call_command("draw_states", stdout=drawn)

    assert PAGE.read_text() == drawn.getvalue(), "Run: .venv/bin/python manage.py draw_states > docs/states.md"
