"""The bytes of a JSON value and their SHA-256: RFC 8785 (JSON Canonicalization Scheme)."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

Json = dict[str, Any]


def canonical(value: object) -> str:
    """Return the RFC 8785 form of a JSON value as text; a float is refused, because 0.30 would become 0.3."""
    _refuse_floats(value)
    return rfc8785.dumps(value).decode()  # type: ignore[arg-type]


def sha256(value: object) -> str:
    """Return `sha256:` and the 64 hex digits of the RFC 8785 form of a JSON value."""
    return sha256_of_text(canonical(value))


def sha256_of_text(text: str) -> str:
    """Return `sha256:` and the 64 hex digits of a text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        msg = f"{value!r} is a float: write measured numbers as strings, exactly as reported"
        raise TypeError(msg)
    if isinstance(value, dict):
        for member in value.values():
            _refuse_floats(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _refuse_floats(member)
