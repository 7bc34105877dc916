"""Copy the whole database into one file, while it is in use."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

if TYPE_CHECKING:
    from argparse import ArgumentParser

PAGES_AT_ONCE = 1000
PARTS = {"dbname": "PGDATABASE", "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}


class Command(BaseCommand):
    help = (
        "Copy the whole database into FILE, as it is at one moment, while people go on working. The copy is written "
        "beside FILE, verified, and only then given its name; a file that is there already is never overwritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="Where the copy goes; its folder must exist.")

    def handle(self, *, file: Path, **_options: Any) -> None:
        _check_can_write(file)
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        part.touch(mode=0o600, exist_ok=False)  # people's names and passwords' hashes are in it
        try:
            _copy(part)
            _name(part, file)
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"The copy could not be written: {error}. There is no {file}; try again.") from error
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"Copied to {file} ({file.stat().st_size:,} bytes), and verified.")


def _check_can_write(file: Path) -> None:
    if file.exists():
        raise CommandError(f"{file} is there already, and a backup overwrites nothing. Choose another name.")
    if not file.parent.is_dir():
        raise CommandError(f"There is no folder {file.parent}. Make it first, or choose another.")
    if not os.access(file.parent, os.W_OK):
        raise CommandError(f"The folder {file.parent} may not be written to. Choose another.")


def _copy(part: Path) -> None:
    if connection.vendor == "sqlite":
        _copy_pages(part)
        _verify_pages(part)
    else:
        _dump(part)
        _verify_dump(part)
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _name(part: Path, file: Path) -> None:
    """Give a finished copy its name, unless somebody took the name meanwhile."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise CommandError(
            f"{file} appeared meanwhile, and a backup overwrites nothing. Choose another name."
        ) from None


def _copy_pages(part: Path) -> None:
    """Copy an SQLite database through its backup interface, in one read of it: writers go on, none is waited for."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as source,
        closing(sqlite3.connect(part)) as copy,
        tqdm(desc="pages", disable=None) as bar,
    ):
        source.execute("BEGIN")
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # from here on, it reads this one moment

        def show(_status: int, remaining: int, total: int) -> None:
            bar.total = total
            bar.update(total - remaining - bar.n)

        source.backup(copy, pages=PAGES_AT_ONCE, progress=show, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, without companions


def _verify_pages(part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
        dangling = copy.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or dangling:
        raise CommandError(f"The copy is damaged, so it was thrown away: {found}, {len(dangling)} dangling rows.")


def _dump(part: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")


def _verify_dump(part: Path) -> None:
    """Read the whole dump back, as a restore would."""
    _run("pg_restore", f"--file={os.devnull}", str(part))


def _run(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise CommandError(
            f"{program} is not installed here. Install the client programs of PostgreSQL (postgresql-client)."
        )
    done = subprocess.run([path, *arguments], env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(f"{program} could not do it: {done.stderr.strip()}")


def _environment() -> dict[str, str]:
    """Return where the server is, in the environment: a command line can be read by everybody on the machine."""
    given: dict[str, Any] = connection.get_connection_params()
    return {**os.environ, **{name: str(given[part]) for part, name in PARTS.items() if given.get(part)}}
