"""What prose may quote of a therapy. Where it is approved is told by its approvals: `approvals(therapy=…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapies.facts.grounds import Ground, name_of, named, present
from therapies.vocabulary import CellOrigin

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.kinds import Fact, Facts, World

_PARTS = ("binder", "hinge", "transmembrane", "costimulatory", "signaling", "generation")


def therapy(content: Json, world: World) -> Facts:
    """Return the facts of a therapy."""
    facts = {**_names(content, world), **_claims(content, world)}
    for alias in content["aliases"]:
        facts[f"aliases.{alias['key']}"] = Ground.of(alias, world).value(alias["name"])
    for step in content["treatment_steps"]:
        facts[f"treatment-steps.{step['key']}.duration"] = Ground.of(step, world).value(step["duration"])
    for risk in content["risks"]:
        facts[f"risks.{risk['key']}.term"] = Ground.of(risk, world).value(risk["term"])
    return present(facts)


def _names(content: Json, world: World) -> dict[str, Fact]:
    ground = Ground.of_names(content)
    own = content["therapy_class"]
    return {
        "name": ground.value(content["name"]),
        "short-name": ground.value(content["short_name"]),
        "therapy-class": ground.says(
            {"value": name_of(own, world), "abbreviation": name_of(own, world, "abbreviation")}
        ),
    }


def _claims(content: Json, world: World) -> dict[str, Fact]:
    ground = Ground.of(content, world)
    origin = content["cell_origin"]
    parts = {f"construct.{part}": ground.value(content[f"construct_{part}"]) for part in _PARTS}
    return {
        "developer": ground.value(name_of(content["developer"], world, "short_name")),
        "cell-origin": ground.value(_within(CellOrigin(origin).label) if origin else ""),
        "targets": ground.says({"list": named(content["targets"], world)}),
        "tumor-types": ground.says({"list": named(content["tumor_types"], world)}),
        **parts,
    }


def _within(label: str) -> str:
    return label[:1].lower() + label[1:]
