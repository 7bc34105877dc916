"""A regulatory status: derived from dated events, never typed.

A pure function of events as they are published (type, on, precision, pathway, disputed, candidates, verification)
and of a day. Without a day all events are behind us: that is the status in an edition, because an event after the
day of publishing is refused.

An event counts unless it is UNVERIFIED, or its sources disagree about what happened. It counts from the last day on
which it may have happened; between the first and the last such day the earlier status stands, marked uncertain.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from therapies.vocabulary import AppliesTo, Disputed, EventType, Pathway, Precision, Status, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import TextChoices

    from content_api.canonical_json import Json

AUTHORIZED = frozenset({Status.APPROVED, Status.APPROVED_CONDITIONAL})
IN_DEVELOPMENT = frozenset({Status.INVESTIGATIONAL, Status.UNDER_REVIEW})
DESIGNATIONS = frozenset(
    {
        EventType.DESIGNATION_ORPHAN,
        EventType.DESIGNATION_BREAKTHROUGH,
        EventType.DESIGNATION_RMAT,
        EventType.DESIGNATION_PRIME,
        EventType.PRIORITY_REVIEW,
    }
)
DECIDING = {
    EventType.APPROVED: None,  # by its pathway
    EventType.CONVERTED_TO_FULL: Status.APPROVED,
    EventType.REFUSED: Status.REFUSED,
    EventType.APPLICATION_WITHDRAWN: Status.APPLICATION_WITHDRAWN,
    EventType.AUTHORIZATION_WITHDRAWN: Status.AUTHORIZATION_WITHDRAWN,
}
_APPROVING = {EventType.APPROVED, EventType.CONVERTED_TO_FULL}
_CONDITIONAL = {Pathway.CONDITIONAL, Pathway.ACCELERATED}
_ORDER = {event_type: place for place, event_type in enumerate(EventType)}


@dataclass(frozen=True)
class Standing:
    """Where a regulatory case stands.

    `since` is the day on which the status began, as far as `since_precision` goes. `disputes` names what the sources
    of the status disagree about. `verification` is that of the event (or check) on which the status stands.
    """

    status: Status = Status.NO_RECORD
    since: str | None = None
    since_precision: Precision | None = None
    pathway: Pathway | None = None
    on_hold: bool = False
    disputes: frozenset[Disputed] = frozenset()
    verification: Verification | None = None
    decided_on: str | None = None
    checked_on: str | None = None
    uncertain: bool = False
    designations: tuple[Json, ...] = field(default=(), compare=False)
    event: str | None = field(default=None, compare=False)  # key of the event on which the status stands; not published

    @property
    def authorized(self) -> bool:
        """May it be used outside studies there?"""
        return self.status in AUTHORIZED

    def members(self) -> Json:
        """Return the standing as it is published."""
        disputes = [one for one in Disputed if one in self.disputes]
        return {
            **labeled("status", self.status),
            "authorized": self.authorized,
            "since": self.since,
            **labeled("since_precision", self.since_precision),
            **labeled("pathway", self.pathway),
            "on_hold": self.on_hold,
            "disputed": bool(disputes),
            "disputes": [one.value for one in disputes],
            "disputes_labels": [one.label for one in disputes],
            **labeled("verification", self.verification),
            "decided_on": self.decided_on,
            "checked_on": self.checked_on,
            "uncertain": self.uncertain,
            "under_correction": self.status is Status.UNKNOWN,
            "designations": list(self.designations),
        }


UNDER_CORRECTION = Standing(status=Status.UNKNOWN)


@dataclass(frozen=True)
class _Event:
    """An event with the first and the last day on which it may have happened."""

    data: Json
    first: date
    last: date

    @classmethod
    def of(cls, data: Json) -> _Event:
        on = date.fromisoformat(data["on"])
        candidates = [date.fromisoformat(one["on"]) for one in data["candidates"] if Disputed.DATE in data["disputed"]]
        return cls(data, min(on, *candidates, on), max(end_of(on, data["precision"]), *candidates, on))

    @property
    def type(self) -> EventType:
        return EventType(self.data["type"])

    @property
    def disputes(self) -> frozenset[Disputed]:
        return frozenset(Disputed(one) for one in self.data["disputed"])

    @property
    def is_unsettled(self) -> bool:
        """Do its sources disagree about what happened, other than about the pathway of an approval?"""
        types = {self.type, *(EventType(one["type"]) for one in self.data["candidates"])}
        return Disputed.TYPE in self.disputes and not types <= _APPROVING

    @property
    def pathway(self) -> Pathway | None:
        if self.type not in _APPROVING:
            return None
        if self.disputes & {Disputed.PATHWAY, Disputed.TYPE}:
            return Pathway.UNKNOWN
        return Pathway.FULL if self.type is EventType.CONVERTED_TO_FULL else Pathway(self.data["pathway"])

    @property
    def since(self) -> tuple[str, Precision]:
        if Disputed.DATE in self.disputes:
            return self.last.isoformat(), Precision.DAY
        return self.data["on"], Precision(self.data["precision"])


def standing(events: Iterable[Json], checks: Iterable[Json], on: date | None = None) -> Standing:
    """Return where a case stood on a day; without one, where all that is known leaves it."""
    known = sorted(
        (_Event.of(data) for data in events if data["verification"] != Verification.UNVERIFIED),
        key=lambda event: (event.last, _ORDER[event.type], event.data["key"]),
    )
    checked = [check["on"] for check in checks if on is None or date.fromisoformat(check["on"]) <= on]
    checked_on = max(checked, default=None)
    certain = _walk([event for event in known if on is None or event.last <= on], checked_on)
    possible = _walk([event for event in known if on is None or event.first <= on], checked_on)
    return replace(certain, uncertain=_outline(certain) != _outline(possible))


def labeled(name: str, value: TextChoices | None) -> Json:
    """Return the two members that an enum is published as: the value, and the words for it."""
    return {name: value.value if value else None, f"{name}_label": str(value.label) if value else None}


def counting(events: Iterable[Json]) -> list[Json]:
    """Return the events that count towards a status."""
    known = [_Event.of(data) for data in events if data["verification"] != Verification.UNVERIFIED]
    return [event.data for event in known if not event.is_unsettled]


def begun_by(events: Iterable[Json], day: date) -> list[Json]:
    """Return the events that happened, or may have happened, by a day."""
    return [event for event in events if _Event.of(event).first <= day]


def highest(standings: Sequence[Json]) -> Status:
    """Return a jurisdiction's own status: the highest of its indications'.

    What is not known may be an approval, so nothing less than one stands beside it.
    """
    found = {one["status"] for one in standings}
    if Status.UNKNOWN in found and not found & AUTHORIZED:
        return Status.UNKNOWN
    return next((status for status in Status if status in found), Status.NO_RECORD)


def applies_to(standings: Sequence[Json], status: Status) -> AppliesTo | None:
    """Tell whether some or all indications have a status; None where nothing is on record."""
    if status is Status.NO_RECORD:
        return None
    return AppliesTo.ALL if all(one["status"] == status for one in standings) else AppliesTo.SOME


def end_of(on: date, precision: str) -> date:
    """Return the last day of the period that an imprecise date stands for."""
    match precision:
        case Precision.YEAR:
            return on.replace(month=12, day=31)
        case Precision.MONTH:
            return on.replace(day=monthrange(on.year, on.month)[1])
        case _:
            return on


def _walk(events: list[_Event], checked_on: str | None) -> Standing:
    state = Standing()
    for event in events:
        state = _unsettled(state, event) if event.is_unsettled else _after(state, event)
    if state.status is Status.NO_RECORD and checked_on:
        state = replace(state, status=Status.NOT_AUTHORIZED)
    return replace(state, checked_on=checked_on)


def _unsettled(state: Standing, event: _Event) -> Standing:
    return replace(state, disputes=state.disputes | event.disputes)


def _after(state: Standing, event: _Event) -> Standing:  # noqa: PLR0911 - one answer for each line of the table
    match event.type:
        case EventType.IND_CLEARED:
            return _raised(state, Status.INVESTIGATIONAL, event, unless=AUTHORIZED | {Status.UNDER_REVIEW})
        case EventType.SUBMITTED | EventType.ACCEPTED:
            return _raised(state, Status.UNDER_REVIEW, event, unless=AUTHORIZED)
        case EventType.CLINICAL_HOLD:
            return replace(state, on_hold=True)
        case EventType.HOLD_LIFTED:
            return replace(state, on_hold=False)
        case one if one in DESIGNATIONS:
            return _designated(state, event)
        case one if one in DECIDING:
            return _decided(state, event)
        case _:
            return state


def _raised(state: Standing, status: Status, event: _Event, *, unless: frozenset[Status]) -> Standing:
    return state if state.status in unless else _become(state, status, event)


def _designated(state: Standing, event: _Event) -> Standing:
    since, precision = event.since
    designation = {**labeled("type", event.type), "on": since, **labeled("precision", precision)}
    state = replace(state, designations=(*state.designations, designation))
    return _become(state, Status.INVESTIGATIONAL, event) if state.status is Status.NO_RECORD else state


def _decided(state: Standing, event: _Event) -> Standing:
    status = DECIDING[event.type] or (Status.APPROVED_CONDITIONAL if event.pathway in _CONDITIONAL else Status.APPROVED)
    decided = replace(_begin(state, status, event), decided_on=event.last.isoformat())
    if event.type is EventType.CONVERTED_TO_FULL and state.authorized:
        disputes = (state.disputes & {Disputed.DATE}) | event.disputes - {Disputed.DATE}
        return replace(decided, since=state.since, since_precision=state.since_precision, disputes=disputes)
    return decided


def _become(state: Standing, status: Status, event: _Event) -> Standing:
    return state if state.status is status else _begin(state, status, event)


def _begin(state: Standing, status: Status, event: _Event) -> Standing:
    since, precision = event.since
    return replace(
        state,
        status=status,
        since=since,
        since_precision=precision,
        pathway=event.pathway,
        disputes=event.disputes,
        verification=Verification(event.data["verification"]),
        event=event.data["key"],
    )


def _outline(state: Standing) -> tuple[Any, ...]:
    return state.status, state.pathway, state.on_hold
