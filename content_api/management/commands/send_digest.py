"""Tell people by mail what waits for them: once a day all of it, more often what is urgent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content_api.workplace.letters import send_letters, write_letters

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Mail to each person what waits for them and was not told before: reviews, what was sent back, what can go out, "
        "pulls to confirm. Run it once a day, and with --urgent every minute."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--urgent", action="store_true", help="Only pulls, and what belongs to an urgent release; the rest waits."
        )

    def handle(self, *_args: Any, urgent: bool, **_options: Any) -> None:
        write_letters(now=timezone.now(), urgent_only=urgent)
        sent, refusals = send_letters(now=timezone.now())
        self.stdout.write(f"{sent} letter{'' if sent == 1 else 's'} sent.")
        if refusals:
            raise CommandError("Not sent, and tried again next time:\n" + "\n".join(refusals))
