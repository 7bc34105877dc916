"""The bytes of a JSON value and their SHA-256: RFC 8785 (JSON Canonicalization Scheme)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
import rfc8785

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]
_SIMPLE = frozenset({str, bool, type(None)})
_LARGEST = 2**53 - 1  # an integer that every reader of JSON holds exactly


def canonical(value: object) -> str:
    """Return the RFC 8785 form of a JSON value as text; a float is refused, because 0.30 would become 0.3."""
    if _is_plain(value):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return rfc8785.dumps(value).decode()  # type: ignore[arg-type]


def sha256(value: object) -> str:
    """Return `sha256:` and the 64 hex digits of the RFC 8785 form of a JSON value."""
    return sha256_of_text(canonical(value))


def sha256_of_text(text: str) -> str:
    """Return `sha256:` and the 64 hex digits of a text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _is_plain(value: object) -> bool:
    """Tell whether the fast serializer gives the same bytes: ASCII names sort alike, and small integers look alike.

    Raises TypeError at a float anywhere.
    """
    if type(value) in _SIMPLE:  # most of what there is
        return True
    if isinstance(value, dict):
        return _are_plain(value.values()) and all(type(name) is str and name.isascii() for name in value)
    if isinstance(value, list | tuple):
        return _are_plain(value)
    if isinstance(value, float):
        msg = f"{value!r} is a float: write measured numbers as strings, exactly as reported"
        raise TypeError(msg)
    return type(value) is int and abs(value) <= _LARGEST


def _are_plain(values: Iterable[object]) -> bool:
    return all([_is_plain(one) for one in values if type(one) not in _SIMPLE])  # noqa: C419 - every float must be met
