"""Releases in the admin: what one holds and changes, and the steps by which it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from content_api.content_items import ContentItem
from content_api.editorial.admin.records import RecordAdmin
from content_api.editorial.models import Version
from content_api.people import EDITOR, PUBLISHER, roles_of
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.admin_page import release_page
from content_api.releases.models import Release

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


class StepForm(forms.Form):
    """One step of a release: what to do, and with what."""

    versions = forms.ModelMultipleChoiceField(Version.objects.all(), required=False)
    item = forms.ModelChoiceField(ContentItem.objects.all(), required=False)
    role = forms.CharField(max_length=30, required=False)
    impact_sha256 = forms.CharField(max_length=71, required=False)


def _add(release: Release, person: Any, step: dict[str, Any]) -> str:
    if not step["versions"]:
        raise Refused("nothing-chosen", "Tick at least one approved text.")
    with transaction.atomic():  # all that was ticked, or nothing
        for version in step["versions"]:
            actions.add_version(release=release, version=version, person=person)
    return "It is in the release."


def _remove(release: Release, person: Any, step: dict[str, Any]) -> str:
    actions.remove(release=release, item=step["item"], person=person)
    return "It is out of the release, and still approved."


def _sign_off(release: Release, person: Any, step: dict[str, Any]) -> str:
    actions.sign_off(release=release, person=person, role=step["role"], impact_sha256=step["impact_sha256"])
    return "You signed off what will read differently."


def _publish(release: Release, person: Any, _step: dict[str, Any]) -> str:
    return f"Release {actions.publish(release=release, person=person).number} is out."


def _cancel(release: Release, person: Any, _step: dict[str, Any]) -> str:
    actions.cancel(release=release, person=person)
    return "The release is cancelled. Its texts stay approved."


def _confirm_pull(release: Release, person: Any, _step: dict[str, Any]) -> str:
    actions.confirm_pull(release=release, person=person)
    return "The pull is confirmed."


STEPS: dict[str, Callable[[Release, Any, dict[str, Any]], str]] = {
    "add": _add,
    "remove": _remove,
    "sign_off": _sign_off,
    "publish": _publish,
    "cancel": _cancel,
    "confirm_pull": _confirm_pull,
}


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    """Releases, open ones first and then newest first."""

    list_display = ("title", "number", "state", "urgency", "texts", "is_pull", "created_at", "published_at")
    list_filter = ("state", "urgency", "is_pull")
    search_fields = ("title", "notes")
    ordering = ("-created_at", "pk")
    fields = ("title", "notes", "urgency", "act_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        """Count the texts in the same query."""
        releases: QuerySet[Release] = super().get_queryset(request)
        return releases.annotate(item_count=Count("items"))

    @admin.display(description="Texts", ordering="item_count")
    def texts(self, release: Any) -> int:
        """Return how many versions it holds."""
        return int(release.item_count)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let editors and publishers open releases."""
        return bool(roles_of(request.user) & {EDITOR, PUBLISHER})

    def save_model(self, request: HttpRequest, obj: Release, form: Any, change: bool) -> None:  # noqa: FBT001
        """Open the release by the action that everybody uses."""
        opened = actions.open_release(person=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        obj.pk = opened.pk

    def response_add(self, request: HttpRequest, obj: Release, post_url_continue: str | None = None) -> HttpResponse:
        """Go on to what the release will hold."""
        self.message_user(request, f"“{obj}” is open. Add what it publishes.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:releases_release_change", args=[obj.pk]))

    def get_urls(self) -> list[URLPattern]:
        """Add what the steps post to."""
        view = self.admin_site.admin_view(self.step_view)
        return [path("<uuid:release_id>/<slug:name>-step/", view, name="releases_release_step"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what the release holds, what it changes elsewhere, and what the person may do next."""
        release = self._release(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": "Release",
            "opts": self.opts,
            **release_page(release, request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/releases/release.html", context)

    def step_view(self, request: HttpRequest, release_id: uuid.UUID, name: str) -> HttpResponse:
        """Take one step, or say why not."""
        release = self._release(request, str(release_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = StepForm(request.POST)
        try:
            if name not in STEPS or not form.is_valid():
                raise Refused("form-incomplete", "That step is not complete. Reload the page and try again.")
            messages.success(request, STEPS[name](release, request.user, form.cleaned_data))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("admin:releases_release_change", args=[release.pk]))

    def _release(self, request: HttpRequest, release_id: str) -> Release:
        may_read = self.has_view_permission(request)
        release: Release | None = self.get_object(request, release_id) if may_read else None
        if release is None:
            msg = "There is no such release, or you have no role that lets you read it."
            raise Http404(msg)
        return release
