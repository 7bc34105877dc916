"""What a curious stranger asks: every public address, with every parameter and many values, pinned and not."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_plus, urlsplit

import orjson

from content_api import urls as _urls  # noqa: F401 - the addresses of the real kinds, before a test adds others
from content_api.content_items import ContentItem
from content_api.editions.models import PublicSlug, PublishedRelease
from content_api.editions.queries import current_number
from content_api.problems.catalog import CATALOG
from tests.proofs.addresses import Address, public

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from content_api.delivery.parameters import Parameter
    from tests.delivery.conftest import Reader

JSON = (("Content-Type", "application/json"),)
NEVER_THE_SAME = {"X-Request-Id", "Date"}
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"Accept-Encoding": "gzip"},
    {"Accept": "application/ld+json"},
    {"If-None-Match": "*"},
    {"Authorization": ""},
    {"Authorization": "Bearer cak_000000000000_none"},
)
ROOMS_BEHIND = (
    *("state", "draft", "preview", "version", "submitted_by", "reviewer", "comment", "contributions", "search", "q"),
    *(
        "ordering",
        "fields",
        "include",
        "filter[state]",
        "item__versions__state",
        "edition__body__contains",
        "_connector",
    ),
)
VALUES_OF_A_VOCABULARY = 8


@dataclass(frozen=True)
class Question:
    """One request."""

    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: bytes = b""

    def ask(self, reader: Reader) -> Answer:
        """Ask it, and return all that came back."""
        sent = {"Authorization": f"Bearer {reader.key}", **dict(self.headers)}
        target = f"{self.path}?{self.query}" if self.query else self.path
        response = reader.client.generic(self.method, target, self.body, headers=sent)
        kept = {name: text for name, text in response.headers.items() if name not in NEVER_THE_SAME}
        return Answer(response.status_code, tuple(sorted(kept.items())), response.getvalue())

    def __str__(self) -> str:
        return unquote_plus(f"{self.method} {self.path}?{self.query} {self.headers} {self.body.decode()}")


@dataclass(frozen=True)
class Answer:
    """All that came back, but for what no two answers share."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __str__(self) -> str:
        return f"{self.status} {self.headers} {self.body.decode(errors='replace')}"

    @property
    def next(self) -> Question | None:
        """The next page, if this is one of a list."""
        if self.status != 200 or b'"next":"http' not in self.body:
            return None
        address = urlsplit(orjson.loads(self.body)["next"])
        return Question(address.path, address.query)


@dataclass
class Curiosity:
    """Everything that can be asked of the database as it stands; `words` are asked for where free text is taken."""

    words: list[str]
    addresses: list[Address] = field(default_factory=public)
    latest: int = field(default_factory=lambda: current_number() or 0)

    def __post_init__(self) -> None:
        slugs = PublicSlug.objects.values_list("kind", "slug")
        ids = ContentItem.objects.values_list("kind", "content_id")
        self.known = sorted({(kind, str(name)) for kind, name in (*slugs, *ids)})

    def questions(self, seed: int, most: int) -> list[Question]:
        """Return all of them, or as many as wanted: what every address must be asked, and a few more."""
        chance, chosen = random.Random(seed), []  # noqa: S311 - no secret
        for address in self.addresses:
            chosen += self._always(address)
            every = list(self._of(address))
            share = max(3, most // len(self.addresses))
            chosen += every if len(every) <= share or most <= 0 else chance.sample(every, share)
        return chosen

    def _always(self, address: Address) -> list[Question]:
        """Return each way of asking, and what a draft that is nobody's business would be called."""
        first, needed = address.path(quote(self._open_places(address)[0])), self._needed(address)
        asked = [Question(first, needed, headers=tuple(headers.items())) for headers in HEADERS]
        words = self.words if address.captures == ["address"] else []
        said = self._said() if address.is_posted_to else []
        posted = [Question(first, headers=JSON, method="POST", body=orjson.dumps(one)) for one in said]
        return asked + [Question(address.path(quote(word))) for word in words] + posted

    def _said(self) -> list[dict[str, object]]:
        """Return what may be said of releases: true, false, of one that may be in the making, and with overheard names."""
        hashes = dict(PublishedRelease.objects.values_list("number", "hash"))
        true = {"release": self.latest, "hash": hashes[self.latest]}
        others = [{**true, "release": number} for number in (1, self.latest + 1)]
        return [true, *others, *({**true, word: 1} for word in self.words)]

    def _of(self, address: Address) -> Iterator[Question]:
        paths = [address.path(quote(value)) for value in self._open_places(address)]
        needed = self._needed(address)
        for path, headers in product(paths, HEADERS):
            yield Question(path, needed, headers=tuple(headers.items()))
        for path, release in product(paths, self._releases(address)):
            yield _question(path, needed, release)
        for parameter, release in product(address.parameters, self._releases(address)[::2]):
            others = "" if parameter.is_required else needed
            for value in self._values(parameter):
                yield _question(paths[0], others, f"{parameter.name}={quote(value)}", release)
        for name in ROOMS_BEHIND:
            yield _question(paths[0], needed, f"{name}={quote(self.words[0])}")

    def _needed(self, address: Address) -> str:
        """Return a good query of what must be there."""
        needed = (one for one in address.parameters if one.is_required)
        return "&".join(f"{one.name}={quote(_good_value(one))}" for one in needed)

    def _open_places(self, address: Address) -> list[str]:
        match address.captures:
            case ["address"]:
                known = [name for kind, name in self.known if kind == address.kind]
                return ["satri-cel", *known, "never-was", *self.words]
            case ["number"]:
                return [str(number) for number in range(self.latest + 2)]
            case ["code"]:
                return [*sorted(CATALOG), "never-was"]
            case ["name"]:
                return ["errors", "never-was", *self.words]
            case _:
                return [""]

    def _releases(self, address: Address) -> list[str]:
        if all(one.name != "release" for one in address.parameters):
            return [""]
        return ["", *(f"release={number}" for number in (1, 2, self.latest, self.latest + 1))]

    def _values(self, parameter: Parameter) -> Iterable[str]:
        schema: Any = parameter.schema.get("items", parameter.schema)
        if "enum" in schema:
            return [*schema["enum"][:VALUES_OF_A_VOCABULARY], "US", "CN", self.words[0]]
        if schema.get("type") == "integer":
            return [str(number) for number in (0, 1, 2, self.latest, self.latest + 1)]
        if schema.get("format") == "date-time":
            return ["2025-03-01T00:00:00Z", "2999-01-01T00:00:00Z", *self.words[:1]]
        if schema.get("format") == "date":
            return ["2025-03-01", "2025-07-02", "2999-01-01"]
        words = [*(name for _, name in self.known), *self.words, f"10.1234/{self.words[-1]}"]
        return (
            [f"{system}|{word}" for system in ("NCT", "DOI") for word in words] if parameter.name == "code" else words
        )


def _good_value(parameter: Parameter) -> str:
    return "1" if parameter.schema.get("type") == "integer" else "cell*"


def _question(path: str, *parts: str) -> Question:
    return Question(path, "&".join(part for part in parts if part))
