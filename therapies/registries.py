"""Trial registries: how each writes its ids, which of a trial's ids leads, and where a registry shows a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from therapies.trial_vocabulary import Registry

if TYPE_CHECKING:
    from content_api.canonical_json import Json

# How an id is written, and an example for whoever wrote another one.
_WRITTEN = {
    Registry.NCT: (re.compile(r"NCT\d{8}"), "NCT04581473"),
    Registry.CHICTR: (re.compile(r"ChiCTR(?:-[A-Z]{2,3}-|-)?\d{8,11}"), "ChiCTR2000033021"),
    Registry.EUCT: (re.compile(r"20\d\d-5\d{5}-\d\d(?:-\d\d)?"), "2023-505678-12-00"),
    Registry.ISRCTN: (re.compile(r"ISRCTN\d{8}"), "ISRCTN12345678"),
}
_ADDRESSES = {
    Registry.NCT: "https://clinicaltrials.gov/study/{}",
    Registry.EUCT: "https://euclinicaltrials.eu/ctis-public/view/{}",
    Registry.ISRCTN: "https://www.isrctn.com/{}",
}


def registered(identifiers: list[Json]) -> list[Json]:
    """Return the ids that prove a registration, ClinicalTrials.gov's first."""
    proving = [one for one in identifiers if one["registry"] != Registry.OTHER]
    return sorted(proving, key=lambda one: one["registry"] != Registry.NCT)


def leading_id(identifiers: list[Json]) -> str | None:
    """Return the registry id that stands for a trial, or None if it has none."""
    return next((str(one["identifier"]) for one in registered(identifiers)), None)


def codes(identifiers: list[Json]) -> list[str]:
    """Return a trial's registry ids as they are looked up by code: `NCT|NCT04581473`."""
    return [f"{one['registry']}|{one['identifier']}" for one in registered(identifiers)]


def address(registry: str, identifier: str) -> str | None:
    """Return where a registry shows its record; None where it has no lasting address for an id."""
    template = _ADDRESSES.get(Registry(registry))
    return template.format(identifier) if template else None


def example_for(registry: str, identifier: str) -> str | None:
    """Return how a registry writes an id, if it does not write it like this; None if it does."""
    written = _WRITTEN.get(Registry(registry))
    return None if written is None or written[0].fullmatch(identifier) else written[1]
