"""The pages that take items down: withdraw in a release, pull at once, confirm a pull. Each says first what it does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.template.response import TemplateResponse
from django.views import View

from content_api import kinds
from content_api.content_items import ContentItem
from content_api.editions.models import Edition, OpenPull
from content_api.editorial import queries
from content_api.editorial.admin.differences import differences
from content_api.refusals import Refused, refusal_of
from content_api.releases import actions, policies
from content_api.releases.admin.forms import PullForm, TakeDownForm, WithdrawForm
from content_api.releases.models import Release
from content_api.rendering.closure import close
from content_api.rendering.envelope import substance_in

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.rendering.closure import Closure


class _Page(View):
    """A page about one thing, for whoever has a role; what it may not do, the action says."""

    model_admin: Any = None
    template = ""
    title = ""

    def _answer(self, request: HttpRequest, **context: Any) -> TemplateResponse:
        shown = {
            **self.model_admin.admin_site.each_context(request),
            "title": self.title,
            "opts": self.model_admin.opts,
            **context,
        }
        return TemplateResponse(request, self.template, shown)

    def _check_reads(self, request: HttpRequest) -> None:
        if not self.model_admin.has_view_permission(request):
            msg = "There is nothing here, or you have no role that lets you read it."
            raise Http404(msg)


class _TakeDown(_Page, ABC):
    form_class: type[TakeDownForm]
    pulls = False

    def get(self, request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
        """Show what will be taken down, and what else that changes."""
        item = self._item(request, item_id)
        return self._show(request, item, self.form_class(initial={"release": request.GET.get("release")}))

    def post(self, request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
        """Take it down, or say why not."""
        item, form = self._item(request, item_id), self.form_class(request.POST)
        if not form.is_valid():
            return self._show(request, item, form)
        try:
            release = self._act(request, item, form.cleaned_data)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self._show(request, item, form)
        response: HttpResponse = self.model_admin.to(release)
        return response

    @abstractmethod
    def _act(self, request: HttpRequest, item: ContentItem, said: Json) -> Release:
        """Take the item down, and return the release in which that happens."""

    @abstractmethod
    def _refusal(self, request: HttpRequest, item: ContentItem) -> str:
        """Return why the person may not take it down, or nothing."""

    def _item(self, request: HttpRequest, item_id: uuid.UUID) -> ContentItem:
        self._check_reads(request)
        item = ContentItem.objects.filter(pk=item_id).first()
        if item is None:
            msg = "There is no such item."
            raise Http404(msg)
        return item

    def _show(self, request: HttpRequest, item: ContentItem, form: TakeDownForm) -> HttpResponse:
        refusal = self._refusal(request, item)
        leaving = {str(item.pk)}
        closure = close(release=queries.current_release(), entering={}, leaving=leaving, pulls=self.pulls)
        row = queries.working_copy(item)
        about = {"name": str(row), "slug": row.slug, "kind": kinds.get(item.kind).label}
        return self._answer(request, item=about, form=form, refusal=refusal, **consequences(closure))


class WithdrawView(_TakeDown):
    """Take an item down in a release, with all that goes out in it."""

    template, title, form_class = "admin/releases/withdraw.html", "Withdraw", WithdrawForm

    def _refusal(self, request: HttpRequest, item: ContentItem) -> str:
        return refusal_of(policies.check_is_publisher, request.user) or refusal_of(policies.check_is_live, item)

    def _act(self, request: HttpRequest, item: ContentItem, said: Json) -> Release:
        actions.add_withdrawal(item=item, person=request.user, **said)  # type: ignore[arg-type]
        messages.success(request, "The release takes it down.")
        release: Release = said["release"]
        return release


class PullView(_TakeDown):
    """Take an item down at once."""

    template, title, form_class, pulls = "admin/releases/pull.html", "Pull", PullForm, True

    def _refusal(self, request: HttpRequest, item: ContentItem) -> str:
        return refusal_of(policies.check_can_pull, item, request.user, "SAFETY")

    def _act(self, request: HttpRequest, item: ContentItem, said: Json) -> Release:
        number = actions.pull(item=item, person=request.user, **said).number  # type: ignore[arg-type]
        messages.success(request, f"It is down since release {number}. A second person must confirm within 24 hours.")
        return Release.objects.get(number=number)


class ConfirmPullView(_Page):
    """Let a second person confirm a pull, who is first shown what that changes."""

    template, title = "admin/releases/confirm.html", "Confirm the pull"

    def get(self, request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
        """Show what was pulled, and what will be known again."""
        release = self._release(request, release_id)
        waiting = OpenPull.objects.filter(tombstone__release_id=release.number, until_release=None)
        confirmed = frozenset(str(one) for one in waiting.values_list("content_id", flat=True))
        closure = close(release=queries.current_release(), entering={}, leaving=frozenset(), confirmed=confirmed)
        refusal = refusal_of(policies.check_can_confirm_pull, release, request.user)
        withdrawals = release.withdrawals.select_related("item")
        pulled = [{"row": one, "name": str(queries.working_copy(one.item))} for one in withdrawals]
        return self._answer(request, release=release, pulled=pulled, refusal=refusal, **consequences(closure))

    def post(self, request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
        """Confirm it, or say why not."""
        release = self._release(request, release_id)
        try:
            actions.confirm_pull(release=release, person=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "The pull is confirmed.")
        response: HttpResponse = self.model_admin.to(release)
        return response

    def _release(self, request: HttpRequest, release_id: uuid.UUID) -> Release:
        self._check_reads(request)
        release = Release.objects.filter(pk=release_id, is_pull=True).first()
        if release is None:
            msg = "There is no such pull."
            raise Http404(msg)
        return release


def consequences(closure: Closure) -> Json:
    """Return what goes too, and what reads differently: the texts that show less, with what changes in each."""
    live = Edition.objects.filter(until_release=None)
    gone = live.filter(content_id__in=list(closure.cascaded)).order_by("kind", "slug")
    touched = live.filter(content_id__in=list(closure.touched)).order_by("kind", "slug")
    return {
        "goes_too": [{"name": one.name, "kind": one.kind.replace("_", " "), "slug": one.slug} for one in gone],
        "reads_differently": [
            {
                "name": one.name,
                "kind": one.kind.replace("_", " "),
                "slug": one.slug,
                "changes": differences(substance_in(one.body), closure.touched[str(one.content_id)].substance),
            }
            for one in touched
        ],
    }
