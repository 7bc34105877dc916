"""Every contradiction that the project began with is accounted for, and every test that is said to show it exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "contradictions.md").read_text()
ROWS = [row for row in PAGE.splitlines() if re.match(r"\| \d+ \|", row)]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)+)`", PAGE)))


def names_in(path: Path) -> set[str]:
    """Return the tests of a file, as pytest calls them."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def test_all_of_them_are_there() -> None:
    numbers = sorted(int(row.split("|")[1]) for row in ROWS)
    assert numbers == list(range(1, 35))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_has_a_mechanism_and_a_test_or_is_open(row: str) -> None:
    _, one_said, _, here, shown_by = (cell.strip() for cell in row.strip("|").split("|"))
    assert one_said
    assert here
    assert "**Open" in here or any(f"`{name}`" in shown_by for name in NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_each_test_that_is_named_exists(name: str) -> None:
    path, _, test = name.partition("::")
    assert test in names_in(ROOT / path)
