"""How much a proof does: a little in `make test`, a lot in `make test-full`; and the table of what was really done."""

from __future__ import annotations

import os

IS_FULL = os.environ.get("TEST_AMOUNT") == "full"
FIGURES: dict[str, dict[str, object]] = {}


def amount(small: int, full: int) -> int:
    """Return how many rounds to run."""
    return full if IS_FULL else small


def report(proof: str, **figures: object) -> None:
    """Note what a proof did, for the table at the end of the run; numbers of the same name add up."""
    row = FIGURES.setdefault(proof, {})
    for name, figure in figures.items():
        before = row.get(name)
        both = isinstance(before, int | float) and isinstance(figure, int | float)
        row[name] = before + figure if both else figure  # type: ignore[operator]


def table() -> list[str]:
    """Return the lines of the table."""
    rows = [
        f"{proof:<28} " + ", ".join(f"{name} {figure}" for name, figure in row.items())
        for proof, row in sorted(FIGURES.items())
    ]
    return [f"proofs ({'full' if IS_FULL else 'small'} amounts)", *rows] if rows else []
