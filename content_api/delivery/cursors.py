"""Where a walk through a list stands: signed, and bound to one release and to what was asked for.

A cursor is made without a clock, so that equal databases give equal addresses.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from content_api.canonical_json import sha256
from content_api.delivery.parameters import InvalidValue, Parameter

_SIGNER_SALT = "content_api.delivery.cursors"
_DIGITS = 16  # of a hash, to tell that it is another


@dataclass(frozen=True)
class Cursor:
    """The position after which (or, backwards, before which) a page starts: the values of a row in the list's order."""

    release: int
    release_hash: str
    question: str
    position: list[Any]
    is_backwards: bool

    def signed(self) -> str:
        """Return it as it stands in an address."""
        return _signer().sign_object(list(astuple(self)))


def question_of(*asked: object) -> str:
    """Return a short hash of what a list was asked for; a cursor answers no other question."""
    return abbreviated(sha256(list(asked)))


def abbreviated(digest: str) -> str:
    """Return the first digits of a hash."""
    return digest.removeprefix("sha256:")[:_DIGITS]


def read_cursor(text: str) -> Cursor:
    """Return the cursor in an address; raise InvalidValue if it is not one of ours."""
    try:
        return Cursor(*_signer().unsign_object(text))
    except (BadSignature, ValueError, TypeError):
        msg = "This is not a cursor of ours, or it was changed on the way. Follow `next` and `previous` as they are."
        raise InvalidValue(msg) from None


def _signer() -> Signer:
    return Signer(salt=_SIGNER_SALT, sep=".")


CURSOR = Parameter(
    "cursor",
    "Where the page starts: taken from `next` or `previous`, never made up. It pins the release.",
    read_cursor,
    max_length=512,
)
