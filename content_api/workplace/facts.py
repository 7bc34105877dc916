"""The fact picker: find a record, see its facts as they will read, and take the slot that quotes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from content_api import kinds
from content_api.editions.models import Edition
from content_api.editorial import queries
from content_api.fields import UUID_PATTERN
from content_api.people import roles_of
from content_api.rendering.quoting import plain, quote
from content_api.rendering.slots import Slot
from content_api.rendering.world import EditionWorld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.kinds import Fact, Kind

MOST = 30  # records that one search shows


@dataclass(frozen=True)
class Offer:
    """A slot that may be taken: its text as editors type it, the words that it becomes, and why it may not be taken."""

    slot: str
    words: str
    refusal: str = ""


def facts_page(request: HttpRequest, frame: Any) -> HttpResponse:
    """Show the records that are searched for, or the facts of the one that was chosen."""
    if not roles_of(request.user):
        raise PermissionDenied
    world = EditionWorld(release=queries.current_release(), waiting=queries.pending_drafts())
    chosen, wanted = request.GET.get("item", ""), request.GET.get("q", "").strip()
    card = world.card(chosen) if UUID_PATTERN.match(chosen) else None
    context = {
        "title": "Facts",
        "q": wanted,
        "card": card,
        "offers": list(_offers(card, world)) if card else [],
        "sets": list(_sets(card, world)) if card else [],
        "records": [] if card else _records(wanted, world),
    }
    if request.headers.get("X-Requested-With") == "fetch":
        return TemplateResponse(request, "admin/editorial/parts/facts.html", context)
    return TemplateResponse(request, "admin/editorial/facts.html", {**frame(request), **context})


def _records(wanted: str, world: EditionWorld) -> list[Json]:
    """Return the records whose name or slug holds every word, those that wait in review before those that are out."""
    words = wanted.lower().split()
    quotable = [kind.name for kind in kinds.all_kinds() if _has_facts(kind)]
    live = Edition.objects.filter(until_release=None, kind__in=quotable)
    for word in words:
        live = live.filter(name__icontains=word) | live.filter(slug__icontains=word)
    coming = [card for card in map(world.card, queries.pending_drafts()) if card and card["kind"] in quotable]
    found = [card for card in coming if all(word in f"{card['name']} {card['slug']}".lower() for word in words)]
    rows = live.order_by("kind", "slug").values("content_id", "kind", "slug", "name")[:MOST]
    return [*found, *({**row, "id": str(row["content_id"])} for row in rows)][:MOST]


def _has_facts(kind: Kind) -> bool:
    return kind.facts is not kinds.Kind.__dataclass_fields__["facts"].default


def _offers(card: Json, world: EditionWorld) -> Iterator[Offer]:
    for path, fact in sorted((world.quotable(card["id"]) or {}).items()):
        yield from _of_fact(card, path, fact)


def _of_fact(card: Json, path: str, fact: Fact) -> Iterator[Offer]:
    for index, (form, words) in enumerate(fact.formats.items()):
        slot = Slot(card["kind"], path, form if index else "", item=card["slug"])
        if words:
            yield Offer(str(slot), plain(words), fact.refusal)


def _sets(card: Json, world: EditionWorld) -> Iterator[Offer]:
    """Yield what can be said of the sets that are about a record: the approvals of a therapy."""
    for kind in kinds.all_kinds():
        for key in (name for name, about in kind.set_keys.items() if about == card["kind"]):
            for name in sorted(kind.set_facts):
                said = quote(Slot(kind.plural, name, keys=((key, card["id"]),)), world)
                shown = Slot(kind.plural, name, keys=((key, card["slug"]),))
                yield Offer(str(shown), said.words, said.problem)
