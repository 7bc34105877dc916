"""Records in the admin: whoever works here may read them, and only actions write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse

from content_api.people import roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """Pages to read, for everybody with a role; nothing is added, changed or deleted here."""

    list_per_page = 50
    actions = None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead on to the audit trail, which holds what Django's own history does not: every move of the record."""
        trail = f"{reverse('admin:editorial_transition_changelist')}?{urlencode({'q': object_id})}"
        return super().history_view(request, object_id, {"trail_url": trail, **(extra_context or {})})

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
