"""What a specimen says, and how it reads among others: told once from the rules, once from a delivered body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Name = tuple[str, str, str]  # id, slug, title: what a reference shows


@dataclass(frozen=True)
class Text:
    """What an editor wrote; references are content ids."""

    slug: str
    title: str
    shade: str = "PALE"
    stands_on: str | None = None  # goes with it
    cites: frozenset[str] = frozenset()  # left out without it
    seen_with: str | None = None  # of a mark, which is left out without it

    @property
    def references(self) -> set[str]:
        """Everything that it names."""
        return {*self.cites, *filter(None, [self.stands_on, self.seen_with])}

    def as_content(self) -> dict[str, Any]:
        """Return it as the members of a working copy."""
        marks = [{"key": "mark", "text": "A mark.", "seen_with": self.seen_with}] if self.seen_with else []
        return {
            "slug": self.slug,
            "title": self.title,
            "shade": self.shade,
            "stands_on": self.stands_on,
            "cites": sorted(self.cites),
            "marks": marks,
        }


@dataclass(frozen=True)
class Reading:
    """A text as the public reads it."""

    slug: str
    title: str
    shade: str
    stands_on: Name | None
    cites: frozenset[Name]
    seen_with: Name | None
    carries: tuple[Name, ...]  # id, slug, shade

    @property
    def shown(self) -> frozenset[str]:
        """The ids of everything in it."""
        return frozenset(one[0] for one in (*self.cites, *self.carries, self.stands_on, self.seen_with) if one)

    @property
    def facts(self) -> Reading:
        """All but the names and addresses of what it refers to, and its own address."""
        bare = frozenset((one[0], "", "") for one in self.cites)
        return replace(
            self, slug="", cites=bare, stands_on=_unnamed(self.stands_on), seen_with=_unnamed(self.seen_with)
        )


def reading(one: str, world: Mapping[str, Text]) -> Reading:
    """Return how a text reads when these are out."""
    text = world[one]
    carried = [(other, its.slug, its.shade) for other, its in world.items() if its.stands_on == one]
    return Reading(
        slug=text.slug,
        title=text.title,
        shade=text.shade,
        stands_on=_named(text.stands_on, world),
        cites=frozenset(name for other in text.cites if (name := _named(other, world))),
        seen_with=_named(text.seen_with, world),
        carries=tuple(sorted(carried, key=lambda name: name[1])),
    )


def delivered(body: Mapping[str, Any]) -> Reading:
    """Return how a text reads in a delivered body."""
    return Reading(
        slug=body["slug"],
        title=body["title"],
        shade=body["shade"],
        stands_on=_shown(body["stands_on"]),
        cites=frozenset(name for one in body["cites"] if (name := _shown(one))),
        seen_with=_shown(body["marks"][0]["seen_with"]) if body["marks"] else None,
        carries=tuple((one["id"], one["slug"], one["shade"]) for one in body["carries"]),
    )


def _named(one: str | None, world: Mapping[str, Text]) -> Name | None:
    return (one, world[one].slug, world[one].title) if one and one in world else None


def _unnamed(name: Name | None) -> Name | None:
    return (name[0], "", "") if name else None


def _shown(card: Mapping[str, str] | None) -> Name | None:
    return (card["id"], card["slug"], card["name"]) if card else None
