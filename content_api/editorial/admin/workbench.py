"""Checks and preview of a working copy: of what is saved, or of what stands in the form, which is not saved by it.

What stands in the form is written, read and rolled back in one transaction: so checks and preview see the very rows
that saving would make, and nobody has to turn a form into content in a second way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from content_api import kinds
from content_api.canonical_json import canonical
from content_api.editorial import checks, queries
from content_api.editorial.admin.reading import label_of, rows_of
from content_api.editorial.admin.sides import SideView
from content_api.kinds import Finding, Severity
from content_api.rendering.substance import render
from content_api.rendering.world import Draft, EditionWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.content_items import WorkingCopy

FRAME = {"Id", "Kind", "Slug", "Url", "Attribution", "License"}  # of the API, and not of the text


@dataclass
class Preview:
    """How a text reads; or, where the form is not filled in rightly, what must be mended first."""

    name: str = ""
    rows: list[tuple[str, Any]] = field(default_factory=list)
    json: str = ""
    problem: str = ""


class ChecksView(SideView):
    """What the checks notice."""

    template = "admin/editorial/side.html"
    fragment = "admin/editorial/parts/checks.html"
    title = "Checks"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Check what is saved."""
        row = self.row(request, object_id)
        return self.page(request, row, findings=_entries(findings_of(row)), checked=True)

    def post(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Check what stands in the form."""
        row = self.row(request, object_id)
        found = as_typed(self.model_admin, request, row, findings_of, list)
        return self.page(request, row, findings=_entries(found), checked=True)


class PreviewView(SideView):
    """The text as readers will read it, its slots filled."""

    template = "admin/editorial/side.html"
    fragment = "admin/editorial/parts/preview.html"
    title = "Preview"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Render what is saved."""
        row = self.row(request, object_id)
        return self.page(request, row, preview=preview_of(row))

    def post(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Render what stands in the form."""
        row = self.row(request, object_id)
        return self.page(request, row, preview=as_typed(self.model_admin, request, row, preview_of, _incomplete))


def findings_of(row: WorkingCopy) -> list[Finding]:
    """Return what the checks notice in a working copy as its rows stand."""
    return checks.findings(row.item, queries.draft(row.item), timezone.now().date())


def preview_of(row: WorkingCopy) -> Preview:
    """Return a working copy as it would read in the current release, with whatever waits in review."""
    content_id, content = str(row.pk), queries.draft(row.item)
    draft = Draft(kinds.get(row.item.kind), lambda: content)
    world = EditionWorld(
        release=queries.current_release(), entering={content_id: draft}, waiting=queries.pending_drafts()
    )
    substance = render(content_id, draft, world).substance
    rows = [(label, value) for label, value in rows_of(substance) if label not in FRAME]
    return Preview(str(substance["name"]), rows, canonical(substance))


def as_typed(
    model_admin: Any,
    request: HttpRequest,
    row: WorkingCopy,
    look: Callable[[WorkingCopy], Any],
    otherwise: Callable[[list[Finding]], Any],
) -> Any:
    """Return what `look` finds if the form were saved; if it cannot be, what `otherwise` makes of its errors."""
    if not model_admin.has_change_permission(request, row):
        raise PermissionDenied
    with transaction.atomic():
        errors = _save(model_admin, request, row)
        found = otherwise(errors) if errors else look(model_admin.get_object(request, str(row.pk)))
        transaction.set_rollback(True)
    return found


def _save(model_admin: Any, request: HttpRequest, row: WorkingCopy) -> list[Finding]:
    """Write the form's rows, for as long as the transaction lasts; return what keeps them from being written."""
    form = model_admin.get_form(request, row, change=True)(request.POST, instance=row)
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=True)
    errors = [*_errors(form.errors, "/"), *(one for formset in formsets for one in _row_errors(formset))]
    if not errors:
        form.save()
        for formset in formsets:
            formset.save()
    return errors


def _errors(errors: Any, place: str) -> Iterable[Finding]:
    for name, messages in errors.items():
        label = "The form" if name == "__all__" else label_of(name)
        yield Finding(Severity.ERROR, "invalid-field", f"{place}{name}", f"{label}: {' '.join(map(str, messages))}")


def _row_errors(formset: Any) -> Iterable[Finding]:
    for index, errors in enumerate(formset.errors):
        yield from _errors(errors, f"/{formset.prefix}/{index}/")
    for message in formset.non_form_errors():
        yield Finding(Severity.ERROR, "invalid-rows", f"/{formset.prefix}", str(message))


def _incomplete(errors: list[Finding]) -> Preview:
    return Preview(problem="It can be shown once these are mended. " + " ".join(one.message for one in errors))


def _entries(found: list[Finding]) -> list[Json]:
    """Return the findings, errors first, each with where in the form it is."""
    ordered = sorted(found, key=lambda one: one.severity is not Severity.ERROR)
    return [
        {"is_error": one.severity is Severity.ERROR, "message": one.message, "anchor": _anchor(one)} for one in ordered
    ]


def _anchor(finding: Finding) -> str:
    name, _, below = finding.pointer.removeprefix("/").partition("/")
    return f"{name}-group" if below or finding.code == "invalid-rows" else f"id_{name}"
