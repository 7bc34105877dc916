"""The page on which reviewers say of texts, one or many, that they were checked against a source and still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from content_api import kinds
from content_api.editorial import policies
from content_api.editorial.actions import confirm
from content_api.editorial.models import Role
from content_api.people import REVIEWER_ROLES, roles_of
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models.options import Options
    from django.http import HttpRequest, HttpResponse

    from content_api.content_items import WorkingCopy

MANY = 100  # texts that one page confirms


class ConfirmForm(forms.Form):
    """Against what the texts were checked, and what was found."""

    role = forms.ChoiceField(label="As", widget=forms.RadioSelect)
    source: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        to_field_name="slug",
        label="Checked against",
        help_text="The slug of the source that you read today. Type a few letters and choose.",
        widget=forms.TextInput(attrs={"list": "sources", "class": "vTextField", "autocomplete": "off"}),
        error_messages={"invalid_choice": "There is no source with this slug. Choose one from the list."},
    )
    note = forms.CharField(
        label="What you found",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="A sentence for the record: “The register still lists it, unchanged.”",
    )

    def __init__(self, roles: Iterable[str], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        chosen = [role for role in Role.values if role in roles]
        self.fields["role"].choices = [(role, role) for role in chosen]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["role"].initial = chosen[0] if chosen else None
        sources = kinds.get("source").model._default_manager
        self.fields["source"].queryset = sources.order_by("slug")  # type: ignore[attr-defined] # a ModelChoiceField


class ConfirmView(View):
    """Ask once, then confirm each text and say what came of it."""

    model_admin: Any = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what will be confirmed, what cannot be and why, and the questions."""
        return self._page(request, self._chosen(request), ConfirmForm(roles_of(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Confirm, or show the questions again with what is missing."""
        rows, form = self._chosen(request), ConfirmForm(roles_of(request.user), request.POST)
        if not form.is_valid():
            return self._page(request, rows, form)
        for row in rows:
            _confirm(request, row, form.cleaned_data)
        opts = self.model_admin.opts
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))

    def _chosen(self, request: HttpRequest) -> list[WorkingCopy]:
        if not roles_of(request.user) & {*REVIEWER_ROLES}:
            raise PermissionDenied
        rows = self.model_admin.get_queryset(request).order_by("slug")
        try:
            return list(rows.filter(pk__in=request.GET.getlist("id")[:MANY]))
        except ValidationError:  # not a UUID
            return []

    def _page(self, request: HttpRequest, rows: list[WorkingCopy], form: ConfirmForm) -> TemplateResponse:
        roles = sorted(roles_of(request.user) & {*REVIEWER_ROLES})
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": "Confirm that it still holds",
            "opts": self.model_admin.opts,
            "rows": [{"row": row, "refusal": _refusal(request.user, row, roles)} for row in rows],
            "form": form,
            "sources": kinds.get("source").model._default_manager.order_by("slug"),
        }
        return TemplateResponse(request, "admin/editorial/confirm.html", context)


def _confirm(request: HttpRequest, row: WorkingCopy, said: dict[str, Any]) -> None:
    try:
        confirm(item=row.item, person=request.user, role=said["role"], source=said["source"].item, note=said["note"])  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, f"{row} was not confirmed. {refusal.message}")
    else:
        messages.success(request, f"{row}: your confirmation is recorded. It goes out with a release.")


def _refusal(person: Any, row: WorkingCopy, roles: list[str]) -> str:
    """Return why the person may confirm a text in none of their roles, or nothing."""
    found = []
    for role in roles:
        try:
            policies.check_can_confirm(row.item, person, role)
        except Refused as refusal:
            found.append(refusal.message)
    return found[0] if len(found) == len(roles) else ""


def confirm_address(opts: Options[Any], rows: Iterable[WorkingCopy]) -> str:
    """Return the address of the page that confirms these texts."""
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_confirm")
    return f"{address}?{urlencode([('id', str(row.pk)) for row in rows])}"
