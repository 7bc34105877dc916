"""What is documented is so, and what is there is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content_api import kinds

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = ROOT / "docs" / "operations.md"


def commands() -> set[str]:
    found = ROOT.glob("content_api/**/management/commands/*.py")
    return {path.stem for path in found} - {"__init__"}


def settings_from_the_environment() -> set[str]:
    text = (ROOT / "content_api" / "settings.py").read_text()
    return set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
    inside = [link for link in links if "://" not in link]

    assert not [link for link in inside if not (document.parent / link).exists()]


def test_every_setting_is_in_the_table() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS.read_text(), re.MULTILINE))

    assert described == settings_from_the_environment()


def test_every_command_is_described() -> None:
    described = set(re.findall(r"manage\.py (\w+)", OPERATIONS.read_text()))

    assert commands() <= described


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    rooms = re.findall(r"^  (\w+)(?:\.py|/)  +\S", text, re.MULTILINE)
    told_by_django = {"apps", "migrations", "models", "static", "templates", "wsgi"}
    found = {path.stem for path in (ROOT / "content_api").iterdir() if not path.name.startswith("_")}

    assert set(rooms) == found - told_by_django


def test_every_kind_is_in_the_glossary() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text()
    ours = [kind.name for kind in kinds.all_kinds() if not kind.model.__module__.startswith("tests.")]

    assert ours
    assert not [name for name in ours if f"`{name}`" not in text]


def test_every_decision_is_listed_and_has_its_sections() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text()
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    sections = ["**Status**", "## Context", "## Options", "## Decision", "## Consequences"]

    assert decisions
    assert not [path.name for path in decisions if path.name not in index]
    assert not [path.name for path in decisions if not all(section in path.read_text() for section in sections)]
