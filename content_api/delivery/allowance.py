"""How much a client may still ask: what a meter says, as the RateLimit headers of the IETF's draft 10.

Delivery counts nothing itself. The setting METER names a function that counts a request and returns what is left; with
none, nothing is limited and no header says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request


@dataclass(frozen=True)
class Allowance:
    """What is left after a request: of `quota` in a window of so many seconds, `remaining`, until `reset` seconds on.

    A request for which nothing was left `is_exceeded`, and is answered 429.
    """

    quota: int
    window: int
    remaining: int
    reset: int
    is_exceeded: bool = False
    policy: str = "default"

    def headers(self) -> dict[str, str]:
        """Return the headers that say so."""
        told = {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={self.window}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }
        return {**told, "Retry-After": str(self.reset)} if self.is_exceeded else told


def spend(request: Request) -> Allowance | None:
    """Count a request, and return what is left; None where nothing is limited."""
    if not settings.METER:
        return None
    meter: Callable[[Request], Allowance | None] = import_string(settings.METER)
    return meter(request)
