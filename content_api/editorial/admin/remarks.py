"""What reviewers said, beside the fields of the form that it is about: those of the text, and those of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse

from content_api.editorial import queries
from content_api.editorial.admin.discussion import by_pointer, label_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem

Rows = dict[tuple[str, str], tuple[str, Any]]  # by the name of their group and their key: place in the page, form


def show_comments(form: Any, formsets: Iterable[Any], item: ContentItem, *, below: str = "") -> list[Json]:
    """Put each comment below its field; return all of them, with the label and the place of the field in the page.

    `below` is the pointer of the row whose own page it is: only what was said of the row and of its fields is shown.
    """
    rows = _rows(formsets)
    comments = [one for one in queries.open_comments(item) if f"{one.pointer}/".startswith(f"{below}/")]
    for pointer, said in by_pointer(comments).items():
        name, key, member = _parts(pointer.removeprefix(below))
        shown = render_to_string("admin/editorial/parts/remarks.html", {"comments": said})
        _, beside = rows.get((name, key), ("", form if not key else None))
        if beside:
            _put(beside, member or ("key" if key else name or "key"), shown)
    return [_entry(one, one.pointer.removeprefix(below), form, rows) for one in comments]


def _rows(formsets: Iterable[Any]) -> Rows:
    return {
        (one.formset.prefix, str(getattr(form.instance, "key", ""))): (f"{one.formset.prefix}-{place}", form)
        for one in formsets
        for place, form in enumerate(one.formset.forms)
    }


def _put(form: Any, name: str, shown: str) -> None:
    form.remarks = f"{getattr(form, 'remarks', '')}{shown}"  # a row of a table shows them below itself
    if field := form.fields.get(name):
        field.help_text = f"{field.help_text}{shown}"  # the form writes help texts as HTML


def _parts(pointer: str) -> tuple[str, str, str]:
    name, _, rest = pointer.removeprefix("/").partition("/")
    key, _, member = rest.partition("/")
    return name, key, member


def _entry(comment: Any, pointer: str, form: Any, rows: Mapping[tuple[str, str], tuple[str, Any]]) -> Json:
    name, key, _ = _parts(pointer)
    place = f"id_{name or 'key'}" if (name or "key") in form.fields and not key else f"{name}-group"
    page = reverse("admin:editorial_version_change", args=[comment.version_id])
    return {
        "comment": comment,
        "label": label_at(pointer) or "This row",
        "anchor": rows.get((name, key), (place, None))[0],
        "url": f"{page}#comment-{comment.pk}",
    }
