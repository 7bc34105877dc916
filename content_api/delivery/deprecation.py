"""What an operation says when its days are counted: Deprecation (RFC 9745) and Sunset (RFC 8594).

A view that is to go says `deprecated = Deprecation(since=…, sunset=…, link="/api/v1/guide/…")`; the headers and the
OpenAPI document follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.http import http_date

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Deprecation:
    """Since when an operation should not be used, when it stops to answer, and a page that says what to use instead."""

    since: datetime
    sunset: datetime | None = None
    link: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers that say so."""
        told = {"Deprecation": f"@{int(self.since.timestamp())}"}
        if self.sunset:
            told["Sunset"] = http_date(self.sunset.timestamp())
        if self.link:
            told["Link"] = f'<{settings.PUBLIC_BASE_URL}{self.link}>; rel="deprecation"'
        return told
