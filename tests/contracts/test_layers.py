"""Who may import whom: kept today, and noticed when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMPORT_LINTER = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]

FORBIDDEN = [
    ("content_api/editorial/actions.py", "import therapies.models", "The platform knows no content app"),
    ("content_api/releases/actions.py", "import content_api.delivery.filters", "Rooms import downward"),
    ("content_api/delivery/filters.py", "import content_api.partners.models", "Rooms import downward"),
    ("content_api/misplaced.py", "", "Rooms import downward"),
    ("therapies/serializers.py", "import therapies.models", "What answers the public reaches no working copy"),
    ("therapies/views.py", "import content_api.editorial.models", "What answers the public reaches no working copy"),
    ("content_api/editions/queries.py", "import django.contrib.auth.models", "Editions know nobody"),
    ("content_api/editorial/policies.py", "import rest_framework.views", "Rules and writes know no HTTP"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [*IMPORT_LINTER, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def copy_of_the_code(tmp_path: Path) -> Path:
    for package in ("content_api", "therapies"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_is_allowed() -> None:
    answer = lint_imports(ROOT)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("file", "line", "contract"), FORBIDDEN)
def test_a_forbidden_import_is_noticed(copy_of_the_code: Path, file: str, line: str, contract: str) -> None:
    place = copy_of_the_code / file
    before = place.read_text() if place.exists() else '"""A module without a place."""\n'
    place.write_text(f"{before}\n{line}\n")

    answer = lint_imports(copy_of_the_code)

    broken = [row for row in answer.stdout.splitlines() if row.rstrip().endswith("BROKEN")]
    assert answer.returncode == 1
    assert any(row.startswith(contract) for row in broken), answer.stdout
