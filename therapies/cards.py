"""What each kind shows of itself to others, beyond id, kind, slug, name and url.

A card reads the item's own content and the cards of what that refers to, never a set: so what others may show
of an item is settled before anything is rendered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies import jurisdictions, status, trial_sentences
from therapies.evidence import cited, verification_of
from therapies.registries import leading_id
from therapies.sentences import name_of_case, place, short_name, status_sentence
from therapies.trial_vocabulary import OverallStatus, Phase
from therapies.vocabulary import SourceType, Status, Verification

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import World


def organization(content: Json, _world: World) -> Json:
    """Return what others may show of an organization."""
    return {"short_name": short_name(content["name"]), "country": content["country"] or None}


def source(content: Json, _world: World) -> Json:
    """Return what others may show of a source."""
    return {
        "type": content["type"],
        "type_label": SourceType(content["type"]).label,
        "external_url": content["external_url"] or None,
        "published_on": content["published_on"],
        "verification": content["verification"],
        "verification_label": Verification(content["verification"]).label,
        "retracted": content["retracted"],
    }


def target(content: Json, _world: World) -> Json:
    """Return what others may show of a target."""
    return {"gene": content["gene"], "isoform": content["isoform"] or None}


def tumor_type(content: Json, _world: World) -> Json:
    """Return what others may show of a tumor type."""
    return {"group": content["group"], "parent": content["parent"]}


def therapy_class(content: Json, _world: World) -> Json:
    """Return what others may show of a therapy class."""
    return {"abbreviation": content["abbreviation"] or None, "engineered": content["engineered"]}


def therapy(content: Json, world: World) -> Json:
    """Return what others may show of a therapy; its regulatory status is its approvals' to tell.

    `pulled_in` names the jurisdictions of cases that were pulled, while a second person has not confirmed it.
    """
    pulled = (one for one in world.pulled() if one["kind"] == "approval" and one["therapy"] == content["id"])
    return {
        "short_name": content["short_name"],
        "level": content["level"],
        "therapy_class": content["therapy_class"],
        "verification": verification_of(content, world).value,
        "sources": list(cited(content)),
        "pulled_in": sorted({one["jurisdiction"] for one in pulled}),
    }


def approval(content: Json, world: World) -> Json:
    """Return what others may show of a regulatory case: never without place, status and whether it is authorized."""
    case = case_of(content, world)
    return {
        "name": name_of_case(content["title"], case),
        "therapy": content["therapy"],
        "therapy_name": therapy_name(content, world),
        "tumor_types": content["tumor_types"],
        "sources": list(grounds_of_standing(content, world)),
        **{name: value for name, value in case.items() if name != "designations"},
    }


def trial(content: Json, world: World) -> Json:
    """Return what others may show of a trial: where it stands in its registry, and never what it found."""
    return {
        "acronym": content["acronym"] or None,
        "phases": [one for one in Phase.values if one in content["phases"]],
        "overall_status": content["overall_status"],
        "overall_status_label": OverallStatus(content["overall_status"]).label,
        **standing_of_trial(content),
        "verification": verification_of(content, world).value,
        "sources": list(cited(content)),
    }


def standing_of_trial(content: Json) -> Json:
    """Return what is derived about a trial: the registry id that stands for it, and its status in words."""
    registry_id = leading_id(content["identifiers"])
    return {"registry_id": registry_id, "sentence": trial_sentences.status_sentence(content, registry_id)}


def case_of(content: Json, world: World) -> Json:
    """Return what is derived about a regulatory case: its place in words, and where it stands."""
    members = standing_of(content, world).members()
    where = place(content["jurisdiction"], _short_name(world, content["authority"]))
    return {
        "jurisdiction": content["jurisdiction"],
        "jurisdiction_label": jurisdictions.label(content["jurisdiction"]),
        "place": where,
        **members,
        "sentence": status_sentence(therapy_name(content, world), where, members),
    }


def standing_of(content: Json, world: World) -> status.Standing:
    """Return where a case stands; not known while a pull of something that it refers to waits for a second person."""
    if content["under_correction"]:
        return status.UNDER_CORRECTION
    return status.standing(with_verification(content["events"], world), content["checks"])


def grounds_of_standing(content: Json, world: World) -> tuple[str, ...]:
    """Return the sources of the event, or of the check, on which the standing of a case stands."""
    standing = standing_of(content, world)
    rows = [event for event in content["events"] if event["key"] == standing.event]
    if standing.status is Status.NOT_AUTHORIZED:
        rows = [check for check in content["checks"] if check["on"] == standing.checked_on]
    return tuple(dict.fromkeys(source for row in rows for source in cited(row)))


def therapy_name(content: Json, world: World) -> str:
    """Return what texts call the therapy of a case."""
    return _short_name(world, content["therapy"]) or str(content["title"])


def with_verification(rows: list[Json], world: World) -> list[Json]:
    """Return rows that cite sources, each with the best of their verifications."""
    return [{**row, "verification": verification_of(row, world).value} for row in rows]


def _short_name(world: World, content_id: str | None) -> str:
    card = world.card(content_id) if content_id else None
    return str(card["short_name"]) if card else ""
