"""Make the indexes over editions again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from content_api.editions.models import Edition
from content_api.progress import on_terminal
from content_api.releases import integrity


class Command(BaseCommand):
    help = "Make facets, references and words of every edition again, in one transaction."

    @transaction.atomic
    def handle(self, **_options: Any) -> None:
        editions = Edition.objects.order_by("pk")
        total, stale = editions.count(), 0
        for edition in on_terminal(editions):
            if integrity.index_is_stale(edition):
                stale += 1
                integrity.rebuild_index(edition)
        self.stdout.write(f"{total} editions looked at, {stale} indexes made again.")
