"""Headers: what an answer says about how long and for whom it holds."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.editions.models import Edition
from tests.delivery.press import Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

EMMA = Item("book", "emma", text="A body that nobody reads twice.")
PERSUASION = Item("book", "persuasion")
READABLE = ["", "books/", "books/emma/", "books/emma/blurb/", "releases/", "releases/1/", "releases/1/manifest/"]


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read two books."""
    press.publish(EMMA, PERSUASION)
    return reader


def test_tags_an_item_with_its_checksum(reader: Reader) -> None:
    response = reader.get("books/emma/")

    assert response.headers["ETag"] == f'"{response.json()["checksum"]}"'


@pytest.mark.parametrize("path", [*READABLE, "releases/latest/", "schema/", "books/?release=1"])
def test_answers_304_to_whom_holds_it_already(reader: Reader, path: str) -> None:
    etag = reader.get(path).headers["ETag"]

    for held in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        response = reader.get(path, If_None_Match=held)
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"]
    for other in ('"other"', '"sha256:' + "0" * 64 + '"', "nonsense", '"\x00"'):
        assert reader.get(path, If_None_Match=other).status_code == 200


def test_reads_no_body_for_a_304(reader: Reader) -> None:
    etag = reader.get("books/emma/").headers["ETag"]

    with CaptureQueriesContext(connection) as queries:
        assert reader.get("books/emma/", If_None_Match=etag).status_code == 304
    read = next(query["sql"] for query in queries if "checksum" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(read)
        assert not any("nobody reads twice" in str(value) for value in cursor.fetchone())

    listed = reader.get("books/").headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert reader.get("books/", If_None_Match=listed).status_code == 304
    assert not any('"body"' in query["sql"] for query in queries)


def test_decides_404_and_410_before_304(press: Press, reader: Reader) -> None:
    etag = reader.get("books/emma/").headers["ETag"]
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True)])

    assert reader.get("books/emma/", If_None_Match=etag).status_code == 410
    assert reader.get("books/emma/?release=1", If_None_Match=etag).status_code == 410
    assert reader.get("books/emmy/", If_None_Match="*").status_code == 404


def test_changes_the_tag_of_a_list_with_the_release_the_question_and_a_pull(press: Press, reader: Reader) -> None:
    def tags() -> list[str]:
        return [reader.get(f"books/?release=1{more}").headers["ETag"] for more in ("", "&page_size=1", "&color=RED")]

    before, current = tags(), reader.get("books/").headers["ETag"]
    assert len(set(before)) == 3
    press.publish(replace(PERSUASION, text="Told again."))
    assert tags() == before
    assert reader.get("books/").headers["ETag"] != current
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True)])
    assert not set(tags()) & set(before)


def test_does_not_depend_on_the_order_of_parameters(reader: Reader) -> None:
    one, other = (reader.get(f"books/?{query}") for query in ("color=RED&page_size=5", "page_size=5&color=RED"))

    assert one.headers["ETag"] == other.headers["ETag"]
    assert one.content == other.content


@pytest.mark.parametrize("path", READABLE)
def test_is_compressed_for_whom_takes_it_under_a_tag_of_its_own(reader: Reader, path: str) -> None:
    plain, packed = reader.get(path), reader.get(path, Accept_Encoding="br, gzip;q=0.5")

    assert (packed.status_code, packed.headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["ETag"] == plain.headers["ETag"].removesuffix('"') + '-gzip"'
    tags = {"": plain.headers["ETag"], "gzip": packed.headers["ETag"]}
    for coding, etag in tags.items():
        for held, tag in tags.items():
            answer = reader.get(path, Accept_Encoding=coding, If_None_Match=tag)
            assert (answer.status_code, answer.headers["ETag"]) == (304 if held == coding else 200, etag)


@pytest.mark.parametrize("coding", ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "xgzip", "gzip;q=nonsense"])
def test_is_sent_as_it_is_to_whom_takes_no_gzip(reader: Reader, coding: str) -> None:
    assert "Content-Encoding" not in reader.get("books/emma/", Accept_Encoding=coding).headers


