"""The past of a text: every submission of it, any two of them compared, and an old one brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from content_api.editions.models import Edition
from content_api.editorial import queries
from content_api.editorial.actions import restore
from content_api.editorial.admin.differences import differences
from content_api.editorial.admin.sides import SideView, address
from content_api.people import EDITOR, roles_of
from content_api.refusals import Refused
from content_api.rendering.substance import render
from content_api.rendering.world import EditionWorld

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem, WorkingCopy
    from content_api.editorial.models import Version
    from content_api.rendering.world import Draft


class HistoryView(SideView):
    """Every submission of a text, newest first, with what became of it."""

    template = "admin/editorial/history.html"
    title = "History"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the list, from which two are chosen to compare."""
        row = self.row(request, object_id)
        versions = row.item.versions.select_related("submitted_by").prefetch_related("reviews").order_by("-number")
        editions = _editions(row)
        entries = [{"version": one, "edition": editions.get(one.pk), "url": _url(one)} for one in versions]
        may_restore = EDITOR in roles_of(request.user)
        links = {"compare_url": address(row, "compare"), "restore_url": address(row, "restore")}
        return self.page(request, row, entries=entries, may_restore=may_restore, **links)


class CompareView(SideView):
    """Two submissions of a text, as both would read today."""

    template = "admin/editorial/compare.html"
    title = "Compare"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what differs between the two, the older one first."""
        row = self.row(request, object_id)
        pair = [_numbered(row, request.GET.get(name, "")) for name in ("from", "to")]
        old, new = sorted(filter(None, pair), key=lambda one: one.number) if all(pair) else (None, None)
        changes = differences(*(as_read(row.item, queries.draft_of(one)) for one in (old, new))) if old and new else []
        versions = row.item.versions.order_by("-number")
        return self.page(
            request, row, old=old, new=new, changes=changes, versions=versions, history_url=address(row, "history")
        )


class RestoreView(SideView):
    """An old submission, written into the working copy again."""

    title = "Restore"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Refuse: a link changes nothing."""
        self.row(request, object_id)
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Restore, or say why not."""
        row = self.row(request, object_id)
        version = _numbered(row, request.POST.get("number", ""))
        try:
            if version is None:
                raise Refused("no-such-version", "Choose a submission of this text from its history.")
            restore(version=version, person=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(address(row, "history"))
        messages.success(
            request, f"Submission {version.number} is in the working copy again. Submit it, and it is reviewed anew."
        )
        return HttpResponseRedirect(address(row, "change"))


def _editions(row: WorkingCopy) -> dict[Any, Edition]:
    """Return the first edition of each version of a text, bodies left unread."""
    found = Edition.objects.filter(content_id=row.pk).defer("body", "card", "facts").order_by("-from_release_id")
    return {edition.version_id: edition for edition in found}


def _numbered(row: WorkingCopy, number: str) -> Version | None:
    return row.item.versions.filter(number=int(number)).first() if number.isdecimal() and len(number) < 9 else None  # noqa: PLR2004


def _url(version: Version) -> str:
    return reverse("admin:editorial_version_change", args=[version.pk])


def as_read(item: ContentItem, draft: Draft) -> Json:
    """Return how a text of an item would read today, so that two of them differ in what they say and in nothing else."""
    content_id = str(item.pk)
    world = EditionWorld(
        release=queries.current_release(), entering={content_id: draft}, waiting=queries.pending_drafts()
    )
    return render(content_id, draft, world).substance
