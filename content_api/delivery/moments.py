"""Which release a request reads: the one that it names, the one in force at a moment, or the current one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from content_api.delivery.parameters import InvalidValue, Parameter, refuse_invalid, whole_number
from content_api.editions.queries import instant
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


def iso_instant(text: str) -> datetime:
    """Return the moment, in UTC, that is written as RFC 3339 has it."""
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        msg = (
            f"“{text}” is not a moment. Write it as 2026-05-01T00:00:00Z; in an address, the “+” of an offset is "
            "written %2B."
        )
        raise InvalidValue(msg) from None


RELEASE = Parameter(
    "release",
    "The world as of this release, by number. Without it, the current one.",
    whole_number(0, 9_999_999_999),
    {"type": "integer", "minimum": 1, "maximum": 9_999_999_999},
)
AT = Parameter(
    "at",
    "The world as of the release that was in force at this moment: what we published by then, inclusive. It cannot lie "
    "in the future, and `release` cannot stand beside it.",
    iso_instant,
    {"type": "string", "format": "date-time"},
)


def check_moment(values: Mapping[str, object], moment: datetime) -> None:
    """Refuse a moment in the future, and one beside a named release: the two may contradict each other."""
    if "release" in values:
        detail = "It stands beside `release`. Name a release or a moment, not both."
        refuse_invalid([{"parameter": "at", "detail": detail}])
    if moment > datetime.now(UTC):
        detail = f"{instant(moment)} lies in the future: what will be published by then is not known."
        refuse_invalid([{"parameter": "at", "detail": detail}])


def not_there(number: int | None, moment: datetime | None) -> Refused:
    """Return the refusal of a release that is not there."""
    if number is not None:
        return Refused("release-not-found", f"There is no release {number}. The list is at /api/v1/releases/.")
    if moment is not None:
        message = f"Nothing had been published by {instant(moment)}. When each release came out: /api/v1/releases/."
        return Refused("release-not-found", message)
    return Refused("nothing-published", "Nothing has been published yet. Ask again later.")
