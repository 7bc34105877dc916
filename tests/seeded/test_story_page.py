"""The page that tells the story shows what the API really answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.seeded.site import Site

PAGE = (Path(__file__).parents[2] / "docs" / "story.md").read_text()
EXCERPTS = re.findall(r"^```\nGET (\S+)\n(.+?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
SHOWN = "…"


def differs(shown: object, answered: object, place: str = "") -> str:
    """Return where an excerpt says something else than the answer; members may be left out, text between “…” too."""
    if isinstance(shown, dict) and isinstance(answered, dict):
        found = (differs(value, answered.get(name, SHOWN), f"{place}/{name}") for name, value in shown.items())
        return next((one for one in found if one), "")
    if isinstance(shown, list) and isinstance(answered, list) and len(shown) == len(answered):
        found = (differs(one, answered[index], f"{place}/{index}") for index, one in enumerate(shown))
        return next((one for one in found if one), "")
    if isinstance(shown, str) and isinstance(answered, str) and shown.startswith(SHOWN):
        return "" if shown.strip(SHOWN) in answered else place
    return "" if shown == answered else place


def test_shows_excerpts() -> None:
    assert len(EXCERPTS) == PAGE.count("\nGET ") > 5


@pytest.mark.parametrize(("address", "excerpt"), EXCERPTS, ids=[address for address, _ in EXCERPTS])
def test_each_excerpt_is_what_the_address_answers(site: Site, address: str, excerpt: str) -> None:
    assert differs(json.loads(excerpt), site.get(address)) == ""


def test_a_wrong_excerpt_would_be_noticed() -> None:
    assert differs({"a": [{"b": 1}]}, {"a": [{"b": 2}], "c": 3}) == "/a/0/b"
    assert differs({"a": 1}, {}) == "/a"
    assert differs({"a": "…x…"}, {"a": "wxy"}) == ""
