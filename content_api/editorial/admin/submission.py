"""The page on which editors submit texts for review, one or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from content_api.editorial import actions, queries
from content_api.editorial.admin.forms import SubmitForm
from content_api.editorial.models import ChangeType
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models.options import Options
    from django.http import HttpRequest, HttpResponse

    from content_api.content_items import WorkingCopy

MANY = 100  # texts that one page submits


class SubmitView(View):
    """Ask what changed where something was public before, then submit each text and say what came of it."""

    model_admin: Any = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what will be submitted, and the questions; what stands in for a parked text corrects what is live."""
        rows = self._chosen(request)
        corrects = [row for row in rows if queries.parked_text(row.item)]
        initial = {"change_type": ChangeType.CORRECTION} if corrects and corrects == rows else {}
        return self._page(request, rows, SubmitForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Submit, or show the questions again with what is missing."""
        rows = self._chosen(request)
        form = SubmitForm(request.POST)
        if self._later(rows) and not form.is_valid():
            return self._page(request, rows, form)
        for row in rows:
            self._submit(request, row, form)
        opts = self.model_admin.opts
        if len(rows) == 1:
            return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[rows[0].pk]))
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))

    def _chosen(self, request: HttpRequest) -> list[WorkingCopy]:
        if not self.model_admin.has_change_permission(request):
            raise PermissionDenied
        rows = self.model_admin.get_queryset(request).select_related("item").order_by("slug")
        try:
            return list(rows.filter(pk__in=request.GET.getlist("id")[:MANY]))
        except ValidationError:  # not a UUID
            return []

    def _later(self, rows: Iterable[WorkingCopy]) -> list[WorkingCopy]:
        return [row for row in rows if not queries.is_first(row.item)]

    def _submit(self, request: HttpRequest, row: WorkingCopy, form: SubmitForm) -> None:
        change = {} if queries.is_first(row.item) else form.cleaned_data
        try:
            version = actions.submit(item=row.item, person=request.user, **change)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, f"{row} was not submitted. {refusal.message}")
        else:
            roles = version.required_reviews.order_by("role").values_list("role", flat=True)
            messages.success(request, f"{row} is in review. It waits for {' and '.join(one.lower() for one in roles)}.")

    def _page(self, request: HttpRequest, rows: list[WorkingCopy], form: SubmitForm) -> TemplateResponse:
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": "Submit for review",
            "opts": self.model_admin.opts,
            "rows": rows,
            "later": self._later(rows),
            "form": form,
        }
        return TemplateResponse(request, "admin/editorial/submit.html", context)


def submit_address(opts: Options[Any], rows: Iterable[WorkingCopy]) -> str:
    """Return the address of the page that submits these texts."""
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_submit")
    return f"{address}?{urlencode([('id', str(row.pk)) for row in rows])}"
