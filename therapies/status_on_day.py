"""Where regulatory cases stood on a day: from the bodies that are delivered, so that the past needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from therapies import jurisdictions, regulatory, status
from therapies.sentences import name_of_case, place, status_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from content_api.canonical_json import Json

_JURISDICTION = (
    *("status", "status_label", "authorized", "sentence", "applies_to", "applies_to_label"),
    *("since", "since_precision", "since_precision_label", "pathway", "pathway_label"),
    *("on_hold", "disputed", "uncertain", "checked_on", "under_correction"),
)


@dataclass(frozen=True)
class Case:
    """A regulatory case on a day: how it stood, and how it is shown (None if it was pulled)."""

    jurisdiction: str
    standing: Json
    indication: Json | None


def case_on(body: Json, day: date, *, named: bool) -> Case:
    """Return how a published case stood on a day, with the events until then; its sentence may name the day."""
    known = status.standing(body["events"], body["checks"], day)
    standing = (status.UNDER_CORRECTION if body["under_correction"] else known).members()
    where = place(body["jurisdiction"], body["authority"]["short_name"])
    sentence = status_sentence(body["therapy"]["short_name"], where, standing, day if named else None)
    standing |= {"place": where, "sentence": sentence}
    return Case(body["jurisdiction"], standing, _indication(body, standing, status.begun_by(body["events"], day)))


def pulled_case(jurisdiction: str) -> Case:
    """Return a case of which nothing may be shown any more: its status is not known."""
    standing = status.UNDER_CORRECTION.members()
    return Case(jurisdiction, {**standing, "place": jurisdictions.name_in_sentence(jurisdiction)}, None)


def status_in(code: str, therapy: str, cases: Sequence[Case], day: date | None) -> Json:
    """Return the status of a therapy in a jurisdiction; a member state of the EU counts the EU's cases too."""
    own = [case for case in cases if case.jurisdiction == code]
    eu = [case for case in cases if case.jurisdiction == jurisdictions.EU and code in jurisdictions.EU_MEMBERS]
    name = jurisdictions.name_in_sentence(code)
    found = regulatory.summary(therapy, [case.standing for case in [*own, *eu]], place=name, as_of=day)
    return {
        "jurisdiction": code,
        "jurisdiction_label": jurisdictions.label(code),
        "covered_by": jurisdictions.EU if eu and not _has(own, found["status"]) else None,
        **{name: found[name] for name in _JURISDICTION},
        "indications": [case.indication for case in [*own, *eu] if case.indication],
    }


def _has(cases: Sequence[Case], wanted: str) -> bool:
    return any(case.standing["status"] == wanted for case in cases)


def _indication(body: Json, standing: Json, events: list[Json]) -> Json:
    return {
        "approval": {
            **{name: body[name] for name in ("id", "kind", "slug")},
            "name": name_of_case(body["title"], standing),
            **{name: body[name] for name in ("url", "jurisdiction")},
            **{name: standing[name] for name in ("status", "status_label", "authorized")},
        },
        "summary_markdown": body["indication"]["summary_markdown"],
        "summary_html": body["indication"]["summary_html"],
        "tumor_types": body["tumor_types"],
        **{name: value for name, value in standing.items() if name != "place"},
        "candidates": [one for event in events for one in event["candidates"] if event["disputed"]],
        "events": events,
        "sources": _sources(events),
    }


def _sources(events: list[Json]) -> list[Json]:
    cited = {(source["id"], source["locator"]): source for event in events for source in event["sources"]}
    return list(cited.values())
