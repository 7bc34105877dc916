"""Who may read: a site with its key, or anybody where the deployment says so; what is a site's own, that site alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import BasePermission

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class KeyOrOpenAccess(BasePermission):
    """Let in whoever showed a key that works, and where access is open whoever showed none.

    A key that does not work is refused before this is asked, in both cases.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether this request may read."""
        return bool(request.user) or settings.OPEN_ACCESS


class OnlyWithKey(BasePermission):
    """Let in whoever showed a key that works, wherever what is asked for is a site's own."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether it is known which site asks."""
        return bool(request.user)
