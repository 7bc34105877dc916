"""`manage.py issue_key SITE`: prints a new key, and nothing else, to standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from content_api.partners.actions import issue_key
from content_api.partners.models import PartnerSite
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Issue a key to a partner site, and print it. It is shown this once; only its SHA-256 is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the slug of the site."""
        parser.add_argument("site", help="the slug of the partner site")

    def handle(self, *args: Any, site: str, **options: Any) -> None:
        """Print the key."""
        try:
            key = issue_key(site=PartnerSite.objects.get(slug=site))
        except PartnerSite.DoesNotExist:
            raise CommandError(_no_such_site(site)) from None
        except Refused as refused:
            raise CommandError(refused.message) from None
        self.stdout.write(key)


def _no_such_site(slug: str) -> str:
    known = ", ".join(PartnerSite.objects.order_by("slug").values_list("slug", flat=True))
    hint = f"The sites are: {known}." if known else "There are none yet."
    return f"There is no partner site “{slug}”. {hint} Add one in the admin, under Partner sites."
