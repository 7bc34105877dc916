"""A regulatory event in one plain sentence: what, where, by whom, when. A designation says that it is no approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies.sentences import DISPUTES, words_for_day
from therapies.status import DESIGNATIONS
from therapies.vocabulary import DateBasis, Disputed, EventType, Pathway, Precision, Verification

if TYPE_CHECKING:
    from content_api.canonical_json import Json


def sentence(therapy: str, place: str, event: Json, verification: str) -> str:
    """Return an event as a sentence: `satri-cel: approved in China (NMPA) on 22 June 2026.`"""
    told = f"{therapy}: {what(event)} in {place} {_when(event)}"
    return f"{'; '.join([told, *_cautions(event, verification)])}."


def what(event: Json) -> str:
    """Return what happened, as it stands within a sentence: `approved under accelerated approval`."""
    if event["pathway"] in {Pathway.CONDITIONAL, Pathway.ACCELERATED} and not _is_disputed(event):
        return f"approved under {Pathway(event['pathway']).label.lower()}"
    return within(str(EventType(event["type"]).label))


def within(label: str) -> str:
    """Return the name of a sort of event as it stands within a sentence; what is an abbreviation stays one."""
    return label if label.startswith(("RMAT", "PRIME")) else label[:1].lower() + label[1:]


def day(event: Json) -> str:
    """Return the day of an event, no more precise than it is known."""
    return words_for_day(event["on"], event["precision"])


def _when(event: Json) -> str:
    preposition = "on" if event["precision"] == Precision.DAY else "in"
    announced = "announced " if event["on_basis"] == DateBasis.ANNOUNCED else ""
    return f"{announced}{preposition} {day(event)}"


def _is_disputed(event: Json) -> bool:
    return bool({Disputed.PATHWAY, Disputed.TYPE} & set(event["disputed"]))


def _cautions(event: Json, verification: str) -> list[str]:
    cautions = []
    if event["type"] in DESIGNATIONS:
        cautions.append("this is not an approval")
    if event["disputed"]:
        cautions.append(f"sources disagree about {' and '.join(DISPUTES[Disputed(one)] for one in event['disputed'])}")
    if verification == Verification.SECONDARY:
        cautions.append("known from a secondary source only")
    if verification == Verification.UNVERIFIED:
        cautions.append("not verified")
    return cautions
