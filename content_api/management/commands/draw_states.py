"""Draws `docs/states.md` from the tables of moves in the code; a test compares the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from content_api.editorial import models as editorial
from content_api.releases import models as releases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

INTRODUCTION = """\
# States

Drawn by `manage.py draw_states` from `TRANSITIONS` in `content_api/editorial/models.py` and
`content_api/releases/models.py`; a test compares. The database refuses every other move.

*Live*, *superseded* and *withdrawn* are missing on purpose: they are questions to editions, not states of a version.
"""


class Command(BaseCommand):
    help = "Print docs/states.md: manage.py draw_states > docs/states.md"
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(document(), ending="")


def document() -> str:
    """Return the whole page."""
    return "\n".join(
        [
            INTRODUCTION,
            section("A version", editorial.Version().state, editorial.TRANSITIONS),
            section("A release", releases.Release().state, releases.TRANSITIONS),
        ]
    )


def section(title: str, born: str, transitions: Mapping[Any, frozenset[models.TextChoices]]) -> str:
    """Return one machine: its states by name, where it begins, and the moves between them."""
    names = [f"    {state.value}: {state.label}" for state in transitions]
    moves = [
        f"    {before.value} --> {after.value}" for before, afters in transitions.items() for after in sorted(afters)
    ]
    ends = [f"    {state.value} --> [*]" for state, afters in transitions.items() if not afters]
    lines = ["stateDiagram-v2", *names, f"    [*] --> {born}", *moves, *ends]
    return "\n".join([f"## {title}", "", "```mermaid", *lines, "```", ""])
