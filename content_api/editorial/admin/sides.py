"""What every page beside a working copy shares: its row, found by somebody who may read it, and the page's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

if TYPE_CHECKING:
    from django.http import HttpRequest

    from content_api.content_items import WorkingCopy


class SideView(View):
    """A page about one working copy. Reading asks for a role; what changes something asks an action."""

    model_admin: Any = None
    template = ""
    fragment = ""  # what a script asks for to put into the form's page
    title = ""

    def row(self, request: HttpRequest, object_id: str) -> WorkingCopy:
        """Return the working copy; whoever has no role learns nothing, not even whether it is there."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        found: WorkingCopy | None = self.model_admin.get_object(request, object_id)
        if found is None:
            raise Http404(f"There is no {self.model_admin.opts.verbose_name} with this id.")
        return found

    def page(self, request: HttpRequest, row: WorkingCopy, **context: Any) -> TemplateResponse:
        """Return the page, or only its fragment to a script."""
        by_script = bool(self.fragment) and request.headers.get("X-Requested-With") == "fetch"
        frame = {} if by_script else self.model_admin.admin_site.each_context(request)
        shared = {
            "title": self.title,
            "opts": self.model_admin.opts,
            "original": row,
            "item": row.item,
            "form_url": address(row, "change"),
            "fragment": self.fragment,
        }
        return TemplateResponse(request, self.fragment if by_script else self.template, {**frame, **shared, **context})


def address(row: WorkingCopy, name: str) -> str:
    """Return the address of a page beside a working copy."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])
