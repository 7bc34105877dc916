"""What each kind can be found by: the values behind the filters of its list, and behind the sets that others follow.

A facet may read one card further than text does. It never asks for the facets of another item, so it always ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.kinds import SetKey
from therapies import cards, registries, status
from therapies.jurisdictions import EU, EU_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_api.canonical_json import Json
    from content_api.kinds import Facets, World


_DOCUMENT_CODES = (("DOI", "doi"), ("PMID", "pmid"))


def organization(content: Json, _world: World) -> Facets:
    """Return what an organization can be found by."""
    return {"role": content["roles"], "country": _present(content["country"])}


def source(content: Json, _world: World) -> Facets:
    """Return what a source can be found by."""
    return {
        "type": [content["type"]],
        "doi": _present(content["doi"]),
        "published_on": _present(content["published_on"]),
        "code": [f"{system}|{content[name]}" for system, name in _DOCUMENT_CODES if content[name]],
    }


def target(content: Json, _world: World) -> Facets:
    """Return what a target can be found by."""
    return {"gene": [content["gene"]], "code": _codes(content)}


def tumor_type(content: Json, _world: World) -> Facets:
    """Return what a tumor type can be found by."""
    return {"group": [content["group"]], "parent": _present(content["parent"]), "code": _codes(content)}


def therapy_class(content: Json, _world: World) -> Facets:
    """Return what a therapy class can be found by."""
    return {"engineered": [_truth(content["engineered"])]}


def therapy(content: Json, world: World) -> Facets:
    """Return what a therapy can be found by; where it is approved is told by its approvals."""
    approvals = world.members(SetKey.of("approval", therapy=content["id"]))
    approved, investigational = _places(approvals)
    return {
        "therapy_class": _present(content["therapy_class"]),
        "target": content["targets"],
        "tumor_type": content["tumor_types"],
        "developer": _present(content["developer"]),
        "cell_origin": _present(content["cell_origin"]),
        "approved_in": sorted(approved),
        "investigational_in": sorted(investigational),
    }


def approval(content: Json, world: World) -> Facets:
    """Return what a regulatory case can be found by."""
    events = cards.with_verification(content["events"], world)
    standing = cards.standing_of(content, world)
    return {
        "therapy": _present(content["therapy"]),
        "jurisdiction": [content["jurisdiction"]],
        "authority": _present(content["authority"]),
        "status": [standing.status],
        "authorized": [_truth(standing.authorized)],
        "event_type": [event["type"] for event in status.counting(events)],
        "decided_on": _present(standing.decided_on),
        "tumor_type": content["tumor_types"],
        "tumor_group": _from_cards(content["tumor_types"], "group", world),
        "therapy_class": _from_cards([content["therapy"]], "therapy_class", world),
    }


def trial(content: Json, world: World) -> Facets:
    """Return what a trial can be found by."""
    found = registries.registered(content["identifiers"])
    return {
        "therapy": content["therapies"],
        "therapy_class": _from_cards(content["therapies"], "therapy_class", world),
        "condition": content["conditions"],
        "tumor_group": _from_cards(content["conditions"], "group", world),
        "phase": content["phases"],
        "overall_status": [content["overall_status"]],
        "sponsor": _present(content["sponsor"]),
        "country": content["countries"],
        "registry_id": [one["identifier"] for one in found],
        "has_results": [_truth(bool(content["results"]))],
        "start": _present(content["start_on"]),
        "code": registries.codes(content["identifiers"]),
    }


def _places(approvals: list[Json]) -> tuple[set[str], set[str]]:
    """Return where a therapy is approved, and where it is only in development; the EU's cases count in its members."""
    found: dict[str, set[str]] = {}
    for case in approvals:
        for code in _covered(case["jurisdiction"]):
            found.setdefault(code, set()).add(case["status"])
    approved = {code for code, statuses in found.items() if statuses & status.AUTHORIZED}
    developing = {code for code, statuses in found.items() if statuses & status.IN_DEVELOPMENT}
    return approved, developing - approved


def _codes(content: Json) -> list[str]:
    """Return a term's codes as they are looked up: `HGNC|HGNC:2039`."""
    return [f"{one['system']}|{one['code']}" for one in content["codes"]]


def _covered(jurisdiction: str) -> Iterable[str]:
    return {EU, *EU_MEMBERS} if jurisdiction == EU else {jurisdiction}


def _from_cards(content_ids: list[str | None], member: str, world: World) -> list[str]:
    shown = (world.card(one) for one in content_ids if one)
    return [card[member] for card in shown if card and card[member]]


def _present(value: str | None) -> list[str]:
    return [value] if value else []


def _truth(value: bool) -> str:  # noqa: FBT001 - a fact, not a switch
    return "true" if value else "false"
