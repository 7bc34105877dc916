"""Whether every edition is still what went out, and would read the same if it were rendered today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from content_api.canonical_json import sha256, sha256_of_text
from content_api.editions.models import Edition, PublishedContent
from content_api.rendering.closure import draft_of
from content_api.rendering.envelope import checksum_of, envelope_in, seal, substance_in
from content_api.rendering.substance import RENDERER, Rendering, render
from content_api.rendering.world import EditionWorld

if TYPE_CHECKING:
    from collections.abc import Iterator


def edition_problems(edition: Edition) -> Iterator[str]:
    """Yield what is wrong with one edition: its bytes, and its rendering if today's renderer made it."""
    try:
        yield from _problems(edition)
    except Exception as error:  # noqa: BLE001 - damaged rows may break anything; each must be named, and the next read
        yield f"it cannot be read: {error!r}"


def _problems(edition: Edition) -> Iterator[str]:
    item = orjson.loads(edition.body)
    if not edition.checksum == item.get("checksum") == checksum_of(item):
        yield "its bytes are not what its checksum says"
        return
    if sha256(substance_in(edition.body)) != edition.substance_sha256:
        yield "its substance is not what its hash says"
    if (item["release"], item["version"], item["slug"]) != (edition.from_release_id, edition.version, edition.slug):
        yield "its columns do not say what its bytes say"
    if edition.renderer == RENDERER:
        yield from _rendering_problems(edition)


def render_again(edition: Edition) -> Rendering:
    """Return an edition as today's renderer reads its content, among what was live in its release."""
    stored = PublishedContent.objects.get(pk=edition.content_sha256)
    return render(str(edition.content_id), draft_of(stored), EditionWorld(release=edition.from_release_id))


def content_problems(stored: PublishedContent) -> Iterator[str]:
    """Yield what is wrong with the content behind editions."""
    if sha256_of_text(stored.content) != stored.sha256:
        yield "it is not what its hash says"


def _rendering_problems(edition: Edition) -> Iterator[str]:
    again = render_again(edition)
    body, _ = seal(again.substance, envelope_in(edition.body))
    if body != edition.body:
        yield "rendered again, it reads differently"
    if again.card != orjson.loads(edition.card):
        yield "rendered again, it shows something else of itself to others"
    if again.facts != edition.facts:
        yield "rendered again, it lets others quote something else"
