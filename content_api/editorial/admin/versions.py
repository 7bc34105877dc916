"""Versions in the admin: what a reviewer reads, and the verdict that is bound to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from content_api import kinds
from content_api.editorial import queries
from content_api.editorial.actions import approve, comment, recall, request_changes
from content_api.editorial.admin.forms import CommentForm, VerdictForm
from content_api.editorial.admin.records import RecordAdmin
from content_api.editorial.admin.review_page import review_page
from content_api.editorial.models import RequiredReview, Review, State, Verdict, Version
from content_api.editorial.moves import name_of
from content_api.people import roles_of
from content_api.refusals import Refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


class WaitsForMe(admin.SimpleListFilter):
    """Keep the versions that wait for a role of the person who looks."""

    title = "who it waits for"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer one choice."""
        return [("me", "Me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Version]) -> QuerySet[Version]:
        """Keep what is in review, needs a role that the person has and has no verdict in it."""
        if self.value() != "me":
            return queryset
        needed = RequiredReview.objects.filter(version=OuterRef("pk"), role__in=roles_of(request.user))
        given = Review.objects.filter(version=OuterRef("version"), role=OuterRef("role"))
        return queryset.filter(Exists(needed.exclude(Exists(given))), state=State.IN_REVIEW)


def _say(version: Version, request: HttpRequest) -> None:
    form = CommentForm(request.POST)
    if not form.is_valid():
        raise Refused("form-incomplete", "Write the comment in its box, beside the field that it is about.")
    said = form.cleaned_data
    answers = version.comments.filter(pk=said["answers"]).first() if said["answers"] else None
    comment(version=version, person=request.user, pointer=said["pointer"], text=said["text"], answers=answers)  # type: ignore[arg-type]


def _is_ours(request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(request.POST.get("next"), allowed_hosts=None)


@admin.register(Version)
class VersionAdmin(RecordAdmin):
    """Submissions, newest first; the page of one is where it is reviewed."""

    list_display = ("name", "kind", "number", "stand", "waits_for", "change_type", "submitted")
    list_filter = (WaitsForMe, "state", "item__kind", "change_type")
    list_select_related = ("item", "submitted_by")
    search_fields = ("content", "change_note")
    search_help_text = "Search in the text and in the note about the change."
    ordering = ("-submitted_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        """Fetch what the list shows of reviews in two queries."""
        return super().get_queryset(request).prefetch_related("required_reviews", "reviews")

    def get_urls(self) -> list[URLPattern]:
        """Add what a verdict and a recall post to."""
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:version_id>/verdict/", wrap(self.verdict_view), name="editorial_version_verdict"),
            path("<uuid:version_id>/comment/", wrap(self.comment_view), name="editorial_version_comment"),
            path("<uuid:version_id>/recall/", wrap(self.recall_view), name="editorial_version_recall"),
            *super().get_urls(),
        ]

    @admin.display(description="Text")
    def name(self, version: Version) -> str:
        """Return the name of the item as the version has it."""
        return kinds.get(version.item.kind).name_of(queries.content_of(version))

    @admin.display(description="Kind", ordering="item__kind")
    def kind(self, version: Version) -> str:
        """Return the kind for people."""
        return kinds.get(version.item.kind).label

    @admin.display(description="State", ordering="state")
    def stand(self, version: Version) -> str:
        """Return where the version stands, as a pill."""
        return format_html('<span class="state state-{}">{}</span>', version.state.lower(), version.get_state_display())

    @admin.display(description="Submitted", ordering="submitted_at")
    def submitted(self, version: Version) -> str:
        """Return who submitted it, and when."""
        return f"{name_of(version.submitted_by)}, {date_format(version.submitted_at, 'DATETIME_FORMAT')}"

    @admin.display(description="Waits for")
    def waits_for(self, version: Version) -> str:
        """Return the roles whose verdict is still missing."""
        if version.state != State.IN_REVIEW:
            return ""
        given = {review.role for review in version.reviews.all()}
        return ", ".join(sorted({one.role for one in version.required_reviews.all()} - given))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the text as readers will read it, what is different from what is live, and the verdict form."""
        version = self._version(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": "Review" if version.state == State.IN_REVIEW else "Version",
            "opts": self.opts,
            **review_page(version, request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/editorial/version.html", context)

    def verdict_view(self, request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
        """Give a verdict on the text that the page showed."""
        form = VerdictForm(request.POST)
        version = self._version(request, str(version_id))

        def give() -> str:
            return self._give_verdict(version, request, form)

        return self._answer(request, version, give)

    def comment_view(self, request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
        """Say something of a field, or answer what was said of it."""
        version = self._version(request, str(version_id))

        def say() -> str:
            _say(version, request)
            return "Your comment is with the text."

        return self._answer(request, version, say)

    def recall_view(self, request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
        """Take a version back."""
        version = self._version(request, str(version_id))

        def take_back() -> str:
            recall(version=version, person=request.user)  # type: ignore[arg-type]
            return "It is recalled. Correct the working copy and submit it again."

        return self._answer(request, version, take_back)

    def _give_verdict(self, version: Version, request: HttpRequest, form: VerdictForm) -> str:
        if not form.is_valid():
            raise Refused("form-incomplete", "Choose a role and a verdict, on the page that shows the text.")
        bound = {name: value for name, value in form.cleaned_data.items() if name != "verdict"}
        if not bound["comment"] and version.comments.filter(person_id=request.user.pk).exists():
            bound["comment"] = "See the comments on the fields."
        if form.cleaned_data["verdict"] == Verdict.CHANGES_REQUESTED:
            request_changes(version=version, person=request.user, **bound)  # type: ignore[arg-type]
            return "It goes back to its author with your comment."
        approve(version=version, person=request.user, **bound)  # type: ignore[arg-type]
        version.refresh_from_db()
        if version.state == State.APPROVED:
            return "It is approved, and can go out with a release."
        return "Your approval is recorded. It waits for another role."

    def _answer(self, request: HttpRequest, version: Version, act: Callable[[], str]) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            messages.success(request, act())
        except Refused as refusal:
            messages.error(request, refusal.message)
        back = reverse("admin:editorial_version_change", args=[version.pk])
        return HttpResponseRedirect(request.POST["next"] if _is_ours(request) else back)

    def _version(self, request: HttpRequest, version_id: str) -> Version:
        may_read = self.has_view_permission(request)
        version: Version | None = self.get_object(request, version_id) if may_read else None
        if version is None:
            msg = "There is no such version, or you have no role that lets you read it."
            raise Http404(msg)
        return version
