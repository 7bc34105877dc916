"""What prose may quote of a set: of the approvals of a therapy, the open trials in a tumor type.

A set is told from what its members show of themselves, in an order that does not depend on when they were written. An
empty set gives a true statement about the record, never nothing. A statement about several records can be trusted as
far as the weakest of them. While a pull waits for its second person, what it was about is said to be unknown: by its
place or number, and never by a name, which may have been what was wrong.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from content_api.kinds import Fact
from therapies import regulatory
from therapies.evidence import weakest
from therapies.facts.grounds import joined
from therapies.jurisdictions import NAMES, name_in_sentence
from therapies.sentences import status_words
from therapies.trial_vocabulary import OverallStatus, Phase
from therapies.vocabulary import CellOrigin, Status, TumorGroup, Verification

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from content_api.canonical_json import Json
    from content_api.kinds import SetFact, SetKey

_NO_DECISION = "No regulatory decision is on record."
_NO_APPROVAL = "No approval is on record."
_NO_TRIAL = "No trial is on record."
_NO_OPEN_TRIAL = "No recruiting trial is on record."


def status_by_jurisdiction(key: SetKey, cases: list[Json], pulled: list[Json]) -> Fact:
    """Tell where each therapy stands in each jurisdiction, one sentence each."""
    places = _standings(key, cases, pulled)
    listed = joined([f"{status_words(one['status'])} in {one['place']}" for one in places])
    sentences = " ".join(one["sentence"] for one in places)
    return _fact(
        {"status-by-jurisdiction": sentences or _NO_DECISION, "list": listed or "no regulatory decision on record"},
        cases,
    )


def approved_places(key: SetKey, cases: list[Json], pulled: list[Json]) -> Fact:
    """Tell in which places a therapy is approved, also with conditions."""
    standings = _standings(key, cases, pulled)
    approved, doubtful = _approved_in(standings), _doubtful_in(standings)
    sentence = f"Approved in {joined(_names(approved))}." if approved else "" if doubtful else _NO_APPROVAL
    if doubtful:
        sentence = f"{sentence} T{_status_in(doubtful)[1:]} and is not known at present.".strip()
    words = _listed(_names(approved), "no place on record", _status_in(doubtful))
    formats = {"list": words, "sentence": sentence, "count": _count(approved, doubtful)}
    return _fact(formats, [one for one in cases if one["authorized"]])


def other_places(key: SetKey, cases: list[Json], pulled: list[Json]) -> Fact:
    """Tell in which places of the record a therapy is not approved."""
    standings = _standings(key, cases, pulled)
    doubtful = _doubtful_in(standings)
    others = [one for one in cases if one["jurisdiction"] not in {*_approved_in(standings), *doubtful}]
    places = _distinct(one["jurisdiction"] for one in others)
    words = _listed(_names(places), "no other place on record", _status_in(doubtful))
    return _fact({"list": words, "count": _count(places, doubtful)}, others)


def approved_therapies(key: SetKey, cases: list[Json], pulled: list[Json]) -> Fact:
    """Tell which therapies are approved, wherever it is."""
    standings = _standings(key, cases, pulled)
    approved = {one["therapy"]: one["therapy_name"] for one in standings if one["authorized"]}
    doubtful = {one["therapy"] for one in standings if one["status"] == Status.UNKNOWN} - approved.keys()
    names = _distinct(approved.values())
    being = f"the status of {_number(doubtful, 'one therapy', 'therapies')} is being corrected" if doubtful else ""
    formats = {"list": _listed(names, "no approved therapy on record", being), "count": _count(names, doubtful)}
    return _fact(formats, [one for one in cases if one["authorized"]])


def therapies_by_place(key: SetKey, cases: list[Json], pulled: list[Json]) -> Fact:
    """Tell which therapies are approved, place by place."""
    wanted = [one for one in _standings(key, cases, pulled) if one["authorized"] or one["status"] == Status.UNKNOWN]
    ordered = sorted(wanted, key=_place_of)
    told = [
        f"{name_in_sentence(code)}: {_therapies_in(list(group))}" for code, group in groupby(ordered, key=_place_of)
    ]
    return _fact({"list": "; ".join(told) or "no approval on record"}, [one for one in cases if one["authorized"]])


def cases_count(_key: SetKey, cases: list[Json], pulled: list[Json]) -> Fact:
    """Count the regulatory cases."""
    return _fact({"count": _count(cases, pulled)}, cases)


def trials(_key: SetKey, members: list[Json], pulled: list[Json]) -> Fact:
    """Name the trials, each with its registry id."""
    return _told_trials(members, pulled, "no trial on record", _NO_TRIAL)


def recruiting(_key: SetKey, members: list[Json], pulled: list[Json]) -> Fact:
    """Name the trials that recruit, with the day on which that was read in the registry."""
    found = [one for one in members if one["overall_status"] == OverallStatus.RECRUITING]
    return _told_trials(found, pulled, "no recruiting trial on record", _NO_OPEN_TRIAL)


def trials_count(_key: SetKey, members: list[Json], pulled: list[Json]) -> Fact:
    """Count the trials."""
    found = _verified(members)
    return _fact({"count": _count(found, pulled)}, found)


def therapies(_key: SetKey, members: list[Json], pulled: list[Json]) -> Fact:
    """Name the therapies."""
    names = sorted(str(one["short_name"]) for one in members)
    being = f"the record of {_number(pulled, 'one therapy', 'therapies')} is being corrected" if pulled else ""
    formats = {"list": _listed(names, "no therapy on record", being), "count": _count(members, pulled)}
    return _fact(formats, members)


def therapies_count(_key: SetKey, members: list[Json], pulled: list[Json]) -> Fact:
    """Count the therapies."""
    return _fact({"count": _count(members, pulled)}, members)


def _told_trials(members: list[Json], pulled: list[Json], nothing: str, sentence: str) -> Fact:
    found = sorted(_verified(members), key=lambda one: str(one["name"]))
    names = [f"{one['name']} ({one['registry_id']})" if one["registry_id"] else str(one["name"]) for one in found]
    being = f"the record of {_number(pulled, 'one trial', 'trials')} is being corrected" if pulled else ""
    sentences = [
        *(one["sentence"] for one in found),
        *([f"T{being[1:]} and is not known at present."] if being else []),
    ]
    formats = {
        "list": _listed(names, nothing, being),
        "status-sentence": " ".join(sentences) or sentence,
        "count": _count(found, pulled),
    }
    return _fact(formats, found)


def _verified(members: list[Json]) -> list[Json]:
    """Return the members that may be quoted: what is not verified is passed over, and does not silence the others."""
    return [one for one in members if one["verification"] != Verification.UNVERIFIED]


def _standings(key: SetKey, cases: list[Json], pulled: list[Json]) -> list[Json]:
    """Return the status of each therapy in each jurisdiction, by therapy and then by code.

    A therapy of which no case is left is not named: it may have been pulled itself.
    """
    names = {one["therapy"]: str(one["therapy_name"]) for one in [*pulled, *cases]}
    nameless = "This therapy" if "therapy" in dict(key.facets) else "One therapy"
    told: list[Json] = []
    for therapy in sorted(names, key=lambda one: (names[one], one)):
        own = [one for one in cases if one["therapy"] == therapy]
        gone = [one["jurisdiction"] for one in pulled if one["therapy"] == therapy]
        standings = regulatory.by_jurisdiction(names[therapy] if own else nameless, own, gone)
        told += [{**one, "therapy": therapy, "therapy_name": names[therapy]} for one in standings]
    return told


def _approved_in(standings: list[Json]) -> list[str]:
    return _distinct(one["jurisdiction"] for one in standings if one["authorized"])


def _doubtful_in(standings: list[Json]) -> list[str]:
    """Return the places where an approval may hide behind what is being corrected, and no other is known."""
    unknown = _distinct(one["jurisdiction"] for one in standings if one["status"] == Status.UNKNOWN)
    return [one for one in unknown if one not in _approved_in(standings)]


def _status_in(places: list[str]) -> str:
    return f"the status in {joined(_names(places))} is being corrected" if places else ""


def _therapies_in(standings: list[Json]) -> str:
    names = _distinct(one["therapy_name"] for one in standings if one["authorized"])
    doubtful = [one for one in standings if one["status"] == Status.UNKNOWN]
    being = [f"{_number(doubtful, 'one therapy', 'therapies')} whose status is being corrected"] if doubtful else []
    return joined([*names, *being])


def _listed(words: list[str], nothing: str, being_corrected: str) -> str:
    """Return a list, which is never empty, with what is missing from it for now."""
    if not being_corrected:
        return joined(words) or nothing
    return f"{joined(words) or 'none known at present'} ({being_corrected})"


def _count(known: Collection[object], doubtful: Collection[object]) -> str:
    return f"{len(known)} or more" if doubtful else str(len(known))


def _number(of: Collection[object], one: str, many: str) -> str:
    return one if len(of) == 1 else f"{len(of)} {many}"


def _names(codes: list[str]) -> list[str]:
    return [name_in_sentence(code) for code in codes]


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

# The facets by which a set may be asked for, and the kind of item that each is the id of (or none). Not by a status: a
# case that is being corrected has none, would leave the set, and nobody would be told.
APPROVALS_BY: Mapping[str, str] = {
    "therapy": "therapy",
    "therapy_class": "therapy_class",
    "tumor_type": "tumor_type",
    "authority": "organization",
    "jurisdiction": "",
    "tumor_group": "",
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
WORDS: Mapping[str, Mapping[str, str]] = {  # of the plain ones: their values, and what these are called
    "jurisdiction": NAMES,
    "country": NAMES,
    "tumor_group": dict(TumorGroup.choices),
    "phase": dict(Phase.choices),
    "overall_status": dict(OverallStatus.choices),
    "cell_origin": dict(CellOrigin.choices),
}
THERAPIES_BY: Mapping[str, str] = {
    "therapy_class": "therapy_class",
    "target": "target",
    "tumor_type": "tumor_type",
    "developer": "organization",
    "cell_origin": "",
}
