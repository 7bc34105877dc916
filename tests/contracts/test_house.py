"""The rules of the house: sizes, names, and that the commands are where the README says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("content_api", "faqs", "therapies")
Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8
JUNK_DRAWERS = {"utils", "util", "common", "core", "helpers", "helper", "misc", "tools"}
TOP_LEVEL = {
    ".ci",
    ".git",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "README.md",
    "content_api",
    "docs",
    "faqs",
    "fixtures",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
    "tests",
    "therapies",
}


def files_of(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path.relative_to(ROOT) for path in found if "migrations" not in path.parts]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def functions_of(path: Path) -> list[Function]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, Function)]


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def targets() -> set[str]:
    """Return the targets of the Makefile that people type."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


CODE = files_of(*PACKAGES)
EVERYTHING = [*CODE, *files_of("tests"), Path("manage.py")]


def test_a_file_can_be_read_in_one_sitting() -> None:
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in EVERYTHING}

    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}


def test_a_function_fits_on_a_page() -> None:
    lengths = {f"{path}:{node.lineno} {node.name}": length(node) for path in CODE for node in functions_of(path)}

    assert not {place: lines for place, lines in lengths.items() if lines > LONGEST_FUNCTION}


def test_half_of_all_functions_are_short() -> None:
    lengths = [length(node) for path in CODE for node in functions_of(path)]

    assert median(lengths) <= MEDIAN_FUNCTION


def test_imports_stand_at_the_top() -> None:
    """`AppConfig.ready` imports late because models exist only then; the tests' own database server is optional."""
    late = [
        f"{path}:{inner.lineno} in {node.name}"
        for path in EVERYTHING
        for node in functions_of(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom) and node.name not in {"ready", "_from_the_wheel"}
    ]

    assert not late


def test_a_name_says_what_is_inside() -> None:
    assert not [path for path in EVERYTHING if JUNK_DRAWERS & {part.removesuffix(".py") for part in path.parts}]


def test_nothing_is_left_for_later() -> None:
    marks = re.compile("|".join(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK"))))

    assert not [path for path in EVERYTHING if marks.search((ROOT / path).read_text())]


def test_the_top_level_holds_what_is_known_and_nothing_else() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    found = {path.name for path in ROOT.iterdir() if not any(path.match(mark.strip("/")) for mark in ignored)}

    assert found == TOP_LEVEL


@pytest.mark.parametrize("document", ["README.md", "Makefile"])
def test_every_command_is_explained(document: str) -> None:
    """In the README as `make name`; in the Makefile as the comment that `make help` prints."""
    text = (ROOT / document).read_text()
    pattern = r"make ([a-z-]+)" if document == "README.md" else r"^([a-z-]+):.*## \S"

    assert targets() <= set(re.findall(pattern, text, re.MULTILINE))


def test_ci_runs_the_commands_that_the_readme_names() -> None:
    script = (ROOT / ".ci" / "run").read_text()

    assert {"make lint", "make test"} <= {f"make {name}" for name in re.findall(r"\bmake (\w+)", script)}


def test_a_lock_file_holds_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pins = [line for line in lines if "==" in line and not line.lstrip().startswith("#")]

        assert pins
        assert all(line.endswith("\\") for line in pins), "a pin without a hash"
        assert not [line for line in lines if "://" in line]
