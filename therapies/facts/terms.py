"""What prose may quote of terms: what they are called, and little else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies.facts.grounds import Ground, name_of, present
from therapies.sentences import short_name, words_for_day

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import Facts, World


def organization(content: Json, _world: World) -> Facts:
    """Return the facts of an organization."""
    ground = Ground.of_names(content)
    return {"name": ground.value(content["name"]), "short-name": ground.value(short_name(content["name"]))}


def source(content: Json, world: World) -> Facts:
    """Return the facts of a source, which stand on the source itself."""
    ground = Ground((content["id"],), content["verification"])
    published, read = content["published_on"], content["accessed_on"]
    return present(
        {
            "title": ground.value(content["title"]),
            "publisher": ground.value(name_of(content["publisher"], world, "short_name")),
            "published-on": ground.date(words_for_day(published) if published else ""),
            "accessed-on": ground.date(words_for_day(read) if read else ""),
            "doi": ground.value(content["doi"]),
        }
    )


def target(content: Json, world: World) -> Facts:
    """Return the facts of a target."""
    ground = Ground.of_names(content)
    facts = {
        "name": ground.value(content["name"]),
        "gene": ground.value(content["gene"]),
        "isoform": ground.value(content["isoform"]),
    }
    for alias in content["aliases"]:
        facts[f"aliases.{alias['key']}"] = Ground.of(alias, world).value(alias["name"])
    return present(facts)


def tumor_type(content: Json, _world: World) -> Facts:
    """Return the facts of a tumor type."""
    return {"name": Ground.of_names(content).value(content["name"])}


def therapy_class(content: Json, world: World) -> Facts:
    """Return the facts of a therapy class."""
    ground = Ground.of_names(content)
    facts = {"name": ground.value(content["name"]), "abbreviation": ground.value(content["abbreviation"])}
    for risk in content["risks"]:
        facts[f"risks.{risk['key']}.term"] = Ground.of(risk, world).value(risk["term"])
    return present(facts)
