"""From where somebody logs in: what login attempts are counted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the outermost of our proxies saw; what stands before it in the header may be made up."""
    forwarded = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    trusted = forwarded[-settings.PROXY_COUNT :] if settings.PROXY_COUNT else []
    if trusted and len(trusted) == settings.PROXY_COUNT:
        return trusted[0]
    return request.META.get("REMOTE_ADDR")  # a login that a script makes came over no network
