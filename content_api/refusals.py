"""The root of every "no" that a rule of this system can say."""

from __future__ import annotations


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
