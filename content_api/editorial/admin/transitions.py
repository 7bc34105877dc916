"""The audit trail in the admin: every move, who made it, and when; to look through, and to take away as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html

from content_api.editorial.admin.exports import EXPORTS
from content_api.editorial.admin.forms import LabeledForm
from content_api.editorial.admin.records import RecordAdmin
from content_api.editorial.models import Transition
from content_api.editorial.moves import name_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

SUBJECTS = (("version", "Texts"), ("release", "Releases"), ("parked text", "Parked texts"))
PAGES = {"version": "editorial_version", "release": "releases_release"}  # what a move is of, and where that is read


class SubjectFilter(admin.SimpleListFilter):
    """Keep the moves of one sort of thing."""

    title = "what moved"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """Offer each sort."""
        return SUBJECTS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Transition]) -> QuerySet[Transition]:
        """Keep those whose subject is of the sort."""
        return queryset.filter(subject__startswith=f"{self.value()}:") if self.value() else queryset


@admin.register(Transition)
class TransitionAdmin(RecordAdmin):
    """Moves of versions and releases, newest first."""

    list_display = ("seq", "at", "move", "who", "what", "states")
    list_filter = (SubjectFilter, "verb", "to_state", "at", ("person", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person",)
    search_fields = ("subject", "person__username", "person__first_name", "person__last_name", "hash")
    search_help_text = "Search for a person, for the id of a version or release, or for a hash."
    ordering = ("-seq",)
    show_full_result_count = False
    change_list_template = "admin/editorial/trail.html"
    change_form_template = "admin/editorial/move.html"
    form = LabeledForm
    fieldsets = (
        ("What happened", {"fields": ("move", "what", "who", "at", "states")}),
        (
            "What the trail holds of it",
            {
                "fields": ("moved", "subject_sha256", "told", "previous_hash", "hash"),
                "description": "Each row carries the hash of the one before; the command verify_audit checks the chain.",
            },
        ),
    )
    readonly_fields = ("move", "what", "who", "states", "moved", "told")

    @admin.display(description="Move", ordering="verb")
    def move(self, transition: Transition) -> str:
        """Return the verb as a word."""
        return transition.verb.replace("_", " ").capitalize()

    @admin.display(description="Person", ordering="person__username")
    def who(self, transition: Transition) -> str:
        """Return who made the move."""
        return name_of(transition.person)

    @admin.display(description="What moved", ordering="subject")
    def what(self, transition: Transition) -> str:
        """Return what was moved, leading to its page if it has one."""
        sort, _, key = transition.subject.partition(":")
        if sort not in PAGES:
            return format_html("{} {}", sort, key[:8])
        page = reverse(f"admin:{PAGES[sort]}_change", args=[key])
        return format_html('<a href="{}">{} {}</a>', page, sort.capitalize(), key[:8])

    @admin.display(description="Id")
    def moved(self, transition: Transition) -> str:
        """Return what was moved as the trail names it."""
        return transition.subject

    @admin.display(description="Details")
    def told(self, transition: Transition) -> str:
        """Return the details, one to a line."""
        text = orjson.dumps(transition.details, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
        return format_html('<pre class="source" tabindex="0">{}</pre>', text)

    @admin.display(description="State", ordering="to_state")
    def states(self, transition: Transition) -> str:
        """Return the state before and after, as words."""
        words = [one.replace("_", " ").lower() for one in (transition.from_state, transition.to_state) if one]
        return " → ".join(words).capitalize()

    def get_urls(self) -> list[URLPattern]:
        """Add the files."""
        wrap = self.admin_site.admin_view
        files = [
            path(f"{form}/", wrap(self.export_view), {"form": form}, name=f"editorial_transition_{form}")
            for form in EXPORTS
        ]
        return [*files, *super().get_urls()]

    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Send what the filters in the address leave, oldest first: the order in which the chain can be checked."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:  # the list, too, leads back to all of it
            return HttpResponseRedirect(reverse("admin:editorial_transition_changelist"))
        trail: QuerySet[Transition] = listed.queryset.order_by("seq")
        return EXPORTS[form](trail)
