"""What every test may ask for: people with their roles, lifted guards; and what none may do: leave the machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import TransactionTestCase

from content_api import guards, kinds
from content_api.editorial.models import Reviewer
from tests import emptying
from tests.proofs import amounts
from tests.situations import Desk
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User
    from pytest_django.plugin import DjangoDbBlocker


class People:
    """The people of the tests. Each is made when first asked for."""

    @cached_property
    def ann(self) -> User:
        """An editor."""
        return self.make("ann", "Editor")

    @cached_property
    def carl(self) -> User:
        """Another editor."""
        return self.make("carl", "Editor")

    @cached_property
    def mei(self) -> User:
        """A medical reviewer."""
        return self.make("mei", "Medical reviewer", credentials="MD, medical oncology")

    @cached_property
    def rui(self) -> User:
        """A regulatory reviewer."""
        return self.make("rui", "Regulatory reviewer", credentials="PharmD, regulatory affairs")

    @cached_property
    def pia(self) -> User:
        """A publisher."""
        return self.make("pia", "Publisher")

    @cached_property
    def ada(self) -> User:
        """An administrator, and a superuser: which gives no editorial power."""
        return self.make("ada", "Administrator", is_superuser=True)

    def make(self, username: str, *roles: str, credentials: str = "", **fields: Any) -> User:
        """Make a person who holds these roles."""
        person = get_user_model().objects.create_user(
            username, first_name=username.title(), last_name="Example", is_staff=True, **fields
        )
        person.groups.set([Group.objects.get(name=role) for role in roles])
        if credentials:
            Reviewer.objects.create(person=person, credentials=credentials)
        return person


@pytest.fixture
def people(db: None) -> People:
    """Offer the roster: people.ann writes, people.mei reviews."""
    return People()


@pytest.fixture
def desk(people: People, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the people at work on specimens, a kind that is registered for the length of the test."""
    monkeypatch.setitem(kinds._registry, SPECIMEN.name, SPECIMEN)
    return Desk(people)


@pytest.fixture
def guards_lifted(db: None) -> Iterator[None]:
    """Let a test do in the database what nobody may: to show that the damage is noticed."""
    connection.check_constraints()  # PostgreSQL alters no table that has deferred checks waiting
    with guards.lifted():
        yield
        connection.check_constraints()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each worker of each checkout a database of its own, so that runs side by side leave each other alone.

    SQLite is tested as it is run: in a file, with several connections and a write-ahead log.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        checkout = sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]
        name = f"test_content_api_{checkout}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    database.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put the tables back after each test that commits, and at last end what PostgreSQL would not drop the database for."""
    with django_db_blocker.unblock():
        emptying.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: emptying.put_back())
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _no_way_out() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            pytest.fail(f"A test tried to reach {address[0]}. Tests talk to this machine only.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _is_here(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send what the proofs of a worker did to the process that runs the workers."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = amounts.FIGURES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what the proofs of a worker did to the table."""
    for proof, figures in getattr(node, "workeroutput", {}).get("figures", {}).items():
        amounts.report(proof, **figures)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the proofs did, at the end of the run."""
    lines = amounts.table()
    if lines:
        terminalreporter.section(lines[0])
        for line in lines[1:]:
            terminalreporter.write_line(line)
