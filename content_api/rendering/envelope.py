"""The bytes that are delivered: a substance in the envelope of its release, and their checksum."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Envelope:
    """The release number, dates and people around a substance."""

    version: int
    release: int
    published_at: datetime
    first_published_at: datetime
    last_reviewed: date
    next_review: date
    facts_as_of: date
    reviewed_by: list[Json]
    change: Json | None

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
        }


def seal(substance: Json, envelope: Mapping[str, Any]) -> tuple[str, str]:
    """Return the body that is delivered, and its checksum."""
    item = {
        **{name: substance[name] for name in FIRST},
        **{name: envelope[name] for name in NAMES},
        **{name: value for name, value in substance.items() if name not in FIRST},
    }
    checksum = checksum_of(item)
    item["checksum"] = checksum
    return orjson.dumps(item).decode(), checksum


def checksum_of(item: Json) -> str:
    """Return the checksum that a delivered item should have: over all of it but the checksum itself."""
    return sha256({name: value for name, value in item.items() if name != "checksum"})


def substance_in(body: str) -> Json:
    """Return the substance out of a delivered body."""
    return {name: value for name, value in orjson.loads(body).items() if name not in NAMES}


def envelope_in(body: str) -> Json:
    """Return the envelope out of a delivered body."""
    item = orjson.loads(body)
    return {name: item[name] for name in NAMES}
