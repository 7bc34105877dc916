"""The audit trail in the admin: every move, who made it, and when; to look through, and to take away as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse

from content_api.editorial.admin.exports import EXPORTS
from content_api.editorial.admin.records import RecordAdmin
from content_api.editorial.models import Transition

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

SUBJECTS = (("version", "Texts"), ("release", "Releases"), ("parked text", "Parked texts"))


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

    list_display = ("seq", "at", "verb", "person", "subject", "from_state", "to_state")
    list_filter = (SubjectFilter, "verb", "to_state", "at", ("person", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person",)
    search_fields = ("subject", "person__username", "person__first_name", "person__last_name", "hash")
    search_help_text = "Search for a person, for the id of a version or release, or for a hash."
    ordering = ("-seq",)
    show_full_result_count = False
    change_list_template = "admin/editorial/trail.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Name the list as people do."""
        return super().changelist_view(request, {"title": "Audit trail", **(extra_context or {})})

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
