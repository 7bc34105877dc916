"""What a partner site holds: built from the export, moved by changes, item by item and byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.delivery.conftest import Reader

State = dict[str, bytes]  # the bytes of each item, by id


@dataclass(frozen=True)
class Delta:
    """What leads from one release to another."""

    gone: frozenset[str]
    fresh: State

    def applied(self, state: State) -> State:
        """Return what a site holds that held this, and applied the delta."""
        return {one: body for one, body in state.items() if one not in self.gone} | self.fresh

    def after(self, first: Delta) -> Delta:
        """Return the one that does what `first` does, and then this."""
        fresh = {one: body for one, body in first.fresh.items() if one not in self.gone} | self.fresh
        return Delta((first.gone | self.gone) - fresh.keys(), fresh)


def exported(reader: Reader, release: int) -> State:
    """Return all that a release holds."""
    lines = reader.get(f"export/?release={release}").getvalue().splitlines()
    return {orjson.loads(line)["id"]: line for line in lines}


def pages(reader: Reader, query: str) -> list[dict[str, Any]]:
    """Return the pages of changes, to the last."""
    found, following = [], f"changes/?{query}"
    while following:
        response = reader.get(following)
        assert response.status_code == 200, response.content
        found.append(response.json())
        following = found[-1]["next"]
    return found


def delta(reader: Reader, since: int, until: int, size: int = 2) -> Delta:
    """Return what leads from one release to another."""
    return delta_of(pages(reader, f"since={since}&release={until}&page_size={size}"))


def delta_of(found: Iterable[dict[str, Any]]) -> Delta:
    """Return what some pages of changes say together."""
    gone, fresh = set[str](), State()
    for page in found:
        gone |= {one["id"] for one in page["withdrawals"]}
        fresh |= {one["id"]: orjson.dumps(one) for one in page["upserts"]}
    return Delta(frozenset(gone), fresh)


@dataclass
class Site:
    """A partner site as the guide tells it to be: it applies an answer only if that is the one it waits for."""

    items: State = field(default_factory=dict)
    release: int = 0
    hash: str = ""
    following: str = ""  # the address of the next page, while in the middle of a walk
    restarts: int = 0

    @property
    def request(self) -> str:
        """What it asks next."""
        known = f"&since_hash={self.hash}" if self.hash else ""
        return self.following or f"changes/?since={self.release}{known}&page_size=2"

    def take(self, request: str, status: int, answer: dict[str, Any]) -> None:
        """Take an answer, whenever it comes and however often."""
        if request != self.request:
            return
        if status == 409:
            self.items, self.release, self.hash, self.following = {}, 0, "", ""
            self.restarts += 1
            return
        assert status == 200, answer
        self.items = delta_of([answer]).applied(self.items)
        self.following = answer["next"] or ""
        if not self.following:
            self.release, self.hash = answer["release"], answer["hash"]
