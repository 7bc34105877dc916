"""A regulatory status in one plain sentence that is safe on its own: what, where, by whom, since when."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from therapies import jurisdictions
from therapies.vocabulary import Disputed, Pathway, Precision, Status, Verification

if TYPE_CHECKING:
    from content_api.canonical_json import Json

DISPUTES = {
    Disputed.TYPE: "what has happened",
    Disputed.DATE: "the day",
    Disputed.PATHWAY: "the kind of approval",
}


def status_sentence(therapy: str, place: str, standing: Json, as_of: date | None = None) -> str:
    """Return the status of a therapy in a place, such as `China (NMPA)`, as a sentence."""
    subject = f"{therapy}, as of {words_for_day(as_of.isoformat())}" if as_of else therapy
    return f"{subject}: {'; '.join([_what(place, standing), *_cautions(standing)])}."


def place(jurisdiction: str, authority: str) -> str:
    """Return a jurisdiction with its authority in brackets."""
    name = jurisdictions.name_in_sentence(jurisdiction)
    return f"{name} ({authority})" if authority else name


def short_name(organization: str) -> str:
    """Return the abbreviation that an organization's name ends with, or the name."""
    match = re.search(r"\(([^()]{2,12})\)$", organization)
    return match[1] if match else organization


def name_of_case(title: str, standing: Json) -> str:
    """Return the title of a regulatory case with what matters most about it: `satri-cel, US (FDA): not approved`."""
    return f"{title}: {status_words(standing['status'])}"


def status_words(status: str) -> str:
    """Return a status as it stands within a sentence; whatever is not an approval reads as none."""
    match Status(status):
        case Status.APPROVED:
            return "approved"
        case Status.APPROVED_CONDITIONAL:
            return "approved with conditions"
        case Status.AUTHORIZATION_WITHDRAWN:
            return "no longer approved"
        case Status.NO_RECORD:
            return "no record"
        case Status.UNKNOWN:
            return "status unknown"
        case _:
            return "not approved"


def words_for_day(on: str, precision: str = Precision.DAY) -> str:
    """Return a date as it is said, no more precise than it is known."""
    day = date.fromisoformat(on)
    match precision:
        case Precision.YEAR:
            return str(day.year)
        case Precision.MONTH:
            return f"{day:%B} {day.year}"
        case _:
            return f"{day.day} {day:%B} {day.year}"


def _what(where: str, standing: Json) -> str:
    match Status(standing["status"]):
        case Status.APPROVED | Status.APPROVED_CONDITIONAL:
            return f"{_approved(standing)} in {where}{_for(standing)}{_since(standing)}"
        case Status.AUTHORIZATION_WITHDRAWN:
            return f"no longer approved in {where}; the authorization was withdrawn{_for(standing)}{_on(standing)}"
        case Status.NOT_AUTHORIZED:
            return f"not approved in {where}{_for(standing)}, as far as known{_checked(standing)}"
        case Status.NO_RECORD:
            return f"nothing is on record for {where}, which does not mean that it is approved there"
        case Status.UNKNOWN:
            return f"the status in {where} is being corrected and is not known at present"
        case status:
            return f"not approved in {where}; {_not_approved(status, standing)}"


def _not_approved(status: Status, standing: Json) -> str:
    match status:
        case Status.UNDER_REVIEW:
            return f"an application{_for(standing)} has been under review{_since(standing)}"
        case Status.INVESTIGATIONAL:
            return f"investigational{_for(standing)}{_since(standing)}"
        case Status.APPLICATION_WITHDRAWN:
            return f"the application was withdrawn{_for(standing)}{_on(standing)}"
        case _:
            return f"it was refused{_for(standing)}{_on(standing)}"


def _approved(standing: Json) -> str:
    match standing["pathway"]:
        case Pathway.ACCELERATED:
            return "approved under accelerated approval"
        case Pathway.CONDITIONAL:
            return "conditionally approved"
        case _:
            return "approved"


def _for(standing: Json) -> str:
    return " for some of the indications on record" if standing.get("applies_to") == "SOME" else ""


def _since(standing: Json) -> str:
    return f" since {_day(standing)}" if standing["since"] else ""


def _on(standing: Json) -> str:
    if not standing["since"]:
        return ""
    return f" {'on' if standing['since_precision'] == Precision.DAY else 'in'} {_day(standing)}"


def _day(standing: Json) -> str:
    return words_for_day(standing["since"], standing["since_precision"])


def _checked(standing: Json) -> str:
    return f" on {words_for_day(standing['checked_on'])}" if standing["checked_on"] else ""


def _was_converted(standing: Json) -> bool:
    return bool(standing["pathway"] == Pathway.FULL and standing["since"] != standing["decided_on"])


def _cautions(standing: Json) -> list[str]:
    """Return what a reader must know in order not to take the status for more than it is."""
    cautions = []
    if standing["on_hold"]:
        cautions.append("clinical studies there are on hold")
    if standing["disputes"]:
        cautions.append(
            f"sources disagree about {' and '.join(DISPUTES[Disputed(one)] for one in standing['disputes'])}"
        )
    if standing["verification"] == Verification.SECONDARY:
        subject = "full approval is " if _was_converted(standing) else ""
        cautions.append(f"{subject}known from a secondary source only")
    if standing["uncertain"]:
        cautions.append("this may have changed by then, because the exact day of an event is not known")
    return cautions
