"""Publishes scheduled releases when their time has come. Any number may run: each release goes out once."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from content_api.releases.actions import publish_due
from content_api.releases.clock import database_time

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Publish scheduled releases when their time has come, until stopped (or, with --once, those due now)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Publish what is due now, and end.")
        parser.add_argument("--every", type=float, default=5.0, help="Seconds between looks (default 5).")

    def handle(self, *_args: Any, once: bool, every: float, **_options: Any) -> None:
        if once:
            self._publish_what_is_due()
            return
        stop = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: stop.set())
        while not stop.is_set():
            self._look()
            stop.wait(every)

    def _look(self) -> None:
        """Publish what is due; a database that is away for a while is looked at again later."""
        try:
            self._publish_what_is_due()
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"The database does not answer; what is due stays scheduled. {error}")
        finally:
            close_old_connections()

    def _publish_what_is_due(self) -> None:
        while due := publish_due(now=database_time()):
            if due.refusal:
                self.stderr.write(f"“{due.release}” was due and is open again. {due.refusal}")
            else:
                self.stdout.write(f"Release {due.release.number} is out: {due.release}")
