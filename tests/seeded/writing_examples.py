"""Writes docs/examples anew, as the demo answers today: `make examples`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tests.seeded.examples import EXAMPLES, settled

if TYPE_CHECKING:
    from tests.seeded.site import Site


def test_writes_what_the_demo_answers(site: Site) -> None:
    for example in EXAMPLES:
        anew = example.asked_again(site)
        if settled(anew) != settled(example.told):  # else ids and hashes stay as they are
            example.file.write_bytes(orjson.dumps(anew, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
