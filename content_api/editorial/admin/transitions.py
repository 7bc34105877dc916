"""The audit trail in the admin: every move, who made it, and when."""

from __future__ import annotations

from django.contrib import admin

from content_api.editorial.admin.records import RecordAdmin
from content_api.editorial.models import Transition


@admin.register(Transition)
class TransitionAdmin(RecordAdmin):
    """Moves of versions and releases, newest first."""

    list_display = ("seq", "at", "verb", "person", "subject", "from_state", "to_state")
    list_filter = ("verb", "to_state")
    list_select_related = ("person",)
    search_fields = ("subject", "person__username", "person__first_name", "person__last_name", "hash")
    search_help_text = "Search for a person, for the id of a version or release, or for a hash."
    ordering = ("-seq",)
    show_full_result_count = False
