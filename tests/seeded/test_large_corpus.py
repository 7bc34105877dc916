"""The pages that people open first, in a corpus as large as it may get: the same queries, and quick."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content_api import guards, kinds
from content_api.workplace.dashboard import _due_in
from tests.admin.browser import Browser
from tests.proofs.amounts import IS_FULL, amount, report
from tests.seeded.copies import grow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.seeded.site import Site

SECONDS = 0.3  # for a page at 10,000 texts on SQLite
TRIES = 3
WORKING_COPIES = [
    reverse(f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}_changelist")
    for kind in kinds.all_kinds()
]
PAGES = [
    *((name, "/admin/") for name in ("editor", "medical", "publisher")),
    *(("editor", path) for path in WORKING_COPIES),
    ("editor", f"{reverse('admin:faqs_faq_changelist')}?stands=live&review=later&owner=me"),
    ("medical", reverse("admin:editorial_version_changelist")),
    ("publisher", reverse("admin:releases_release_changelist")),
    ("medical", reverse("admin:editorial_transition_changelist")),
]


@pytest.fixture(scope="module")
def prices(site: Site) -> Iterator[tuple[dict[Any, int], dict[Any, int], dict[Any, float]]]:
    """Return the queries of each page in the seed and in the large corpus, and the seconds there; then undo it."""
    point = transaction.savepoint()
    before = {page: _queries(page) for page in PAGES}
    connection.check_constraints()  # PostgreSQL alters no table that has deferred checks waiting
    with guards.lifted():
        size = grow(amount(300, 10_000))
        connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    _due_in.cache_clear()  # no release tells it of the copies
    seconds = {page: min(_seconds(page) for _ in range(TRIES)) for page in PAGES}
    slowest = max(PAGES, key=seconds.__getitem__)
    report("admin pages of a corpus", texts=size, slowest=slowest[1], milliseconds=round(1000 * max(seconds.values())))
    yield before, {page: _queries(page) for page in PAGES}, seconds
    transaction.savepoint_rollback(point)


def _get(page: tuple[str, str]) -> None:
    person = get_user_model().objects.get(username=page[0])
    assert Browser(person).get(page[1]).status_code == 200


def _queries(page: tuple[str, str]) -> int:
    _get(page)
    with CaptureQueriesContext(connection) as taken:
        _get(page)
    return len(taken)


def _seconds(page: tuple[str, str]) -> float:
    browser = Browser(get_user_model().objects.get(username=page[0]))
    begun = perf_counter()
    assert browser.get(page[1]).status_code == 200
    return perf_counter() - begun


@pytest.mark.parametrize("opened", PAGES, ids=" ".join)
def test_a_page_takes_the_same_queries_and_little_time(prices: Any, opened: tuple[str, str]) -> None:
    before, after, seconds = prices

    assert after[opened] == before[opened]
    if IS_FULL and connection.vendor == "sqlite":
        assert seconds[opened] < SECONDS
