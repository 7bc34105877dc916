"""A partner site that reads everything, over HTTP and nothing else."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from content_api import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.delivery.conftest import Reader

Json = dict[str, Any]

LAST = 3  # the newest release of the seed


class Site:
    """What a site reads: items by kind and slug, whole releases, manifests."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.everything = cache(self._everything)

    @cached_property
    def collections(self) -> dict[str, str]:
        """The address of each kind's list."""
        ours = (kind for kind in kinds.all_kinds() if not kind.model.__module__.startswith("tests."))
        return {kind.name: f"/api/v1/{kind.collection}/" for kind in ours}

    def get(self, path: str) -> Json:
        """Return what an address answers."""
        response = self.reader.get(path)
        assert response.status_code == 200, (path, response.content[:500])
        return dict(response.json())

    def item(self, kind: str, slug: str, release: int = LAST) -> Json:
        """Return an item as it read in a release."""
        return self.get(f"{self.collections[kind]}{slug}/?release={release}")

    def manifest(self, release: int) -> dict[tuple[str, str], str]:
        """Return the checksum of everything that was live in a release, by kind and slug."""
        rows = self.get(f"/api/v1/releases/{release}/manifest/")["items"]
        return {(row["kind"], row["slug"]): row["checksum"] for row in rows}

    def _everything(self, release: int) -> dict[tuple[str, str], Json]:
        """Return every item of a release by kind and slug, read from the lists."""
        lists = (self._walk(f"{path}?page_size=200&release={release}") for path in self.collections.values())
        return {(one["kind"], one["slug"]): one for items in lists for one in items}

    def _walk(self, path: str) -> Iterator[Json]:
        page = self.get(path)
        yield from page["results"]
        if page["next"]:
            yield from self._walk(re.sub(r"^https?://[^/]+", "", page["next"]))


def words(item: Json) -> str:
    """Return the text of an answer as readers see it: the question, the short answer and the answer."""
    return "\n".join(item[name] or "" for name in ("question", "short_answer_markdown", "answer_markdown"))


def texts(value: object) -> Iterator[str]:
    """Yield every text in an answer of the API, whatever member it stands in."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)
