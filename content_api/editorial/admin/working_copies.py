"""The pages on which editors edit: every change is recorded with its person, whatever part of the page it was on.

Editing asks for the Editor group and not for a permission, so a superuser without it reads and edits nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import formats
from django.utils.html import format_html

from content_api.editorial.actions import adopt, record_edit
from content_api.editorial.admin import collisions
from content_api.editorial.admin.confirming import ConfirmView, confirm_address
from content_api.editorial.admin.editors import EditedByEditors
from content_api.editorial.admin.forms import LabeledForm, RowFormSet
from content_api.editorial.admin.lists import FILTERS, STATES, with_standing
from content_api.editorial.admin.parking import CorrectView, ParkedView
from content_api.editorial.admin.past import CompareView, HistoryView, RestoreView
from content_api.editorial.admin.remarks import show_comments
from content_api.editorial.admin.sides import SideView, address
from content_api.editorial.admin.standing import bar_of
from content_api.editorial.admin.submission import SubmitView, submit_address
from content_api.editorial.admin.workbench import ChecksView, PreviewView
from content_api.editorial.moves import lock
from content_api.people import EDITOR, PUBLISHER, REVIEWER_ROLES, roles_of
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.db import models
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from django.views import View

    from content_api.content_items import ContentItem, WorkingCopy

SIDES: dict[str, type[SideView]] = {  # the pages beside a working copy, by the last part of their address
    "checks": ChecksView,
    "preview": PreviewView,
    "history": HistoryView,
    "compare": CompareView,
    "restore": RestoreView,
    "correct": CorrectView,
    "parked": ParkedView,
}
TOGETHER: dict[str, type[View]] = {"submit": SubmitView, "confirm": ConfirmView}  # the pages about several at once
LIFE: tuple[str, Any] = ("Address, language and review", {"fields": ("slug", ("language", "review_interval_days"))})


class _Rows(EditedByEditors, InlineModelAdmin):  # type: ignore[type-arg] # not generic at run time
    fk_name = "parent"
    form = LabeledForm
    formset = RowFormSet
    extra = 0
    ordering = ("position", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let editors take rows away."""
        return EDITOR in roles_of(request.user)


class TabularRows(_Rows, admin.TabularInline):  # type: ignore[type-arg] # not generic at run time
    """Short rows, one a line."""

    template = "admin/editorial/rows.html"


class StackedRows(_Rows, admin.StackedInline):  # type: ignore[type-arg] # not generic at run time
    """Long rows, one below the other."""

    classes = ("collapse",)


