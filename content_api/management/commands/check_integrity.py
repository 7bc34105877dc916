"""Recompute every hash and rule of the store."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_api.progress import on_terminal
from content_api.releases import integrity


class Command(BaseCommand):
    help = "Recompute every hash and rule: versions, reviews, editions, releases, indexes, guards and the audit trail."

    def handle(self, **_options: Any) -> None:
        found = list(integrity.problems(on_terminal))
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} problems. The store is not what was approved and published.")
        self.stdout.write("Everything agrees.")
