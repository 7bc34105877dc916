"""What a kind of content must declare to go from an editor's row to a partner site's JSON; the registry.

A kind lives in a content app and registers itself when the app is ready. Everything else (versions, review,
releases, routes, OpenAPI, checks) comes from its declaration: adding one touches nothing of the platform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from content_api import shapes
from content_api.refusals import Refused

if TYPE_CHECKING:
    from datetime import date

    from content_api.canonical_json import Json
    from content_api.content_items import WorkingCopy
    from content_api.readers import Reader

Facets = Mapping[str, list[str]]  # what an edition can be found by: facet name → values


class ReviewRole(StrEnum):
    """The roles that a text may need a verdict from. The values are the names of Django groups."""

    MEDICAL = "Medical reviewer"
    REGULATORY = "Regulatory reviewer"


class Severity(StrEnum):
    """What a finding does to a submission."""

    ERROR = "ERROR"  # refuses it
    WARNING = "WARNING"  # goes to the reviewer


@dataclass(frozen=True)
class Finding:
    """Something that a check noticed in content, and where (a JSON pointer)."""

    severity: Severity
    code: str
    pointer: str
    message: str


@dataclass(frozen=True)
class SetKey:
    """The live items of a kind whose facets hold all of these values."""

    kind: str
    facets: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kind: str, **facets: str) -> SetKey:
        """Return the key of the set of `kind` items that have these facets."""
        return cls(kind, tuple(sorted(facets.items())))

    @property
    def shape(self) -> str:
        """Which facets this key asks for: `approval(therapy)`."""
        return f"{self.kind}({','.join(name for name, _ in self.facets)})"

    def holds(self, facets: Facets) -> bool:
        """Tell whether an item of the kind with these facets is in the set."""
        return all(value in facets.get(name, []) for name, value in self.facets)

    def __str__(self) -> str:
        return f"{self.kind}({','.join(f'{name}={value}' for name, value in self.facets)})"


@dataclass(frozen=True)
class Fact:
    """Something that prose may quote of an item or a set, in words made by the code that words the record itself.

    `formats` holds the words by format; the first is used where a slot names none. `sources` are the content ids of
    what it stands on, `verification` the best of theirs. `refusal` says why it may not be quoted (it is superseded,
    or not verified) and what to quote instead; empty if it may.
    """

    formats: Mapping[str, str]
    sources: tuple[str, ...] = ()
    verification: str | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Searchable:
    """Where words are looked for in what is delivered of an item, by how much a hit there counts.

    Each place is a path of members, with `*` for every row of a list: `aliases.*.name`. Other names belong to `title`.
    """

    title: tuple[str, ...] = ("name",)
    short: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkedData:
    """How a kind reads in schema.org's words: functions of delivered items and of the API's public address.

    `item` makes a node of one item; `page`, where there is such a thing, one of the items of a list.
    """

    item: Callable[[Json, str], Json]
    page: Callable[[list[Json], str], Json] | None = None


Facts = Mapping[str, Fact]  # path of a slot → what it quotes
# From the cards of a set's members, and the last cards of those whose pull waits: unknown for now, and said to be.
SetFact = Callable[["SetKey", "list[Json]", "list[Json]"], Fact]


@dataclass(frozen=True)
class Rule:
    """What an item accompanies: the items of `kinds` (none: every kind) that meet each of the `facets`.

    A facet is met by an item that has any of its values, or that leaves it open. A facet without values asks nothing.
    """

    kinds: frozenset[str]
    facets: Mapping[str, frozenset[str]]
    mandatory: bool

    def reaches(self, kind: str) -> bool:
        """Tell whether items of a kind can meet it at all."""
        return not self.kinds or kind in self.kinds

    def applies(self, kind: str, facets: Facets) -> bool:
        """Tell whether an item of that kind, with these facets, carries what has this rule."""
        return self.reaches(kind) and all(
            not wanted or not facets.get(name) or not wanted.isdisjoint(facets[name])
            for name, wanted in self.facets.items()
        )


class World(Protocol):
    """What a rendering may see: the items that are live in the release it is made for, and nothing else."""

    def card(self, content_id: str) -> Json | None:
        """Return what an item shows of itself to others, or None if it is not live."""

    def facets(self, content_id: str) -> Facets:
        """Return what a live item can be found by."""

    def quotable(self, content_id: str) -> Facts | None:
        """Return what prose may quote of an item, or None if it is not live."""

    def members(self, key: SetKey) -> list[Json]:
        """Return the cards of a set's live members, ordered by slug."""

    def pulled(self) -> list[Json]:
        """Return the last cards of items whose pull waits for its second person."""

    def pulled_members(self, key: SetKey) -> list[Json]:
        """Return those of them that were found in a set, ordered by slug."""


def _nothing(_content: Json, _world: World) -> Json:
    return {}


def _no_facets(_content: Json, _world: World) -> Facets:
    return {}


def _about_nothing(_content: Json) -> list[str]:
    return []


def _no_facts(_content: Json, _world: World) -> Facts:
    return {}


def _no_findings(_content: Json, _world: World, _today: date) -> list[Finding]:
    return []


