"""The examples of the OpenAPI document: docs/examples, each a request and what the demo answers.

To add one, write a file with its `request` and the `answer` null; `make examples` asks, and you may cut its lists short.
What is posted stands in `sent`, and is posted with the hash that the release has this time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.db import transaction

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.seeded.site import Site

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
HOST = "https://content.example"  # of every address in an example
ACCEPT = {".ld": "application/ld+json", ".lines": "application/x-ndjson"}

# What another seeding tells otherwise: hashes, cursors, the days on which it was done and the people who did it.
_HASHES = re.compile(r"sha256:[0-9a-f]{64}|cursor=[^&]+")
_WHEN = (
    "published_at",
    "first_published_at",
    "last_reviewed",
    "next_review",
    "facts_as_of",
    "withdrawn_at",
    "acknowledged_at",
)
_UNSETTLED = frozenset({*_WHEN, "datePublished", "dateModified", "lastReviewed", "reviewed_by", "reviewedBy"})


@dataclass(frozen=True)
class Example:
    """One file."""

    file: Path

    @property
    def told(self) -> dict[str, Any]:
        """What the file holds."""
        return dict(orjson.loads(self.file.read_bytes()))

    def asked_again(self, site: Site) -> dict[str, Any]:
        """Return what the file would hold today: lists stay as short as they are in it."""
        sent, answer = self._sent(site), self.told["answer"]
        text = self._ask(site, sent).getvalue().decode().replace(settings.PUBLIC_BASE_URL, HOST)
        lines = [orjson.loads(line) for line in text.splitlines()]
        answered = _cut_like(answer, lines if ".lines" in self.file.suffixes else lines[0])
        return {**self.told, **({"sent": sent} if sent else {}), "answer": answered}

    def _sent(self, site: Site) -> dict[str, Any] | None:
        sent: dict[str, Any] | None = self.told.get("sent")
        return sent and {**sent, "hash": site.get(f"/api/v1/releases/{sent['release']}/")["hash"]}

    def _ask(self, site: Site, sent: dict[str, Any] | None) -> Response:
        request = self.told["request"]
        if sent is None:
            return site.reader.get(request, accept=ACCEPT.get(self.file.suffixes[0], "application/json"))
        with transaction.atomic():  # the others read what was there before
            answer = site.reader.post(request, sent)
            transaction.set_rollback(True)
        return answer


EXAMPLES = [Example(file) for file in sorted(FOLDER.iterdir())]


def settled(value: Any) -> Any:
    """Return an answer without what every seeding makes anew."""
    if isinstance(value, list):
        return [settled(one) for one in value]
    if isinstance(value, dict):
        return {name: None if name in _UNSETTLED else settled(one) for name, one in value.items()}
    return _HASHES.sub("…", value) if isinstance(value, str) else value


def _cut_like(old: Any, new: Any) -> Any:
    """Return an answer with the rows that an older one shows of it: those of its slugs, or else the first as many."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {name: _cut_like(old.get(name), value) for name, value in new.items()}
    if not isinstance(old, list) or not isinstance(new, list):
        return new
    by_slug = {one["slug"]: one for one in new if isinstance(one, dict) and "slug" in one}
    is_named = len(by_slug) == len(new)  # an item may quote several facts of another
    shown = [by_slug[one["slug"]] for one in old if one["slug"] in by_slug] if is_named else new
    return [_cut_like(*pair) for pair in zip(old, shown, strict=False)]
