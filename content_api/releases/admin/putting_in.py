"""The page that puts texts, chosen in a list or open on their own page, into a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.response import TemplateResponse
from django.views import View

from content_api import kinds
from content_api.content_items import ContentItem
from content_api.editorial import queries
from content_api.people import EDITOR, PUBLISHER, roles_of
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.admin.forms import PutInForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.releases.models import Release

MANY = 100  # texts that one page puts in


class PutInView(View):
    """Ask for the release, then put all of the texts in, or none."""

    model_admin: Any = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what will be put in, and the releases that are open."""
        return self._page(request, PutInForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put them in, or say why not."""
        form = PutInForm(request.POST)
        try:
            release = self._put_in(request, form)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self._page(request, form)
        messages.success(request, f"In “{release}”. Edit what changes, then submit all of it together.")
        response: HttpResponse = self.model_admin.to(release)
        return response

    @transaction.atomic
    def _put_in(self, request: HttpRequest, form: PutInForm) -> Release:
        items, person = self._chosen(request), request.user
        if not form.is_valid() or not items:
            raise Refused("form-incomplete", "Choose texts in a list, and the release that they go into.")
        release = form.cleaned_data["release"]
        if release is None:
            release = actions.open_release(person=person, title=form.cleaned_data["title"])  # type: ignore[arg-type]
        actions.put_in(release=release, items=items, person=person)  # type: ignore[arg-type]
        return release  # type: ignore[no-any-return]

    def _chosen(self, request: HttpRequest) -> list[ContentItem]:
        if not roles_of(request.user) & {EDITOR, PUBLISHER}:
            raise PermissionDenied
        try:
            return list(ContentItem.objects.filter(pk__in=request.GET.getlist("id")[:MANY]).order_by("kind", "pk"))
        except ValidationError:  # not a UUID
            return []

    def _page(self, request: HttpRequest, form: PutInForm) -> TemplateResponse:
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": "Add to a release",
            "opts": self.model_admin.opts,
            "rows": [_row(item) for item in self._chosen(request)],
            "form": form,
        }
        return TemplateResponse(request, "admin/releases/put_in.html", context)


def _row(item: ContentItem) -> Json:
    row = queries.working_copy(item)
    return {"name": str(row), "slug": row.slug, "kind": kinds.get(item.kind).label}
