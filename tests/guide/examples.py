"""The examples of the guide, as they stand in its pages, and how each is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "partners").glob("*.md"))
TYPESCRIPT = ROOT / "tests" / "node_modules" / "typescript"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_AS_JAVASCRIPT = """
const ts = require(process.argv[1]);
const options = { module: "esnext", target: "es2022" };
process.stdout.write(ts.transpileModule(require("fs").readFileSync(process.argv[2], "utf8"), { compilerOptions: options }).outputText);
"""


@dataclass(frozen=True)
class Example:
    """One example: where it stands, its language, and its text."""

    page: str
    number: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}-{self.number}-{self.language}"

    def run(self, base: str, key: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run it in a folder of its own, as a reader would."""
        environment = {"PATH": os.environ["PATH"], "BASE": base, "KEY": key, "no_proxy": "*"}
        return subprocess.run(
            self._command(folder),
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def _command(self, folder: Path) -> list[str]:
        file = folder / f"example.{self.language}"
        file.write_text(self.text)
        match self.language:
            case "sh":
                return ["bash", "-euo", "pipefail", str(file)]
            case "python":
                return [sys.executable, "-W", "error", str(file)]
            case "ts":
                return [node(), str(_compiled(file))]
            case _:
                message = f"{self}: nobody runs this language."
                raise AssertionError(message)


def examples() -> list[Example]:
    """Return every example, in the order of the pages."""
    found = []
    for page in PAGES:
        blocks = _FENCE.findall(page.read_text())
        found += [Example(page.stem, number, *block) for number, block in enumerate(blocks, 1)]
    return found


def _compiled(file: Path) -> Path:
    """Return it as JavaScript: the types are checked by a test of their own."""
    made = subprocess.run(
        [node(), "-e", _AS_JAVASCRIPT, str(TYPESCRIPT), str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    compiled = file.with_suffix(".mjs")
    compiled.write_text(made.stdout)
    return compiled


def node() -> str:
    """Return the program that runs JavaScript."""
    found = shutil.which("node")
    assert found, "The examples in TypeScript need Node."
    return found
