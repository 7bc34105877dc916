"""Verify the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_api.editorial import audit
from content_api.editorial.models import Transition
from content_api.progress import on_terminal


class Command(BaseCommand):
    help = "Recompute the chain of the audit trail, and name its first bad row."

    def handle(self, **_options: Any) -> None:
        bad = audit.first_bad_row(on_terminal)
        if bad:
            raise CommandError(f"Row {bad[0]} of the audit trail is bad: {bad[1]}.")
        self.stdout.write(f"{Transition.objects.count()} rows, one unbroken chain.")
