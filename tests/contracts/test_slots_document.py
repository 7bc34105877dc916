"""The table of formats in docs/slots.md holds the formats in which facts of the real kinds can be quoted."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from content_api import kinds
from content_api.kinds import Fact, SetKey
from content_api.rendering.showing import card_of, facts_of
from content_api.rendering.world import Draft, EditionWorld

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "slots.md").read_text()
CONTENTS = orjson.loads((ROOT / "tests" / "rendering" / "golden" / "contents.json").read_bytes())


def documented() -> set[str]:
    table = DOCUMENT.partition("## The formats")[2].partition("## What is stored")[0]
    return set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE))


def facts() -> list[Fact]:
    """Return what may be quoted of every item of the golden contents, and of all items of each kind."""
    drafts = {one: _draft(stored) for one, stored in CONTENTS.items()}
    world = EditionWorld(release=0, entering=drafts)
    found = [fact for one, draft in drafts.items() for fact in facts_of(one, draft, world).values()]
    for kind in kinds.all_kinds():
        cards = [card_of(one, draft, world) for one, draft in drafts.items() if draft.kind is kind]
        keys = [SetKey.of(kind.name, **{name: "x"}) for name in kind.set_keys][:1]
        for members, pulled in ((cards, []), ([], []), (cards, cards), ([], cards)):
            found += [make(key, members, pulled) for make in kind.set_facts.values() for key in keys]
    return found


def _draft(stored: dict[str, object]) -> Draft:
    return Draft(kinds.get(str(stored["kind"])), lambda: dict(stored["content"]))  # type: ignore[call-overload]


@pytest.mark.django_db
def test_the_table_holds_every_format_and_no_other() -> None:
    assert {name for fact in facts() for name in fact.formats} == documented()


@pytest.mark.django_db
def test_every_fact_says_something_or_why_not() -> None:
    assert all(fact.refusal or any(fact.formats.values()) for fact in facts())
