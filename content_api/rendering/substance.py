"""The substance of an item: its text and facts as the public reads them, with no clock and no number in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from content_api.canonical_json import Json, canonical, sha256_of_text
from content_api.editions.models import ReferenceRole
from content_api.fields import OnWithdrawal
from content_api.rendering.world import card_of, facets_of, seen, url_of

if TYPE_CHECKING:
    from content_api.kinds import Facets, SetKey
    from content_api.rendering.world import Draft, EditionWorld

RENDERER = 1  # raise it when any output moves; the golden bytes in the tests fail if you forget

LICENSE = {"id": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}


@dataclass(frozen=True)
class Use:
    """Something that a text uses: an item (`target`), or a set that it follows."""

    role: ReferenceRole
    target: str | None = None
    cascades: bool = False
    shown: bool = True
    key: SetKey | None = None


@dataclass(frozen=True)
class Rendering:
    """An item as it reads in a world."""

    substance: Json
    canonical: str
    card: Json
    facets: Facets
    uses: list[Use]

    @property
    def sha256(self) -> str:
        """The hash of the substance."""
        return sha256_of_text(self.canonical)


@dataclass
class _Recorder:
    """A world that remembers which sets a text asked for, and whom it met there."""

    world: EditionWorld
    followed: dict[SetKey, None] = field(default_factory=dict)
    met: dict[str, None] = field(default_factory=dict)

    def card(self, content_id: str) -> Json | None:
        return self.world.card(content_id)

    def facets(self, content_id: str) -> Facets:
        return self.world.facets(content_id)

    def members(self, key: SetKey) -> list[Json]:
        cards = self.world.members(key)
        self.followed[key] = None
        self.met.update(dict.fromkeys(card["id"] for card in cards))
        return cards

    def pulled(self) -> list[Json]:
        return self.world.pulled()


def render(content_id: str, draft: Draft, world: EditionWorld) -> Rendering:
    """Return an item as it reads in a world, with all that it uses there."""
    recorder = _Recorder(world)
    card = card_of(content_id, draft, world)
    context = {"world": recorder, "content_id": content_id}
    members = dict(draft.kind.serializer(seen(content_id, draft, world), context=context).data)
    substance = _substance(card, members, url_of(draft.kind, draft.slug))
    return Rendering(
        substance=substance,
        canonical=canonical(substance),
        card=card,
        facets=facets_of(content_id, draft, world),
        uses=[*_references(draft, world), *_sets(recorder)],
    )


def _substance(card: Json, members: Json, url: str) -> Json:
    common = {name: card[name] for name in ("id", "kind", "slug", "url", "name")}
    rest = {name: value for name, value in members.items() if name not in {*common, "sources"}}
    return {
        **common,
        **rest,
        "sources": members.get("sources", []),
        "disclaimers": [],
        "attribution": _attribution(str(card["name"]), url),
        "license": LICENSE,
    }


def _attribution(name: str, url: str) -> Json:
    text = f"Cell Therapy Content API: {name}"
    return {"text": text, "html": f'<a href="{escape(url)}">{escape(text)}</a>', "url": url, "required": True}


def _references(draft: Draft, world: EditionWorld) -> list[Use]:
    cascading: dict[str, bool] = {}
    for reference in draft.kind.references(draft.content):
        cascades = reference.on_withdrawal is OnWithdrawal.CASCADE
        cascading[reference.target] = cascading.get(reference.target, False) or cascades
    world.prefetch(cascading)
    return [
        Use(ReferenceRole.REFERENCE, target=target, cascades=cascades, shown=world.is_live(target))
        for target, cascades in sorted(cascading.items())
    ]


def _sets(recorder: _Recorder) -> list[Use]:
    followed = [Use(ReferenceRole.SET, key=key) for key in recorder.followed]
    return [*followed, *(Use(ReferenceRole.EMBED, target=target) for target in recorder.met)]
