"""A whole release, streamed."""

from __future__ import annotations

import gzip
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from content_api.delivery import export
from content_api.editions import queries
from content_api.editions.models import Edition
from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

BOOKS = [Item("book", f"book-{number}") for number in range(5)]


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read two releases."""
    press.publish(*BOOKS, Item("author", "austen"))
    press.publish(replace(BOOKS[0], text="Told again."), withdrawals=[Withdrawal(BOOKS[1])])
    return reader


def test_holds_every_item_on_a_line_in_the_order_of_the_manifest(reader: Reader) -> None:
    response = reader.get("export/")

    bodies = Edition.objects.live_in(2).order_by("content_id").values_list("body", flat=True)
    assert response.getvalue().decode() == "".join(f"{body}\n" for body in bodies)
    assert len(bodies) == 5
    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert (response.headers["Content-Release"], response.headers["Content-Redacted"]) == ("2", "0")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_is_the_same_however_much_is_read_at_a_time(reader: Reader, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    whole = reader.get("export/?release=1").getvalue()
    monkeypatch.setattr(export, "_AT_A_TIME", size)

    assert reader.get("export/?release=1").getvalue() == whole
    packed = list(reader.get("export/?release=1", Accept_Encoding="gzip"))
    assert gzip.decompress(b"".join(packed)) == whole
    assert all(packed), "an empty chunk would end the answer"
    assert whole.count(b"\n") == 6


def test_leaves_out_what_was_pulled_and_counts_it(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(BOOKS[2], is_pull=True)])

    response = reader.get("export/?release=1")

    assert response.headers["Content-Redacted"] == "1"
    assert b"book-2" not in response.getvalue()
    assert reader.get("export/").headers["Content-Redacted"] == "0"


def test_stops_showing_what_is_pulled_while_it_is_read(
    press: Press, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_AT_A_TIME", 1)
    response = reader.get("export/")
    last = max(BOOKS[2:], key=lambda book: book.content_id)
    chunks = iter(response)
    first = next(chunks)

    press.publish(withdrawals=[Withdrawal(last, is_pull=True)])

    assert last.slug.encode() not in first + b"".join(chunks)


@pytest.mark.parametrize("path", ["export/", "export/?release=1"])
def test_is_compressed_under_a_tag_of_its_own(reader: Reader, path: str) -> None:
    plain, packed = reader.get(path), reader.get(path, Accept_Encoding="gzip")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.getvalue()) == plain.getvalue()
    assert reader.get(path, Accept_Encoding="gzip").getvalue() == reader.get(path, Accept_Encoding="gzip").getvalue()
    assert packed.headers["ETag"] == plain.headers["ETag"].removesuffix('"') + '-gzip"'


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_answers_304_and_head_without_reading_an_item(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    asked = reader.get("export/", Accept_Encoding=coding)
    etag = asked.headers["ETag"]
    monkeypatch.setattr(queries, "bodies_after", None)

    held = reader.get("export/", If_None_Match=etag, Accept_Encoding=coding)
    head = reader.request("HEAD", "export/", Accept_Encoding=coding)

    assert (held.status_code, held.content, held.headers["Content-Redacted"]) == (304, b"", "0")
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert {**head.headers, "X-Request-Id": ""} == {**asked.headers, "X-Request-Id": ""}


def test_is_refused_like_any_read(reader: Reader) -> None:
    reader.refused("export/?release=9", 404, "release-not-found")
    reader.refused("export/?kind=book", 400, "unknown-parameter")
    assert reader.client.get("/api/v1/export/").status_code == 401


@pytest.mark.skipif(connection.vendor != "postgresql", reason="elsewhere there are no cursors of the server")
def test_leaves_nothing_open_behind_a_client_that_goes_away(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_AT_A_TIME", 1)
    chunks = iter(reader.get("export/"))
    next(chunks)

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_cursors WHERE name <> ''")
        assert cursor.fetchall() == []


def test_takes_no_more_memory_for_a_larger_corpus(press: Press, reader: Reader) -> None:
    def peak(path: str) -> int:
        response = reader.get(path)
        tracemalloc.start()
        assert sum(len(chunk) for chunk in response) > 0
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    press.publish(*(Item("book", f"more-{number}", text="x" * 5000) for number in range(400)))
    small = peak("export/?release=3")
    press.publish(*(Item("book", f"even-more-{number}", text="x" * 5000) for number in range(600)))

    assert peak("export/") < small * 1.5
