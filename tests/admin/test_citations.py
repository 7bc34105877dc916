"""The sources beside a review: each once, with every place of the text that cites it."""

from __future__ import annotations

from content_api.editorial.admin.citations import citations

NOTICE = {"id": "1", "kind": "source", "name": "A notice"}
PAPER = {"id": "2", "kind": "source", "name": "A paper"}


def test_a_source_is_listed_once_with_each_place_that_cites_it() -> None:
    rows = [
        {"source": NOTICE, "locator": "p. 1"},
        {"source": NOTICE, "locator": "p. 1"},
        {"source": PAPER, "locator": ""},
        {"source": NOTICE, "locator": "p. 2"},
    ]
    first, second = citations({"events": [{"key": "approved", "sources": rows}]})

    assert (first.source, [locator for _, locator in first.uses]) == (NOTICE, ["p. 1", "p. 2"])
    assert (second.source, len(second.uses)) == (PAPER, 1)
