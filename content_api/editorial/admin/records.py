"""Records in the admin: whoever works here may read them, and only actions write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from content_api.people import roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """Pages to read, for everybody with a role; nothing is added, changed or deleted here."""

    list_per_page = 50
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let everybody with a role read."""
        return bool(roles_of(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the room to everybody with a role."""
        return bool(roles_of(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: an action writes it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a record never changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a record stays."""
        return False
