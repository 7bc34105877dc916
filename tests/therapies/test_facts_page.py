"""The page on which editors look up facts says what the kinds declare, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content_api import kinds
from content_api.editions.models import Edition
from content_api.kinds import SetKey
from content_api.rendering.world import EditionWorld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.kinds import Fact
    from tests.therapies.cabinet import Cabinet

pytestmark = pytest.mark.django_db

PAGE = (Path(__file__).parents[2] / "docs" / "facts.md").read_text()
KEYED = re.compile(
    r"\b(arms|eligibility|results|values|events|holders|biomarkers|aliases|treatment-steps|risks)\.[a-z0-9-]+"
)


def rows(section: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the three columns of a table: the first, and the code words in the two others."""
    for line in section.splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[1:-1]]
        if len(cells) == 3 and cells[0]:
            yield cells[0][0], cells[1], cells[2]


def told(section: str) -> dict[tuple[str, str], list[str]]:
    """Return the formats of each path (or name) of each kind (or set), as the page tells them."""
    return {(of, path): formats for of, paths, formats in rows(section) for path in paths}


def offered(facts: dict[str, Fact], kind: str) -> Iterator[tuple[tuple[str, str], list[str]]]:
    for path, fact in facts.items():
        yield (kind, KEYED.sub(r"\1.<key>", path)), list(fact.formats)


def test_every_path_of_every_kind_is_on_the_page(cabinet: Cabinet) -> None:
    page = told(PAGE.partition("## A set")[0])
    world = EditionWorld(release=1)
    found: dict[tuple[str, str], set[str]] = {}
    for kind, content_id in Edition.objects.values_list("kind", "content_id"):
        for key, formats in offered(dict(world.quotable(str(content_id)) or {}), kind):
            found.setdefault(key, set()).update(formats)

    assert {key: set(formats) for key, formats in page.items()} == found


def test_every_set_is_on_the_page(cabinet: Cabinet) -> None:
    ours = [kind for kind in kinds.all_kinds() if kind.set_facts and kind.model.__module__.startswith("therapies")]
    found = {
        (kind.plural, name): list(make(SetKey.of(kind.name), [], []).formats)
        for kind in ours
        for name, make in kind.set_facts.items()
    }
    keys = dict(re.findall(r"^\| `(\w+)` \| (`[^|]*`) \|$", PAGE, re.MULTILINE))

    assert told(PAGE.partition("## A set")[2]) == found
    assert {kind.plural: ", ".join(f"`{name}`" for name in kind.set_keys) for kind in ours} == keys


def test_the_first_format_on_the_page_is_the_one_that_a_slot_gets(cabinet: Cabinet) -> None:
    page = told(PAGE.partition("## A set")[0])
    facts = EditionWorld(release=1).quotable(cabinet.id_of("ct041-st-01")) or {}
    full = {key: formats for key, formats in offered(dict(facts), "trial") if len(formats) == len(page[key])}

    assert full == {key: page[key] for key in full}
    assert ("trial", "results.<key>.comparison") in full
