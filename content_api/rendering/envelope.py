"""The bytes that are delivered: a substance in the envelope of its release, and their checksum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from content_api.canonical_json import Json, sha256
from content_api.editions.queries import instant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

FIRST = ("id", "kind", "slug", "url", "name")  # of the substance; they come before the envelope
NAMES = (
    "version",
    "checksum",
    "release",
    "published_at",
    "first_published_at",
    "last_reviewed",
    "next_review",
    "facts_as_of",
    "reviewed_by",
    "change",
)


FACT_VERSIONS = "fact_versions"  # of the items that prose quotes, by id; delivered beside each fact


@dataclass(frozen=True)
class Envelope:
    """The release number, dates and people around a substance, and the versions of what its prose quotes."""

    version: int
    release: int
    published_at: datetime
    first_published_at: datetime
    last_reviewed: date
    next_review: date
    facts_as_of: date
    reviewed_by: list[Json]
    change: Json | None
    fact_versions: Mapping[str, int] = field(default_factory=dict)

    def members(self) -> dict[str, Any]:
        """Return its members as they are delivered; the checksum is filled in by `seal`."""
        return {
            "version": self.version,
            "checksum": None,
            "release": self.release,
            "published_at": instant(self.published_at),
            "first_published_at": instant(self.first_published_at),
            "last_reviewed": self.last_reviewed.isoformat(),
            "next_review": self.next_review.isoformat(),
            "facts_as_of": self.facts_as_of.isoformat(),
            "reviewed_by": self.reviewed_by,
            "change": self.change,
            FACT_VERSIONS: self.fact_versions,
        }


def seal(substance: Json, envelope: Mapping[str, Any]) -> tuple[str, str]:
    """Return the body that is delivered, and its checksum."""
    versions = envelope[FACT_VERSIONS]
    item = {
        **{name: substance[name] for name in FIRST},
        **{name: envelope[name] for name in NAMES},
        **{name: value for name, value in substance.items() if name not in FIRST},
        "facts": [{**fact, "version": versions.get(fact["id"])} for fact in substance["facts"]],
    }
    checksum = checksum_of(item)
    item["checksum"] = checksum
    return orjson.dumps(item).decode(), checksum


def checksum_of(item: Json) -> str:
    """Return the checksum that a delivered item should have: over all of it but the checksum itself."""
    return sha256({name: value for name, value in item.items() if name != "checksum"})


def substance_in(body: str) -> Json:
    """Return the substance out of a delivered body."""
    item = orjson.loads(body)
    substance = {name: value for name, value in item.items() if name not in NAMES}
    if "facts" in item:  # not in what the first renderer made
        substance["facts"] = [_without_version(fact) for fact in item["facts"]]
    return substance


def envelope_in(body: str) -> Json:
    """Return the envelope out of a delivered body."""
    item = orjson.loads(body)
    versions = {fact["id"]: fact["version"] for fact in item.get("facts", []) if fact["id"]}
    return {**{name: item[name] for name in NAMES}, FACT_VERSIONS: versions}


def _without_version(fact: Json) -> Json:
    return {name: value for name, value in fact.items() if name != "version"}
