"""Verify what is and was out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_api.editions.models import Edition
from content_api.progress import on_terminal
from content_api.rendering.verification import edition_problems


class Command(BaseCommand):
    help = "Verify every edition's checksum, and render those of today's renderer again, byte for byte."

    def handle(self, **_options: Any) -> None:
        editions = Edition.objects.order_by("pk")
        total, bad = editions.count(), 0
        for edition in on_terminal(editions):
            for problem in edition_problems(edition):
                bad += 1
                self.stderr.write(f"Edition {edition.pk} ({edition}): {problem}.")
        if bad:
            raise CommandError(f"{bad} problems in {total} editions.")
        self.stdout.write(f"{total} editions are what they were when they went out.")
