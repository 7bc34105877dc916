"""A service at work for proofs of what happens to it from outside: committed content, a site that reads, a publisher."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse

from content_api import guards, kinds
from content_api.partners.actions import create_site, issue_key
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.journeys.dossier import Dossier
from tests.situations import Desk
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from content_api.releases.models import Release


class Service:
    """A dossier that is out, and what people do next."""

    def __init__(self) -> None:
        self.desk = Desk(People())
        self.dossier = Dossier(self.desk).published()
        self.reader = Reader(issue_key(site=create_site(slug="site", name="A site")))
        self.publisher = Client(raise_request_exception=False)
        self.publisher.force_login(self.desk.people.pia)
        self._changes = 0

    def next_release(self, *, pages: int = 0) -> Release:
        """Return a release that may go out: it says better, and on more pages, what is out already."""
        self._changes += 1
        said = f"Engineered cells, said in {self._changes} ways." + " And more." * 400 * pages
        self.dossier.write("therapy_class", "car-t", definition=said)
        release = self.desk.compose(*self.dossier.approved("car-t"))
        self.desk.sign(release)
        return release

    def publish(self, release: Release) -> Any:
        """Press the button in the admin, in a request that begins with the connections that a server would give it."""
        answer = self.publisher.post(reverse("admin:releases_release_step", args=[release.pk, "publish"]))
        close_old_connections()
        return answer

    def answers(self) -> bool:
        """Return True if a site gets lists and items."""
        return all(self.reader.get(path).status_code == 200 for path in READ)


READ = ("", "therapies/", "therapies/satri-cel/", "releases/latest/", "releases/1/manifest/")


@contextmanager
def committed_service() -> Iterator[Service]:
    """Write a service for the tests of one module, and empty the tables behind them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(kinds._registry, SPECIMEN.name, SPECIMEN)
        try:
            yield Service()
        finally:
            connection.close()
            with guards.lifted():
                call_command("flush", interactive=False, verbosity=0)


@contextmanager
def another_connection() -> Iterator[Any]:
    """Open a connection of somebody else, outside of Django, that begins its own transactions."""
    other: Any
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    else:
        given: dict[str, Any] = connection.get_connection_params()
        known = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if name in given}
        other = psycopg.connect(**known, autocommit=True)
    try:
        yield other
    finally:
        other.close()


def in_thread(work: Callable[[], object]) -> None:
    """Do some work on a connection of its own, and wait until it is done."""
    in_threads([work])


def in_threads(works: list[Callable[[], object]], meanwhile: Callable[[], object] | None = None) -> None:
    """Do works side by side, and something `meanwhile` over and over; raise what any of them raised."""
    failures: list[BaseException] = []

    def perform(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - raised again in the thread of the test
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=perform, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    while meanwhile and any(thread.is_alive() for thread in threads):
        meanwhile()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
