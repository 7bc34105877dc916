"""The bytes of a rendering move only with the number of the renderer.

`golden/contents.json` holds approved content of every kind; `golden/renderer-N.ndjson` what renderer N made of some
of it. When output is meant to move, raise RENDERER: this test then writes the new bytes, and fails once so that
somebody looks at them before they are committed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import pytest

from content_api import kinds
from content_api.rendering.envelope import Envelope, checksum_of, envelope_in, seal, substance_in
from content_api.rendering.substance import RENDERER, render
from content_api.rendering.world import Draft, EditionWorld

GOLDEN = Path(__file__).parent / "golden"
CONTENTS = orjson.loads((GOLDEN / "contents.json").read_bytes())
SHOWN = [
    "ct041-st-01",
    "satri-cel-nmpa",
    "afami-cel-fda",
    "satri-cel",
    "car-t",
    "claudin18-2",
    "gastric-adenocarcinoma",
    "nmpa",
    "lancet-ct041-st-01",
    "why-solid-tumors-are-harder",
    "about-these-answers",
]
ENVELOPE = Envelope(
    version=3,
    release=7,
    published_at=datetime(2026, 6, 22, 8, tzinfo=UTC),
    first_published_at=datetime(2026, 4, 29, 8, tzinfo=UTC),
    last_reviewed=date(2026, 6, 22),
    next_review=date(2026, 9, 20),
    facts_as_of=date(2026, 6, 22),
    reviewed_by=[{"role": "Medical reviewer", "name": "Mei Example", "credentials": None}],
    change={"type": "WORLD_CHANGED", "note": "Approved in China."},
)


def _draft(one: dict[str, object]) -> Draft:
    return Draft(kinds.get(str(one["kind"])), lambda: dict(one["content"]))  # type: ignore[call-overload]


def _bodies() -> list[str]:
    drafts = {content_id: _draft(one) for content_id, one in CONTENTS.items()}
    world = EditionWorld(release=0, entering=drafts)
    by_slug = {draft.slug: content_id for content_id, draft in drafts.items()}
    ids = [by_slug[slug] for slug in SHOWN]
    return [seal(render(one, drafts[one], world).substance, ENVELOPE.members())[0] for one in ids]


@pytest.mark.django_db
def test_the_bytes_are_those_of_the_renderer() -> None:
    golden = GOLDEN / f"renderer-{RENDERER}.ndjson"
    bodies = _bodies()
    if not golden.exists():
        golden.write_text("\n".join(bodies) + "\n")
        pytest.fail(f"{golden.name} did not exist and was written. Look at it, and commit it if that is what is meant.")
    for slug, body, expected in zip(SHOWN, bodies, golden.read_text().splitlines(), strict=True):
        assert body == expected, f"The bytes of {slug} moved: raise RENDERER if that is meant."


@pytest.mark.parametrize("number", range(1, RENDERER))
def test_what_an_earlier_renderer_made_can_still_be_read(number: int) -> None:
    for body in (GOLDEN / f"renderer-{number}.ndjson").read_text().splitlines():
        item = orjson.loads(body)
        assert checksum_of(item) == item["checksum"]
        assert substance_in(body).keys() | envelope_in(body).keys() >= item.keys()


def test_every_kind_is_in_it() -> None:
    assert {one["kind"] for one in CONTENTS.values()} == {kind.name for kind in kinds.all_kinds()}
