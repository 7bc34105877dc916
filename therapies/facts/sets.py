"""What prose may quote of a set: of the approvals of a therapy, the open trials in a tumor type.

A set is told from what its members show of themselves, in an order that does not depend on when they were written. An
empty set gives a true statement about the record, never nothing. A statement about several records can be trusted as
far as the weakest of them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from content_api.kinds import Fact
from therapies import regulatory
from therapies.evidence import weakest
from therapies.facts.grounds import joined
from therapies.jurisdictions import name_in_sentence
from therapies.sentences import status_words
from therapies.trial_vocabulary import OverallStatus
from therapies.vocabulary import Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content_api.canonical_json import Json
    from content_api.kinds import SetFact, SetKey

_NO_DECISION = "No regulatory decision is on record."
_NO_APPROVAL = "No approval is on record."
_NO_TRIAL = "No trial is on record."
_NO_OPEN_TRIAL = "No recruiting trial is on record."


def status_by_jurisdiction(_key: SetKey, cases: list[Json]) -> Fact:
    """Tell where each therapy stands in each jurisdiction, one sentence each."""
    places = _by_place(cases)
    listed = joined([f"{status_words(one['status'])} in {one['place']}" for one in places])
    sentences = " ".join(one["sentence"] for one in places)
    return _fact(
        {"status-by-jurisdiction": sentences or _NO_DECISION, "list": listed or "no regulatory decision on record"},
        cases,
    )


def approved_places(_key: SetKey, cases: list[Json]) -> Fact:
    """Tell in which places a therapy is approved, also with conditions."""
    approved = [one for one in cases if one["authorized"]]
    places = _places(approved)
    sentence = f"Approved in {joined(places)}." if places else _NO_APPROVAL
    words = joined(places) or "no place on record"
    return _fact({"list": words, "sentence": sentence, "count": str(len(places))}, approved)


def other_places(_key: SetKey, cases: list[Json]) -> Fact:
    """Tell in which places of the record a therapy is not approved."""
    approved = {one["jurisdiction"] for one in cases if one["authorized"]}
    others = [one for one in cases if one["jurisdiction"] not in approved]
    places = _places(others)
    return _fact({"list": joined(places) or "no other place on record", "count": str(len(places))}, others)


def approved_therapies(_key: SetKey, cases: list[Json]) -> Fact:
    """Tell which therapies are approved, wherever it is."""
    approved = [one for one in cases if one["authorized"]]
    names = _distinct(one["therapy_name"] for one in approved)
    return _fact({"list": joined(names) or "no approved therapy on record", "count": str(len(names))}, approved)


def therapies_by_place(_key: SetKey, cases: list[Json]) -> Fact:
    """Tell which therapies are approved, place by place."""
    approved = sorted((one for one in cases if one["authorized"]), key=_place_of)
    told = [
        f"{name_in_sentence(code)}: {joined(_distinct(one['therapy_name'] for one in group))}"
        for code, group in groupby(approved, key=_place_of)
    ]
    return _fact({"list": "; ".join(told) or "no approval on record"}, approved)


def trials(_key: SetKey, members: list[Json]) -> Fact:
    """Name the trials, each with its registry id."""
    return _told_trials(members, "no trial on record", _NO_TRIAL)


def recruiting(_key: SetKey, members: list[Json]) -> Fact:
    """Name the trials that recruit, with the day on which that was read in the registry."""
    found = [one for one in members if one["overall_status"] == OverallStatus.RECRUITING]
    return _told_trials(found, "no recruiting trial on record", _NO_OPEN_TRIAL)


def therapies(_key: SetKey, members: list[Json]) -> Fact:
    """Name the therapies."""
    names = sorted(str(one["short_name"]) for one in members)
    return _fact({"list": joined(names) or "no therapy on record", "count": str(len(names))}, members)


def therapies_count(_key: SetKey, members: list[Json]) -> Fact:
    """Count the therapies."""
    return _fact({"count": str(len(members))}, members)


def cases_count(_key: SetKey, cases: list[Json]) -> Fact:
    """Count the regulatory cases."""
    return _fact({"count": str(len(cases))}, cases)


def trials_count(_key: SetKey, members: list[Json]) -> Fact:
    """Count the trials."""
    found = _verified(members)
    return _fact({"count": str(len(found))}, found)


def _told_trials(members: list[Json], nothing: str, sentence: str) -> Fact:
    found = sorted(_verified(members), key=lambda one: str(one["name"]))
    listed = joined([f"{one['name']} ({one['registry_id']})" if one["registry_id"] else one["name"] for one in found])
    sentences = " ".join(one["sentence"] for one in found)
    return _fact({"list": listed or nothing, "status-sentence": sentences or sentence, "count": str(len(found))}, found)


def _verified(members: list[Json]) -> list[Json]:
    """Return the members that may be quoted: what is not verified is passed over, and does not silence the others."""
    return [one for one in members if one["verification"] != Verification.UNVERIFIED]


def _by_place(cases: list[Json]) -> list[Json]:
    """Return the status of each therapy in each jurisdiction, by therapy and then by code."""
    ordered = sorted(cases, key=lambda one: (one["therapy_name"], one["therapy"]))
    told: list[Json] = []
    for (name, _), group in groupby(ordered, key=lambda one: (one["therapy_name"], one["therapy"])):
        told += regulatory.by_jurisdiction(name, list(group))
    return told


def _places(cases: list[Json]) -> list[str]:
    return [name_in_sentence(code) for code in _distinct(map(_place_of, cases))]


def _place_of(case: Json) -> str:
    return str(case["jurisdiction"])


def _distinct(words: Iterable[str]) -> list[str]:
    return sorted(set(words))


def _fact(formats: Mapping[str, str], members: list[Json]) -> Fact:
    sources = dict.fromkeys(source for one in members for source in one["sources"])
    return Fact(formats, tuple(sources), weakest([one["verification"] for one in members]))


APPROVALS: Mapping[str, SetFact] = {
    "status-by-jurisdiction": status_by_jurisdiction,
    "approved-places": approved_places,
    "other-places": other_places,
    "approved-therapies": approved_therapies,
    "therapies-by-place": therapies_by_place,
    "count": cases_count,
}
TRIALS: Mapping[str, SetFact] = {"list": trials, "open": recruiting, "count": trials_count}
THERAPIES: Mapping[str, SetFact] = {"list": therapies, "count": therapies_count}

# The facets by which a set may be asked for, and the kind of item that each is the id of (or none).
APPROVALS_BY: Mapping[str, str] = {
    "therapy": "therapy",
    "therapy_class": "therapy_class",
    "tumor_type": "tumor_type",
    "authority": "organization",
    "jurisdiction": "",
    "tumor_group": "",
    "authorized": "",
    "status": "",
}
TRIALS_BY: Mapping[str, str] = {
    "therapy": "therapy",
    "therapy_class": "therapy_class",
    "condition": "tumor_type",
    "sponsor": "organization",
    "tumor_group": "",
    "country": "",
    "phase": "",
    "overall_status": "",
}
THERAPIES_BY: Mapping[str, str] = {
    "therapy_class": "therapy_class",
    "target": "target",
    "tumor_type": "tumor_type",
    "developer": "organization",
    "cell_origin": "",
    "approved_in": "",
    "investigational_in": "",
}
