"""Faults of the database: a write fails whole and says so, reads go on, and the next request finds everything well."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from content_api.editions.models import PublishedRelease
from content_api.editions.queries import current_number
from content_api.editorial.models import Version
from content_api.releases import actions
from content_api.releases.integrity import problems
from tests.proofs.amounts import amount, report
from tests.proofs.interruptions import digest, moments, rehearse
from tests.proofs.sites import READ, Service, another_connection, committed_service, in_thread, in_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db(transaction=True)

IS_SQLITE = connection.vendor == "sqlite"
WAIT = 20  # seconds that a writer waits for another


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Service]:
    """Offer one service to all tests here: none leaves anything half done."""
    with django_db_blocker.unblock(), committed_service() as service:
        yield service


@pytest.fixture
def _django_db_helper(service: Service) -> None:
    """Neither roll back nor empty the tables after each test, as pytest-django would: they share what is committed."""


def refused_for_now(answer: Any) -> bool:
    """Return True if a person was told, on a page, that it cannot be done now, and when to try again."""
    told = "Briefly unavailable" in answer.content.decode()
    return (answer.status_code, answer.headers.get("Retry-After"), told) == (503, "5", True)


@contextmanager
def session(*, sqlite: str, postgresql: str) -> Iterator[None]:
    """Let the connection of the next requests be set so, and forget it afterwards."""
    run(sqlite if IS_SQLITE else postgresql)
    try:
        yield
    finally:
        connection.close()
        if not IS_SQLITE:
            connection.close_pool()  # type: ignore[attr-defined]


def run(statement: str) -> None:
    """Run a statement on the connection of the next requests."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def value_of(query: str) -> int:
    """Return the number that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def cut(now: int, is_commit: bool, *, moment: int) -> None:  # noqa: FBT001 - as `moments` calls it
    """Cut the connection at a moment: the server ends it, or the file can no longer be read."""
    if now != moment:
        return
    if IS_SQLITE:
        raise OperationalError("disk I/O error")
    with another_connection() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])


def test_a_connection_cut_at_any_statement_of_a_publish(service: Service) -> None:
    release = service.next_release()
    total, _ = rehearse(lambda: service.publish(release))
    before = digest()
    places = range(0, total - 1, 2)  # before each statement, and before the commit
    rounds = amount(3, len(places))

    for place in sorted({step * (len(places) - 1) // (rounds - 1) for step in range(rounds)}):
        with moments(partial(cut, moment=places[place])):
            answer = service.publish(release)

        assert refused_for_now(answer), f"cut at moment {places[place]} of {total}: {answer.status_code}"
        assert digest() == before
        assert service.answers()
        report("faults", cuts=1)
    assert service.publish(release).status_code == 302
    assert not list(problems())


@pytest.mark.skipif(not IS_SQLITE, reason="A full disk of a PostgreSQL server is the server's to test.")
def test_a_disk_that_is_full(service: Service) -> None:
    release = service.next_release(pages=2)
    run("VACUUM")
    before, pages, free = digest(), value_of("PRAGMA page_count"), 0

    while refused_for_now(answer := publish_with(service, release, pages + free)):
        assert digest() == before
        assert service.answers()
        report("faults", full_disks=1)
        free += 1

    assert free > 0
    assert answer.status_code == 302
    assert not list(problems())


def publish_with(service: Service, release: Any, pages: int) -> Any:
    """Publish on a disk that holds so many pages."""
    run(f"PRAGMA max_page_count = {pages}")
    return service.publish(release)


def test_a_database_that_can_only_be_read(service: Service) -> None:
    release = service.next_release()
    before, newest = digest(), PublishedRelease.objects.latest("number")
    stranger = Client(raise_request_exception=False)
    person = service.desk.people.make("new", "Editor", password="a-long-password")

    with session(sqlite="PRAGMA query_only = ON", postgresql="SET default_transaction_read_only = on"):
        assert service.answers()
        page = service.publisher.get(reverse("admin:releases_release_change", args=[release.pk]))
        login = stranger.post(reverse("admin:login"), {"username": person.username, "password": "a-long-password"})
        written = service.publisher.post(reverse("admin:releases_release_step", args=[release.pk, "publish"]))
        said = service.reader.post("site/acknowledgements/", {"release": newest.number, "hash": newest.hash})

    assert page.status_code == 200
    assert refused_for_now(written)
    assert refused_for_now(said)
    assert service.reader.get("site/").json()["acknowledged"] is None
    assert refused_for_now(login)
    assert without_accounts(digest()) == without_accounts(before)
    assert service.publish(release).status_code == 302
    report("faults", read_only_writes=3)


def without_accounts(state: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return a state less what a test writes about people."""
    return {label: rows for label, rows in state.items() if not label.startswith("auth.")}