@pytest.mark.parametrize("path", READABLE[1:4])
def test_may_be_kept_long_where_a_release_is_named(reader: Reader, path: str) -> None:
    pinned, unpinned = reader.get(f"{path}?release=1"), reader.get(path)

    assert pinned.headers["Cache-Control"] == "private, max-age=3600"
    assert pinned.headers["CDN-Cache-Control"] == "max-age=31536000"
    assert unpinned.headers["Cache-Control"] == "private, max-age=60, stale-while-revalidate=300"
    assert "CDN-Cache-Control" not in unpinned.headers


def test_names_what_it_shows_so_that_a_pull_can_purge_it(reader: Reader) -> None:
    assert reader.get("books/emma/?release=1").headers["Cache-Tag"] == str(EMMA.content_id)
    assert reader.get("books/?release=1").headers["Cache-Tag"] == f"book,{EMMA.content_id},{PERSUASION.content_id}"


@pytest.mark.parametrize("path", ["releases/1/", "releases/1/manifest/", "releases/?release=1"])
def test_is_not_held_at_the_edge_where_no_tag_could_purge_it(reader: Reader, path: str) -> None:
    response = reader.get(path)

    assert response.headers["Cache-Control"] == "private, max-age=3600"
    assert not {"CDN-Cache-Control", "Cache-Tag"} & set(response.headers)


def test_tags_the_way_from_an_old_slug_too(press: Press, reader: Reader) -> None:
    press.publish(replace(EMMA, slug="emma-woodhouse"))

    assert reader.get("books/emma/?release=2").headers["Cache-Tag"] == str(EMMA.content_id)


def test_keeps_no_refusal_long(press: Press, reader: Reader) -> None:
    press.publish(withdrawals=[Withdrawal(EMMA)])

    for path, status, kept in [
        ("books/emma/?release=2", 410, "private, max-age=60"),
        ("books/emmy/?release=1", 404, "private, max-age=60"),
        ("books/?colour=RED&release=1", 400, "private, no-store"),
    ]:
        response = reader.get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (status, kept)
        assert "CDN-Cache-Control" not in response.headers


@pytest.mark.parametrize("path", [*READABLE, "nowhere/", "books/?x=1", "books/nothing/"])
def test_says_on_every_answer_what_it_depends_on_and_who_asked(reader: Reader, path: str) -> None:
    response, again = reader.get(path), reader.get(path)

    assert response.headers["Vary"] == "Authorization, Accept, Accept-Encoding, origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert len(response.headers["X-Request-Id"]) == 32
    assert response.headers["X-Request-Id"] != again.headers["X-Request-Id"]
    assert response.content == again.content


@pytest.mark.parametrize("path", [*READABLE, "schema/", "nowhere/"])
def test_answers_head_like_get_without_the_body(reader: Reader, path: str) -> None:
    get, head = reader.get(path), reader.request("HEAD", path)

    assert (head.status_code, head.content) == (get.status_code, b"")
    one, other = ({k: v for k, v in r.headers.items() if k != "X-Request-Id"} for r in (get, head))
    assert one == other


@pytest.mark.parametrize("path", [*READABLE, "schema/"])
def test_answers_options_without_a_key(reader: Reader, path: str) -> None:
    response = reader.request("OPTIONS", path, Authorization="")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get"])
@pytest.mark.parametrize("path", ["books/", "books/emma/", "releases/"])
def test_takes_no_other_method(reader: Reader, method: str, path: str) -> None:
    count = Edition.objects.count()

    response = reader.request(method, path, X_HTTP_Method_Override="GET")

    if method == "get":  # a method is case-sensitive; Django's own handler folds it
        assert response.status_code in {200, 405}
        return
    assert response.status_code == 405
    assert response.json()["code"] == "method-not-allowed"
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert Edition.objects.count() == count
