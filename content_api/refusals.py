"""The root of every "no" that a rule of this system can say."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Refused(Exception):  # noqa: N818 - a refusal is an answer to a person, not an error of the program
    """Say that something may not happen, why, and what to do instead.

    `code` is a stable machine name (kebab-case); `message` is written for the person who meets it.
    `errors` lists the places at fault, each `{"pointer": JSON pointer, "detail": text}`.
    """

    def __init__(self, code: str, message: str, *, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.errors = errors or []


def refusal_of(check: Callable[..., object], *given: object) -> str:
    """Return why a policy refuses, or nothing."""
    try:
        check(*given)
    except Refused as refusal:
        return refusal.message
    return ""


def nearest(name: str, options: Iterable[str]) -> str:
    """Return a sentence that offers the option most like a name, or a few of them if none is."""
    known = sorted(options)
    if close := get_close_matches(name, known, n=1, cutoff=0.5):
        return f"Did you mean “{close[0]}”?"
    return f"Known: {', '.join(known[:12]) or 'none'}{', …' if len(known) > 12 else ''}."  # noqa: PLR2004 - one line
