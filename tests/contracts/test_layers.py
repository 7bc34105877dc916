"""Who may import whom: kept today, and noticed when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMPORT_LINTER = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]

# A module, and something that it may not import.
FORBIDDEN = [
    ("content_api.editorial.actions", "therapies.vocabulary"),
    ("content_api.releases.actions", "content_api.delivery.filters"),
    ("content_api.delivery.filters", "content_api.partners.models"),
    ("content_api.partners.actions", "content_api.delivery.filters"),
    ("content_api.rendering.world", "content_api.editorial.models"),
    ("content_api.kinds", "content_api.editions.models"),
    ("content_api.editions.queries", "content_api.people"),
    ("content_api.editorial.policies", "rest_framework"),
    ("therapies.models.source", "rest_framework"),
    ("therapies.filters", "content_api.releases.models"),
    ("therapies.views", "therapies.models"),
    ("therapies.status", "content_api.editorial.models"),
    ("therapies.checks", "faqs.vocabulary"),
    ("faqs.site_text", "faqs.models"),
]
WITHOUT_A_PLACE = "content_api.misplaced"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [*IMPORT_LINTER, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def file_of(folder: Path, module: str) -> Path:
    return folder.joinpath(*module.split(".")).with_suffix(".py")


def test_every_import_is_allowed() -> None:
    answer = lint_imports(ROOT)

    assert answer.returncode == 0, answer.stdout


def test_every_forbidden_import_is_noticed(tmp_path: Path) -> None:
    for package in ("content_api", "faqs", "therapies"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file_of(tmp_path, WITHOUT_A_PLACE).write_text('"""A module without a place."""\n')
    for module, imported in FORBIDDEN:
        with file_of(tmp_path, module).open("a") as file:
            file.write(f"\nimport {imported}\n")

    answer = lint_imports(tmp_path)

    assert answer.returncode == 1
    assert f"- {WITHOUT_A_PLACE}" in answer.stdout
    assert not [(module, it) for module, it in FORBIDDEN if f"{module} -> {it} (l." not in answer.stdout], answer.stdout
