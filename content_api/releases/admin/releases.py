"""Releases in the admin: their list, the page of one, and the steps by which it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Count, Prefetch
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html

from content_api.editorial.admin.forms import FORM_FIELDS
from content_api.editorial.admin.records import RecordAdmin
from content_api.editorial.models import Version
from content_api.people import EDITOR, PUBLISHER, roles_of
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.admin.forms import ReleaseForm, StepForm
from content_api.releases.admin.next_steps import waiting_for
from content_api.releases.admin.page import release_page
from content_api.releases.admin.putting_in import PutInView
from content_api.releases.admin.steps import STEPS
from content_api.releases.admin.taking_down import ConfirmPullView, PullView, WithdrawView
from content_api.releases.models import Release

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


class Pulls(admin.SimpleListFilter):
    """Keep what was taken down in an emergency, or everything else."""

    title, parameter_name = "pull", "pull"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both."""
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Release]) -> QuerySet[Release]:
        """Keep what was chosen."""
        return queryset.filter(is_pull=self.value() == "yes") if self.value() in {"yes", "no"} else queryset


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    """Releases, newest first; the page of one is where it is composed, judged and published."""

    list_display = ("title", "number", "stand", "waits_for", "texts", "urgency", "opened", "went_out")
    list_filter = ("state", "urgency", Pulls)
    search_fields = ("title", "notes")
    ordering = ("-created_at", "pk")
    fields = ("title", "notes", "urgency", "act_by")
    form = ReleaseForm
    formfield_overrides = FORM_FIELDS
    change_form_template = "admin/releases/add.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        """Fetch what the list shows in a fixed number of queries."""
        releases: QuerySet[Release] = super().get_queryset(request)
        versions = Version.objects.only("pk", "item_id", "number", "state", "change_type")
        copies = Prefetch("working_copies__item__versions", versions)
        return releases.annotate(item_count=Count("items", distinct=True)).prefetch_related(
            copies, "items", "withdrawals"
        )

    @admin.display(description="State", ordering="state")
    def stand(self, release: Release) -> str:
        """Return where it stands, as a pill."""
        return format_html('<span class="state state-{}">{}</span>', release.state.lower(), release.get_state_display())

    @admin.display(description="Texts", ordering="item_count")
    def texts(self, release: Any) -> int:
        """Return how many texts it holds."""
        return int(release.item_count) + len(release.working_copies.all())

    @admin.display(description="Opened", ordering="created_at")
    def opened(self, release: Release) -> str:
        """Return the day on which it was opened."""
        return date_format(release.created_at, "j M Y")

    @admin.display(description="Went out", ordering="published_at")
    def went_out(self, release: Release) -> str:
        """Return when it was published."""
        return date_format(release.published_at, "DATETIME_FORMAT") if release.published_at else ""

    @admin.display(description="Waits for")
    def waits_for(self, release: Release) -> str:
        """Return who must do something next."""
        return waiting_for(release)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let editors and publishers open releases."""
        return bool(roles_of(request.user) & {EDITOR, PUBLISHER})

    def save_model(self, request: HttpRequest, obj: Release, form: Any, change: bool) -> None:  # noqa: FBT001
        """Open the release by the action that everybody uses."""
        opened = actions.open_release(person=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        obj.pk = opened.pk

    def response_add(self, request: HttpRequest, obj: Release, post_url_continue: str | None = None) -> HttpResponse:
        """Go on to what the release will hold."""
        self.message_user(request, f"“{obj}” is open. Put in what belongs to it.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:releases_release_change", args=[obj.pk]))

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that put texts in and take items down, and what the steps post to."""
        wrap, of_item = self.admin_site.admin_view, {"model_admin": self}
        return [
            path("put-in/", wrap(PutInView.as_view(**of_item)), name="releases_release_put_in"),
            path("withdraw/<uuid:item_id>/", wrap(WithdrawView.as_view(**of_item)), name="releases_release_withdraw"),
            path("pull/<uuid:item_id>/", wrap(PullView.as_view(**of_item)), name="releases_release_pull"),
            path(
                "confirm/<uuid:release_id>/", wrap(ConfirmPullView.as_view(**of_item)), name="releases_release_confirm"
            ),
            path("publish/<uuid:version_id>/", wrap(self.publish_view), name="releases_release_publish_version"),
            path("<uuid:release_id>/<slug:name>-step/", wrap(self.step_view), name="releases_release_step"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what the release holds, what it changes elsewhere, and what the person may do next."""
        release = self.release(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": "Release",
            "opts": self.opts,
            **release_page(release, request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/releases/release.html", context)

    def step_view(self, request: HttpRequest, release_id: uuid.UUID, name: str) -> HttpResponse:
        """Take one step, or say why not."""
        release = self.release(request, str(release_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = StepForm(request.POST)
        try:
            if name not in STEPS or not form.is_valid():
                raise Refused("form-incomplete", "That step is not complete. Reload the page and try again.")
            messages.success(request, STEPS[name](release, request.user, form.cleaned_data, request.POST))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("admin:releases_release_change", args=[release.pk]))

    def publish_view(self, request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
        """Publish one approved version in a release of its own, or say why not."""
        if not self.has_view_permission(request):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        version = Version.objects.select_related("item").filter(pk=version_id).first()
        if version is None:
            raise Http404
        try:
            number = actions.publish_version(version=version, person=request.user).number  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(reverse("admin:editorial_version_change", args=[version.pk]))
        messages.success(request, f"Release {number} is out.")
        return self.to(Release.objects.get(number=number))

    def release(self, request: HttpRequest, release_id: str) -> Release:
        """Return a release that the person may read, or answer that there is none."""
        may_read = self.has_view_permission(request)
        release: Release | None = self.get_object(request, release_id) if may_read else None
        if release is None:
            msg = "There is no such release, or you have no role that lets you read it."
            raise Http404(msg)
        return release

    def to(self, release: Release) -> HttpResponseRedirect:
        """Lead to the page of a release."""
        return HttpResponseRedirect(reverse("admin:releases_release_change", args=[release.pk]))
