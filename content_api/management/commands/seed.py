"""Take the seed content through the workflow, release by release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content_api.refusals import Refused
from content_api.seeding import story
from content_api.seeding.stages import load

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from content_api.seeding.stages import Stage
    from content_api.seeding.story import Cast


class Command(BaseCommand):
    help = (
        "Publish the seed content: written by the demo editor, approved by the demo reviewers, released by the demo "
        "publisher. Run it again at any time: what is there already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures", help="Where the seed files are."
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            stages, people = load(folder), story.cast()
            for stage in stages:
                self._tell(stage, people)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _tell(self, stage: Stage, people: Cast) -> None:
        if release := story.published(stage):
            self.stdout.write(f"Release {release.number} is out already: {stage.title}")
            return
        with tqdm(total=story.length(stage), desc=stage.title[:40], unit="step", disable=None, leave=False) as bar:
            release = story.tell(stage, people, bar.update)
        self.stdout.write(f"Release {release.number}, {_counts(stage)}: {stage.title}")


def _counts(stage: Stage) -> str:
    published = f"{len(stage.entries)} published"
    return f"{published}, {len(stage.withdrawals)} withdrawn" if stage.withdrawals else published