def test_a_publish_does_not_wait_for_a_long_reader(service: Service) -> None:
    begin = "BEGIN" if IS_SQLITE else "BEGIN ISOLATION LEVEL REPEATABLE READ"
    query = "SELECT COUNT(*) FROM editions_publishedrelease"

    with another_connection() as reader:
        reader.execute(begin)
        seen = reader.execute(query).fetchone()
        for _ in range(rounds := amount(2, 50)):
            release = service.next_release()
            started = time.monotonic()
            assert service.publish(release).status_code == 302
            assert time.monotonic() - started < WAIT / 2
        assert reader.execute(query).fetchone() == seen
        reader.execute("COMMIT")
        assert reader.execute(query).fetchone() == (seen[0] + rounds,)
    report("faults", publishes_under_a_reader=rounds)


@pytest.mark.parametrize("path", READ)
def test_a_read_is_of_one_release_wherever_a_publish_falls_into_it(service: Service, path: str) -> None:
    count = len(counted(service, path))
    rounds = amount(1, count)

    for step in range(rounds):
        moment = count // 2 if rounds == 1 else step
        publish = partial(actions.publish, release=service.next_release(), person=service.desk.people.pia)
        before, number = service.reader.get(path), current_number() or 0
        with moments(lambda now, _, at=moment, do=publish: in_thread(do) if now == at else None):  # type: ignore[misc]
            answer = service.reader.get(path)
        after = service.reader.get(path)

        assert current_number() == number + 1
        assert seen(answer) in {seen(before), seen(after)}, f"mixed at moment {moment} of {count}"
        report("faults", publishes_within_a_read=1)


def counted(service: Service, path: str) -> list[int]:
    """Return the moments of a read."""
    found: list[int] = []
    with moments(lambda now, _: found.append(now)):
        assert service.reader.get(path).status_code == 200
    return found


def seen(answer: Any) -> tuple[bytes, str | None, str | None]:
    """Return what a site sees of an answer."""
    return answer.content, answer.headers.get("ETag"), answer.headers.get("Content-Release")


def test_a_storm_of_writers_loses_nothing_and_holds_up_no_reader(service: Service) -> None:
    writers, rounds = amount(4, 16), amount(2, 10)
    refusals: list[OperationalError] = []
    waits: list[float] = []
    before = Version.objects.count()

    def write(writer: int) -> None:
        for turn in range(rounds):
            item = come_back(partial(service.desk.write, f"storm-{writer}-{turn}"))
            version = come_back(partial(service.desk.submit, item))
            come_back(partial(service.desk.approve, version))

    def come_back(step: Callable[[], Any]) -> Any:
        while True:
            try:
                return step()
            except OperationalError as refusal:  # which is a 503 to whoever asked
                refusals.append(refusal)

    def read() -> None:
        started = time.monotonic()
        assert service.answers()
        waits.append((time.monotonic() - started) / len(READ))

    in_threads([partial(write, writer) for writer in range(writers)], meanwhile=read)

    assert Version.objects.filter(state="APPROVED").count() >= writers * rounds
    assert Version.objects.count() == before + writers * rounds
    assert not list(problems())
    slowest = f"{1000 * max(waits):.0f} ms"
    report("faults", texts_in_a_storm=writers * rounds, told_to_come_back=len(refusals))
    report("faults", reads_in_it=len(waits) * len(READ), slowest_read=slowest)


def test_a_writer_waits_for_a_while_and_not_for_ever(service: Service) -> None:
    wait = "PRAGMA busy_timeout" if IS_SQLITE else "SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"

    assert value_of(wait) == 1000 * WAIT


def test_a_writer_that_waits_too_long_is_told_to_come_back(service: Service) -> None:
    release = service.next_release()
    lock = ["BEGIN IMMEDIATE"] if IS_SQLITE else ["BEGIN", "SELECT * FROM releases_releasecounter FOR UPDATE"]
    before = digest()

    impatient = session(sqlite="PRAGMA busy_timeout = 50", postgresql="SET lock_timeout = 50")
    with another_connection() as writer, impatient:
        for statement in lock:
            writer.execute(statement)
        assert service.answers()
        assert refused_for_now(service.publish(release))
        assert digest() == before
        writer.execute("ROLLBACK")

    assert service.publish(release).status_code == 302
    assert PublishedRelease.objects.count() == PublishedRelease.objects.latest("number").number
