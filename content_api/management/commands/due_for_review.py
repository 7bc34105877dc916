"""Say what is due for review, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from content_api.editorial.freshness import STEPS, due_for_review

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from content_api.editorial.freshness import Due


class Command(BaseCommand):
    help = (
        "Print what is due for review, overdue texts first, each with why: its interval passed, a source of it is newer "
        "than the review or was retracted, or a record about its subject was added or changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=None, help="Print at most so many.")

    def handle(self, *args: Any, limit: int | None, **options: Any) -> None:
        with tqdm(total=STEPS, desc="Looking", unit="step", disable=None, leave=False) as bar:
            found = due_for_review(today=timezone.now().date(), limit=limit, tick=bar.update)
        if not found:
            self.stdout.write("Nothing is due for review.")
            return
        self.stdout.write("\n".join(_table(found)))


def _table(found: list[Due]) -> list[str]:
    rows = [("due", "kind", "slug", "why")]
    rows += [
        (f"{due.next_review}{' !' if due.is_overdue else ''}", due.kind, due.slug, reason)
        for due in found
        for reason in due.reasons
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]]) for row in rows]
