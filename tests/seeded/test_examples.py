"""Every example in the OpenAPI document is what the demo answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.seeded.examples import EXAMPLES, settled

if TYPE_CHECKING:
    from tests.seeded.examples import Example
    from tests.seeded.site import Site


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.file.stem)
def test_is_what_the_demo_answers(site: Site, example: Example) -> None:
    assert settled(example.told) == settled(example.asked_again(site)), "Run `make examples`, and look at what changed."
