"""What reviewers said, beside the fields of the form that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse

from content_api.editorial import queries
from content_api.editorial.admin.discussion import by_pointer, label_at

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem


def show_comments(form: Any, item: ContentItem) -> list[Json]:
    """Put each comment below its field; return all of them, with the label and the place of the field in the page."""
    comments = queries.open_comments(item)
    for pointer, said in by_pointer(comments).items():
        if field := form.fields.get(pointer.removeprefix("/")):
            shown = render_to_string("admin/editorial/parts/remarks.html", {"comments": said})
            field.help_text = f"{field.help_text}{shown}"  # the form writes help texts as HTML
    return [_entry(one, form) for one in comments]


def _entry(comment: Any, form: Any) -> Json:
    name, _, key = comment.pointer.removeprefix("/").partition("/")
    place = f"id_{name}" if name in form.fields and not key else f"{name}-group"
    page = reverse("admin:editorial_version_change", args=[comment.version_id])
    return {
        "comment": comment,
        "label": label_at(comment.pointer),
        "anchor": place,
        "url": f"{page}#comment-{comment.pk}",
    }
