"""A service with a past: editions of the first renderer, made by the real actions, beside those of today's."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from content_api.releases import actions as releases
from content_api.releases import openings
from content_api.rendering import envelope, substance
from tests.proofs.accompanied import accompany
from tests.proofs.sites import committed_service
from therapies.models import Organization

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from content_api.canonical_json import Json
    from tests.proofs.sites import Service

CAME_LATER = {
    "approval": ("age_min_years_label", "prior_lines_min_label"),
    "therapy": ("trials",),
}
CAME_LATER_IN_ROWS = {"approval": {"events": "sentence", "biomarkers": "display"}}


class _NoFacts(dict[str, Any]):
    """A substance without facts, which today's publishing looks for."""

    def __missing__(self, name: str) -> list[Json]:
        if name == "facts":
            return []
        raise KeyError(name)


@contextmanager
def aged_service() -> Iterator[Service]:
    """Publish with the first renderer, then go on with today's: add kinds, rename, withdraw, pull."""
    with ExitStack() as opened:
        with first_renderer():
            service = opened.enter_context(committed_service())
        _move_on(service)
        yield service


def _move_on(service: Service) -> None:
    desk, dossier = service.desk, service.dossier
    accompany(dossier)
    dossier.write("target", "claudin", name="Claudin18.2", gene="CLDN18")
    dossier.write("tumor_type", "gastric", name="Stomach cancer", group="SOLID")
    for slug in ("closed-site", "wrong-site", "old-name"):
        dossier.write("organization", slug, name=f"A site: {slug}", roles=["SITE"], country="US")
    dossier.published()
    row = Organization.objects.get(slug="old-name")
    row.slug = "new-name"
    row.save()
    desk.record(row)
    desk.publish(*dossier.approved("old-name"))
    desk.withdraw(dossier.items["closed-site"])
    said: dict[str, Any] = {"reason": "ENTERED_IN_ERROR", "public_note": "It never was."}
    releases.pull(item=dossier.items["wrong-site"], person=desk.people.pia, **said)


@contextmanager
def first_renderer() -> Iterator[None]:
    """Approve and publish as the first renderer did: without `facts`, and without what came to some kinds later."""
    make = substance._substance

    def made(card: Json, members: Json, url: str) -> Json:
        return _without_what_came_later(make(card, members, url))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(substance, "_substance", made)
        patch.setattr(openings, "RENDERER", 1)
        patch.setattr(openings, "seal", _sealed)
        yield


def _without_what_came_later(whole: Json) -> Json:
    kind = whole["kind"]
    kept = _NoFacts((name, whole[name]) for name in whole if name not in ("facts", *CAME_LATER.get(kind, ())))
    for rows, member in CAME_LATER_IN_ROWS.get(kind, {}).items():
        kept[rows] = [{name: value for name, value in row.items() if name != member} for row in kept[rows]]
    return kept


def _sealed(made: Json, members: Mapping[str, Any]) -> tuple[str, str]:
    """Return the body and its checksum as they were before any text had facts."""
    item = orjson.loads(envelope.seal({**made, "facts": []}, members)[0])
    del item["facts"]
    item["checksum"] = envelope.checksum_of(item)
    return orjson.dumps(item).decode(), item["checksum"]
