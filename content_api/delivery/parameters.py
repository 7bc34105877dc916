"""The front door for query strings: what a view takes is listed, typed and bounded, and anything else is refused.

A parameter that is silently ignored shows people what they asked not to see, so every unknown name or value is
answered with 400 and the nearest valid ones.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAX_QUERY = 8_192
MAX_PARAMETERS = 30
MAX_VALUE = 256
MAX_VALUES = 50
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class InvalidValue(ValueError):  # noqa: N818 - it becomes one entry of a refusal
    """Say what is wrong with the value of a parameter, for the person who wrote it."""


def as_text(value: str) -> str:
    """Return the value as it is."""
    return value


@dataclass(frozen=True)
class Parameter:
    """One name that a view takes in its query string.

    `parse` turns the text into a value or raises InvalidValue; `schema` and `description` are its OpenAPI. A
    parameter whose text is a list (comma: any of) says so with `is_list`, one that must be there with `is_required`.
    `example` is for its OpenAPI too.
    """

    name: str
    description: str
    parse: Callable[[str], Any] = as_text
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    is_list: bool = False
    max_length: int = MAX_VALUE
    is_required: bool = False
    example: str | None = None


def read_query(raw: str, known: Iterable[Parameter]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the texts of a query string and what they were understood as, by name.

    Raises Refused, listing every fault, if anything is wrong.
    """
    parameters = {parameter.name: parameter for parameter in known}
    texts, errors = _split(raw), list[dict[str, str]]()
    unknown = [
        _unknown(name, parameters) for name in dict.fromkeys(name for name, _ in texts) if name not in parameters
    ]
    values: dict[str, Any] = {}
    for name, text in texts:
        if name in parameters:
            try:
                values[name] = _value(parameters[name], text, repeated=name in values)
            except InvalidValue as fault:
                errors.append({"parameter": name, "detail": str(fault)})
    given = {name for name, _ in texts}
    errors += [_missing(one) for one in parameters.values() if one.is_required and one.name not in given]
    if unknown:
        raise Refused("unknown-parameter", unknown[0]["detail"], errors=unknown + errors)
    refuse_invalid(errors)
    return dict(texts), values


def refuse_invalid(errors: list[dict[str, str]]) -> None:
    """Raise Refused if there is any fault in the values of parameters."""
    if errors:
        raise Refused("invalid-parameter", f"{errors[0]['parameter']}: {errors[0]['detail']}", errors=errors)


def nearest(value: str, valid: Iterable[str]) -> str:
    """Return a sentence that offers the valid words nearest to a wrong one, or all of them if they are few.

    If none is like it, those that stand beside it in the alphabet.
    """
    words = list(dict.fromkeys(valid))
    folded = {word.casefold(): word for word in words}
    if value.casefold() in folded:
        return f"Did you mean {_either([folded[value.casefold()]])}?"
    close = [folded[word] for word in difflib.get_close_matches(value.casefold(), folded, n=3, cutoff=0.6)]
    if close:
        return f"Did you mean {_either(close)}?"
    if words and len(words) <= 30:  # noqa: PLR2004 - as many as a person reads
        return f"Use {_either(words)}."
    ordered = sorted(folded)
    at = bisect(ordered, value.casefold())
    beside = [folded[word] for word in ordered[max(0, at - 2) : at + 1]]
    return f"Near it in the alphabet: {_either(beside)}." if beside else ""


def closed(*values: str) -> Callable[[str], str]:
    """Return a parser for one value of a closed vocabulary."""

    def parse(text: str) -> str:
        if text not in values:
            msg = f"There is no value “{text}”. {nearest(text, values)}".strip()
            raise InvalidValue(msg)
        return text

    return parse


def split_list(text: str) -> list[str]:
    """Return the values of a comma-separated list, each once."""
    values = text.split(",")
    if "" in values:
        msg = "There is an empty value in the list. Write values separated by single commas, without spaces."
        raise InvalidValue(msg)
    if len(values) > MAX_VALUES:
        msg = f"There are {len(values)} values. Ask for at most {MAX_VALUES} at a time."
        raise InvalidValue(msg)
    return list(dict.fromkeys(values))


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Return a parser for a whole number between two bounds."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
            msg = f"“{text}” is not a whole number from {low} to {high}."
            raise InvalidValue(msg)
        return int(text)

    return parse


def iso_date(text: str) -> date:
    """Return the date that is written as YYYY-MM-DD."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        msg = f"“{text}” is not a date. Write it as YYYY-MM-DD, such as 2026-06-22."
        raise InvalidValue(msg) from None


def _split(raw: str) -> list[tuple[str, str]]:
    if len(raw) > MAX_QUERY or raw.count("&") >= MAX_PARAMETERS:
        message = f"The query is too long: at most {MAX_QUERY:,} characters and {MAX_PARAMETERS} parameters."
        raise Refused("invalid-query", message)
    pairs = (part.partition("=") for part in raw.split("&") if part)
    return [(_decode(name), _decode(value)) for name, _, value in pairs]


def _decode(text: str) -> str:
    try:
        decoded = unquote_to_bytes(text.replace("+", " ").encode("latin-1")).decode()
    except UnicodeError:
        message = "The query is not valid UTF-8. Percent-encode the UTF-8 bytes of each character."
        raise Refused("invalid-query", message) from None
    if _UNPRINTABLE.search(decoded):
        raise Refused("invalid-query", "The query holds a control character. Leave it out.")
    return decoded


def _value(parameter: Parameter, text: str, *, repeated: bool) -> object:
    if repeated:
        more = "Write several values in one, separated by commas." if parameter.is_list else "Write it once."
        msg = f"It is given twice. {more}"
        raise InvalidValue(msg)
    if not text:
        msg = "It has no value. Give one, or leave the parameter out."
        raise InvalidValue(msg)
    if len(text) > parameter.max_length:
        msg = f"The value has {len(text)} characters; at most {parameter.max_length} are taken."
        raise InvalidValue(msg)
    return parameter.parse(text)


def _missing(parameter: Parameter) -> dict[str, str]:
    return {"parameter": parameter.name, "detail": f"It is required. {parameter.description}"}


def _unknown(name: str, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    shown = name if len(name) <= 60 else f"{name[:60]}…"  # noqa: PLR2004 - enough to recognize it
    offer = nearest(name, sorted(parameters)) or "See the documentation for the parameters of this address."
    return {"parameter": shown, "detail": f"There is no parameter “{shown}” here. {offer}"}


def _either(words: list[str]) -> str:
    *head, last = (f"“{word}”" for word in words)
    return f"{', '.join(head)} or {last}" if head else last
