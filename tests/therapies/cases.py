"""Regulatory cases as they are published: events, checks, and where a case with these stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from therapies.status import Standing, standing

Json = dict[str, Any]


def event(type_: str, on: str, **members: Any) -> Json:
    """Make an event as it is published, verified and undisputed unless said otherwise."""
    pathway = members.pop("pathway", "FULL" if type_ == "APPROVED" else None)
    defaults = {
        "key": f"{type_}-{on}",
        "precision": "DAY",
        "disputed": [],
        "candidates": [],
        "verification": "VERIFIED",
    }
    return {**defaults, "type": type_, "on": on, "pathway": pathway, **members}


def candidate(on: str, type_: str = "APPROVED", pathway: str | None = None) -> Json:
    """Make one of the versions of a disputed event."""
    return {"type": type_, "on": on, "pathway": pathway}


def check(on: str) -> Json:
    """Make a check that found nothing."""
    return {"key": on, "on": on, "finding": "Nothing was found."}


def stand(*events: Json, on: str | None = None, checks: tuple[Json, ...] = ()) -> Standing:
    """Return where a case with these events stands."""
    return standing(events, checks, date.fromisoformat(on) if on else None)


IND = event("IND_CLEARED", "2020-01-01")
SUBMITTED = event("SUBMITTED", "2021-01-01")
APPROVED = event("APPROVED", "2022-01-01")
CONDITIONAL = event("APPROVED", "2022-01-01", pathway="CONDITIONAL")
WITHDRAWN = event("AUTHORIZATION_WITHDRAWN", "2023-01-01")
REFUSED = event("REFUSED", "2022-06-01")