class _Recorded(EditedByEditors, admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """A page whose saving is recorded once, after all of its rows were saved."""

    form = LabeledForm
    list_per_page = 50
    change_form_template = "admin/editorial/working_copy.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Save what was typed beside what others saved meanwhile, and never over it."""
        shown = {**(extra_context or {}), "seen": request.POST.get(collisions.SEEN, "")}
        with transaction.atomic():
            if object_id and shown["seen"] and self.has_change_permission(request):
                answer = collisions.answer(self, request, unquote(object_id))
                if answer:
                    return answer
            return super().changeform_view(request, object_id, form_url, shown)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Let the form carry what its text says when it is opened."""
        obj = kwargs.get("obj")
        if obj is not None and not context.get("seen"):
            context["seen"] = collisions.seen_of(obj, self.item_of(obj))
        return super().render_change_form(request, context, *args, **kwargs)

    def item_of(self, obj: Any) -> ContentItem:
        """Return the item whose text this page changes."""
        item: ContentItem = obj.item
        return item

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save the row, after whoever is at the same text: the item is locked first, as every action does."""
        if change:
            lock(self.item_of(obj))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Save the rows, then record who changed the text, if it changed."""
        super().save_related(request, form, formsets, change)
        record_edit(item=self.item_of(form.instance), person=request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a text stays, and the page says how to take it down."""
        return False


class WorkingCopyAdmin(_Recorded):
    """The pages of one kind: its list, its form, and its submission for review."""

    actions = ("submit_for_review", "add_to_release", "confirm_texts", "adopt_changes")
    ordering = ("slug",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch where each text stands in the same query."""
        return with_standing(super().get_queryset(request))

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        """Show where each text stands beside its name, before the kind's other columns."""
        first, *rest = (one for one in super().get_list_display(request) if one != "slug")
        return (first, "stands", "live", "review_day", *rest, "owner")

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        """Offer a filter for where it stands before those of the kind."""
        return (*FILTERS, *super().get_list_filter(request))

    @admin.display(description="Stands", ordering="stands")
    def stands(self, row: Any) -> str:
        """Return where it stands, as a pill."""
        return format_html('<span class="state state-{}">{}</span>', row.stands, STATES[row.stands])

    @admin.display(description="Live", ordering="live_release")
    def live(self, row: Any) -> str:
        """Return the version that is live, and since which release."""
        return f"v{row.live_version}, release {row.live_release}" if row.live_version else ""

    @admin.display(description="Next review", ordering="next_review")
    def review_day(self, row: Any) -> str:
        """Return the day by which what is live must be looked at again."""
        return formats.date_format(row.next_review, "j M Y") if row.next_review else ""

    @admin.display(description="Owner", ordering="owner_name")
    def owner(self, row: Any) -> str:
        """Return who changed it last."""
        return row.owner_name or ""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages about several texts, and those beside one."""
        name, wrap = f"{self.opts.app_label}_{self.opts.model_name}_", self.admin_site.admin_view
        pages = [
            path(f"{place}{page}/", wrap(view.as_view(model_admin=self)), name=name + page)
            for place, views in (("", TOGETHER), ("<path:object_id>/", SIDES))
            for page, view in views.items()
        ]
        return [*pages, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Say above the form where the text stands, and offer what can be done with it."""
        obj = kwargs.get("obj")
        if obj is not None:
            context |= bar_of(obj.item, request.user)
            context |= {f"{side}_url": address(obj, side) for side in SIDES}
            context["comments"] = show_comments(context["adminform"].form, context["inline_admin_formsets"], obj.item)
            context["may_pull"] = bool(roles_of(request.user) & {PUBLISHER, *REVIEWER_ROLES})
            if self.has_change_permission(request, obj):
                context["submit_url"] = submit_address(self.opts, [obj])
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Go on to the submission, if that is what was pressed."""
        if "_submit" in request.POST:
            return HttpResponseRedirect(submit_address(self.opts, [obj]))
        return super().response_change(request, obj)

    @admin.action(description="Submit for review", permissions=["change"])
    def submit_for_review(self, request: HttpRequest, queryset: QuerySet[WorkingCopy]) -> HttpResponse:
        """Go to the page on which the selected texts are submitted."""
        return HttpResponseRedirect(submit_address(self.opts, list(queryset)))

    @admin.action(description="Add to a release", permissions=["change"])
    def add_to_release(self, request: HttpRequest, queryset: QuerySet[WorkingCopy]) -> HttpResponse:
        """Go to the page on which the selected texts are put into a release."""
        chosen = urlencode([("id", str(row.pk)) for row in queryset])
        return HttpResponseRedirect(f"{reverse('admin:releases_release_put_in')}?{chosen}")

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        """Let reviewers confirm."""
        return bool(roles_of(request.user) & {*REVIEWER_ROLES})

    @admin.action(description="Confirm that it still holds", permissions=["confirm"])
    def confirm_texts(self, request: HttpRequest, queryset: QuerySet[WorkingCopy]) -> HttpResponse:
        """Go to the page on which the selected texts are confirmed."""
        return HttpResponseRedirect(confirm_address(self.opts, list(queryset)))

    @admin.action(description="Adopt changes made outside the application", permissions=["change"])
    def adopt_changes(self, request: HttpRequest, queryset: QuerySet[WorkingCopy]) -> None:
        """Record the person as author of what was changed behind the application's back."""
        for row in queryset.select_related("item"):
            try:
                adopt(item=row.item, person=request.user)  # type: ignore[arg-type]
            except Refused as refusal:
                self.message_user(request, f"{row}: {refusal.message}", messages.WARNING)
            else:
                self.message_user(request, f"{row}: you now answer for it as one of its authors.", messages.SUCCESS)


class RowPageAdmin(_Recorded):
    """A page for one row that has rows of its own. It is reached from its item, and recorded there."""

    def item_of(self, obj: Any) -> ContentItem:
        """Return the item that the row belongs to."""
        item: ContentItem = obj.parent.item
        return item

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: rows are added on the page of their item."""
        return False

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Keep rows out of the index; they are no texts of their own."""
        return {}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the way back to the item, and show what reviewers said of this row."""
        obj = kwargs["obj"]
        context["parent"], context["parent_url"] = obj.parent, self._parent_address(obj)
        rows = obj._meta.get_field("parent").remote_field.get_accessor_name()
        parts = context["adminform"].form, context["inline_admin_formsets"], self.item_of(obj)
        context["comments"] = show_comments(*parts, below=f"/{rows}/{obj.key}")
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Return to the item after saving."""
        return HttpResponseRedirect(self._parent_address(obj))

    def _parent_address(self, obj: Any) -> str:
        meta = obj.parent._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.parent.pk])


def inline_of(model: type[models.Model], base: type[InlineModelAdmin[Any, Any]], **options: Any) -> type[Any]:
    """Return the inline of one kind of row."""
    return type(f"{model.__name__}Inline", (base,), {"model": model, **options})
