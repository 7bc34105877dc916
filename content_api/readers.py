"""Who reads: what is known of the site that asks, for the few words that depend on it.

It stands below everything, because partner sites are known in one room and the words are chosen in another.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class SiteRole(TextChoices):
    """What the organization behind a site does for patients."""

    COORDINATOR = "COORDINATOR", "Coordinates care"
    PROVIDER = "PROVIDER", "Provides care"
    PUBLISHER = "PUBLISHER", "Publishes information"


@dataclass(frozen=True)
class Reader:
    """A site as its words know it; what is empty is not known, and worded neutrally."""

    organization_name: str = ""
    organization_role: str = ""
    disclaimer_url: str = ""


NEUTRAL = Reader()
