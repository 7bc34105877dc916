"""How many queries an answer costs: as committed in query_counts.json, whatever the corpus and the page size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

COUNTS: dict[str, int] = json.loads((Path(__file__).parent.parent / "query_counts.json").read_text())["library"]


@pytest.mark.parametrize("corpus", [1, 30])
@pytest.mark.parametrize("path", COUNTS)
def test_costs_what_is_committed(press: Press, reader: Reader, path: str, corpus: int) -> None:
    author, subject = Item("author", "austen"), Item("subject", "novel")
    facets = {"author": [str(author.content_id)], "subject": [str(subject.content_id)], "color": ["RED"]}
    shown = {"id": str(author.content_id), "kind": "author", "slug": "austen"}
    members = {"author": shown, "sequels": [shown], "disclaimers": []}
    books = [Item("book", f"book-{number}", facets, members=members) for number in range(corpus)]
    press.publish(author, subject, *books)

    with CaptureQueriesContext(connection) as queries:
        response = reader.get(path)
        assert response.getvalue()

    assert response.status_code == 200
    assert len(queries) == COUNTS[path], [query["sql"] for query in queries]


def test_costs_the_same_however_much_must_go(press: Press, reader: Reader) -> None:
    costs = set()
    for many in (1, 20):
        kept, gone = Item("book", f"kept-{many}"), [Item("book", f"gone-{many}-{number}") for number in range(many)]
        since = press.publish(kept, *gone).number
        press.publish(withdrawals=[Withdrawal(one, replaced_by=kept) for one in gone])
        with CaptureQueriesContext(connection) as queries:
            changes = reader.get(f"changes/?since={since}&page_size=200").json()
        assert len(changes["withdrawals"]) == many
        costs.add(len(queries))

    assert len(costs) == 1


def test_keeps_the_promised_budget() -> None:
    for path, count in COUNTS.items():
        if path.startswith("books/?"):
            references = ("author=" in path) + ("subject=" in path) + ("include=" in path)
            assert count <= 4 + references, path
        elif path.startswith("books/"):
            assert count <= (7 if "history" in path else 3 + 2 * ("include=" in path)), path
