"""What an editor typed into the form of a working copy, as content, without saving any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api.shapes import MemberType, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model
    from django.http import HttpRequest

    from content_api.canonical_json import Json
    from content_api.shapes import Member, Shape

LAST = 1_000_000  # where a new row goes that was given no place


def row_ids(row: Any) -> dict[str, list[str]]:
    """Return the primary keys of the child rows of a working copy, in the order of its content."""
    found = (one for one in _shape(row).members if one.type is MemberType.ROWS)
    return {
        one.name: [str(pk) for pk in getattr(row, one.name).order_by("position", "pk").values_list("pk", flat=True)]
        for one in found
    }


def typed(
    model_admin: Any, request: HttpRequest, row: Any, base: Json, ids: Mapping[str, Sequence[str]]
) -> Json | None:
    """Return the content that a form holds which was opened on `base`; None if it is not filled in rightly."""
    form = model_admin.get_form(request, row, change=True)(
        request.POST, instance=type(row)._default_manager.get(pk=row.pk)
    )
    if not form.is_valid():
        return None
    content = _said(_shape(row), form, base)
    for formset, _inline in model_admin.get_formsets_with_inlines(request, row):
        name = formset.get_default_prefix()
        rows = _rows(formset, request, row, dict(zip(ids[name], base[name], strict=True)))
        if rows is None:
            return None
        content[name] = rows
    return content


def _shape(row: Any) -> Shape:
    model: type[Model] = type(row)
    return shape_of(model)


def _rows(formset: Any, request: HttpRequest, parent: Any, old: Mapping[str, Json]) -> list[Json] | None:
    prefix, rows = formset.get_default_prefix(), []
    for index in range(min(int(request.POST.get(f"{prefix}-TOTAL_FORMS") or 0), formset.absolute_max)):
        pk = request.POST.get(f"{prefix}-{index}-id", "")
        form = formset.form(request.POST, prefix=f"{prefix}-{index}", instance=formset.model(parent=parent))
        if f"{prefix}-{index}-DELETE" in request.POST or not (pk or form.has_changed()):
            continue
        if not form.is_valid():
            return None
        rows.append((_place(form, pk), index, _said(shape_of(formset.model), form, old.get(pk, {}))))
    return [content for _, _, content in sorted(rows, key=lambda one: one[:2])]


def _place(form: Any, pk: str) -> int:
    is_placed = pk or "position" in form.changed_data
    return int(form.cleaned_data.get("position") or 0) if is_placed else LAST


def _said(shape: Shape, form: Any, base: Json) -> Json:
    """Return the content of one row: from the form what it asks, and all else as it was."""
    content = {}
    for member in shape.members:
        is_kept = member.name in base and member.name not in form.fields
        content[member.name] = base[member.name] if is_kept else _value(member, form)
    return content


def _value(member: Member, form: Any) -> Any:
    match member.type:
        case MemberType.ROWS:
            return []
        case MemberType.REFERENCES:
            return sorted(str(one.pk) for one in form.cleaned_data.get(member.name, ()))
        case MemberType.REFERENCE:
            target = getattr(form.instance, member.field.attname)
            return str(target) if target else None
        case _:
            value = getattr(form.instance, member.name)
            return value.isoformat() if hasattr(value, "isoformat") else value
