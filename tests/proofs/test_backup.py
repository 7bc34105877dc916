"""Backup and restore: a copy is one moment of the store, and a site that is ahead of a restored one is told so."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from content_api.editions.models import PublishedRelease
from content_api.releases.integrity import problems
from tests.proofs.amounts import amount, report
from tests.proofs.sites import Service, another_connection, committed_service, in_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

    from content_api.releases.models import Release

pytestmark = pytest.mark.django_db(transaction=True)

IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Service]:
    """Offer one service to all tests here."""
    with django_db_blocker.unblock(), committed_service() as service:
        yield service


@pytest.fixture
def _django_db_helper(service: Service) -> None:
    """Keep what was committed from test to test."""


def publish_next(service: Service) -> int:
    """Publish something new, and return its number."""
    service.publish(service.next_release())
    return PublishedRelease.objects.count()


@contextmanager
def restored(copy: Path) -> Iterator[None]:
    """Bring a copy back as a database of its own, and work on that for a while."""
    name = str(connection.settings_dict["NAME"])
    place = f"{copy}-restored" if IS_SQLITE else f"{name}_restored"
    _bring_back(copy, place)
    try:
        _work_on(place)
        yield
    finally:
        _work_on(name)
        if not IS_SQLITE:
            _tell_the_server(f'DROP DATABASE "{place}" WITH (FORCE)')


def _bring_back(copy: Path, place: str) -> None:
    if IS_SQLITE:
        shutil.copy(copy, place)
        return
    _tell_the_server(f'DROP DATABASE IF EXISTS "{place}"')
    _tell_the_server(f'CREATE DATABASE "{place}"')
    given = connection.settings_dict
    server = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
    }
    known = {name: str(value) for name, value in server.items() if value}
    command = ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={place}", str(copy)]
    subprocess.run(command, env={**os.environ, **known}, check=True)


def _tell_the_server(statement: str) -> None:
    with another_connection() as other:
        other.execute(statement)


def _work_on(name: str) -> None:
    connection.close()
    if not IS_SQLITE:
        connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = name


def test_a_copy_made_under_load_is_one_moment_of_the_store(service: Service, tmp_path: Path) -> None:
    for turn in range(amount(1, 10)):
        copy, first_is_out = tmp_path / f"copy-{turn}", Event()
        waiting = [service.next_release() for _ in range(3)]
        before = PublishedRelease.objects.count()

        in_threads([partial(_publish_all, service, waiting, first_is_out), partial(_back_up, copy, first_is_out)])

        hashes = list(PublishedRelease.objects.order_by("number").values_list("hash", flat=True))
        assert len(hashes) == before + len(waiting)
        with restored(copy):
            copied = list(PublishedRelease.objects.order_by("number").values_list("hash", flat=True))
            assert list(problems()) == []
            assert service.answers()
        assert len(copied) > before
        assert copied == hashes[: len(copied)]
        report("backups under load", copies=1, releases_meanwhile=len(hashes) - len(copied))
    assert list(tmp_path.glob("*.part")) == []


def _publish_all(service: Service, waiting: list[Release], first_is_out: Event) -> None:
    for release in waiting:
        service.publish(release)
        first_is_out.set()


def _back_up(copy: Path, first_is_out: Event) -> None:
    assert first_is_out.wait(60)
    call_command("backup", str(copy), verbosity=0)


def test_a_site_that_is_ahead_of_a_restored_server_is_told(service: Service, tmp_path: Path) -> None:
    def following() -> str:
        return str(service.reader.get("organizations/?page_size=1").json()["next"])

    kept = following()
    call_command("backup", str(tmp_path / "copy"), verbosity=0)
    number = publish_next(service)
    ahead, seen = following(), service.reader.get(f"releases/{number}/").json()["hash"]
    assert service.reader.get(ahead).status_code == 200

    with restored(tmp_path / "copy"):
        service.reader.refused(ahead, 409, "history-diverged")
        lost = (f"organizations/?release={number}", f"releases/{number}/", f"releases/{number}/manifest/")
        for path in lost:
            service.reader.refused(path, 404, "release-not-found")
        assert publish_next(service) == number
        service.reader.refused(ahead, 409, "history-diverged")
        assert service.reader.get(f"releases/{number}/").json()["hash"] != seen
        assert service.reader.get(kept).status_code == 200
        assert list(problems()) == []
    assert service.reader.get(ahead).status_code == 200


def test_it_overwrites_nothing_and_leaves_nothing_half_done(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there"
    there.write_text("precious")
    with pytest.raises(CommandError, match="overwrites nothing"):
        call_command("backup", str(there))
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", str(tmp_path / "nowhere" / "copy"))
    monkeypatch.setattr("content_api.management.commands.backup._name", _refuse)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(tmp_path / "copy"))

    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert there.read_text() == "precious"


def _refuse(_part: Path, _file: Path) -> None:
    raise OSError(28, "No space left on device")


def test_nobody_else_may_read_it(service: Service, tmp_path: Path) -> None:
    call_command("backup", str(tmp_path / "copy"))

    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(IS_SQLITE, reason="SQLite needs no program beside")
def test_it_says_what_is_missing(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="pg_dump is not installed"):
        call_command("backup", str(tmp_path / "copy"))

    assert list(tmp_path.iterdir()) == []