def _medical(_content: Json) -> frozenset[ReviewRole]:
    return frozenset({ReviewRole.MEDICAL})


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type of content.

    Content comes to these functions pruned of what is not live, with `id` and `under_correction` (something that it
    refers to was pulled, and a second person has not confirmed it yet) beside the working copy's members.
    `serializer` is the public shape: a DRF serializer run once, at publish.
    `card` is what others may read of an item, beyond id, kind, slug, name and url; it reads the item's own
    content and the cards of what that refers to, never an embed. `facets` is what lists filter by and sets ask
    for; values are content ids, enum values or ISO dates. `filters` is the django-filter FilterSet of its list.
    `facts` is what prose may quote of an item, by path (`results.os-itt.values.satri-cel`: child rows by their key);
    like a card it reads the item's own content and cards. `set_facts` is what prose may quote of a set of its items,
    by name, and `set_keys` the facets by which such a set may be asked for, each with the kind of item that its value
    is the id of ("" for a plain value, of which `set_values` has the words): none that a pull may put in doubt. `branches`
    is the facet by which items of this kind lie below one another: a set asked for by one leaves out what lies below.
    `orderings` are the facets that its list may be ordered by, beside what every list offers; `default_ordering` is the
    order that nobody asked for. `searchable` is where search looks. `linked_data` is its JSON-LD, if it has one.
    `about` names the items that a text is about, by content id: it falls due for review when what refers to one of
    them is added or changed.
    `accompanies` makes the kind a disclaimer: it reads, off an item's card, the rule by which others carry it. There is
    one such kind. Items of a kind that `requires_disclaimer` are not published without a mandatory one.
    `site_members` are those members of an item that depend on the site that reads it, as on a day; they stand in no
    edition and in no checksum.
    `required_roles` are those whose approval a text needs, `quoting_roles` what any text that quotes this kind needs too.
    `upcasters[n]` turns content of schema version n into n + 1.
    """

    name: str
    collection: str
    plural: str
    model: type[WorkingCopy]
    serializer: Any
    filters: Any = None
    name_of: Callable[[Json], str]
    card: Callable[[Json, World], Json] = _nothing
    facets: Callable[[Json, World], Facets] = _no_facets
    facts: Callable[[Json, World], Facts] = _no_facts
    set_facts: Mapping[str, SetFact] = field(default_factory=dict)
    set_keys: Mapping[str, str] = field(default_factory=dict)
    set_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    branches: str = ""
    about: Callable[[Json], list[str]] = _about_nothing
    accompanies: Callable[[Json], Rule] | None = None
    requires_disclaimer: bool = False
    site_members: Callable[[Json, Reader, date], Json] | None = None
    check: Callable[[Json, World, date], list[Finding]] = _no_findings
    orderings: tuple[str, ...] = ()
    default_ordering: str = "slug"
    searchable: Searchable = Searchable()
    linked_data: LinkedData | None = None
    required_roles: Callable[[Json], frozenset[ReviewRole]] = _medical
    quoting_roles: frozenset[ReviewRole] = frozenset()
    schema_version: int = 1
    upcasters: Mapping[int, Callable[[Json], Json]] = field(default_factory=dict)
    subresources: tuple[tuple[str, Any], ...] = ()  # (path below the item's address, view class)

    @cached_property
    def shape(self) -> shapes.Shape:
        """The members of the working copy."""
        return shapes.shape_of(self.model)

    @property
    def has_subjects(self) -> bool:
        """Tell whether its items are about other items, and fall due when what refers to those moves."""
        return self.about is not _about_nothing

    @property
    def label(self) -> str:
        """The kind's name for people: `tumor type`."""
        return self.name.replace("_", " ")

    def upcast(self, content: Json, schema_version: int) -> Json:
        """Return stored content in today's schema version."""
        for version in range(schema_version, self.schema_version):
            content = self.upcasters[version](content)
        return content

    def references(self, content: Json) -> list[shapes.Reference]:
        """Return every reference that content makes to other items."""
        return list(shapes.references(self.shape, content))


_registry: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known to the platform; done once, when its app is ready."""
    taken = [k for k in _registry.values() if k.collection == kind.collection and k.name != kind.name]
    if taken:
        msg = f"The collection “{kind.collection}” belongs to {taken[0].name}."
        raise ValueError(msg)
    if kind.accompanies and any(k.accompanies and k.name != kind.name for k in _registry.values()):
        msg = "There is one kind that accompanies others, so that a text can link to it by slug alone."
        raise ValueError(msg)
    _registry[kind.name] = kind


def get(name: str) -> Kind:
    """Return the kind of that name; raises Refused if there is none."""
    if name not in _registry:
        raise Refused("unknown-kind", f"There is no kind “{name}”. The kinds are {', '.join(sorted(_registry))}.")
    return _registry[name]


def accompanying() -> Kind | None:
    """Return the kind whose items accompany others by rule, if there is one."""
    return next((kind for kind in _registry.values() if kind.accompanies), None)


def all_kinds() -> list[Kind]:
    """Return every kind, by name."""
    return [_registry[name] for name in sorted(_registry)]
