"""Publishes scheduled releases when their time has come. Any number may run: each release goes out once."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from content_api.releases.actions import publish_due
from content_api.releases.clock import database_time
from content_api.workplace.letters import send_letters, write_letters

if TYPE_CHECKING:
    from argparse import ArgumentParser


log = logging.getLogger(__name__)


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
        is_news = False
        while due := publish_due(now=database_time()):
            is_news = True
            if due.refusal:
                self.stderr.write(f"“{due.release}” was due and is open again. {due.refusal}")
            else:
                self.stdout.write(f"Release {due.release.number} is out: {due.release}")
        if is_news:
            self._tell()

    def _tell(self) -> None:
        """Send what is urgent at once; mail that fails is sent by the next run and holds up no release."""
        try:
            write_letters(now=timezone.now(), urgent_only=True)
            _, refusals = send_letters(now=timezone.now())
        except Exception:
            log.exception("Urgent mail could not be written.")
        else:
            for refusal in refusals:
                self.stderr.write(f"Urgent mail was not sent, and is tried again next time. {refusal}")
