"""What the page of a version shows of releases: the one that it belongs to, or how it can go out alone.

It is a tag because the page belongs to editorial, which knows no release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from content_api.editorial.models import State
from content_api.people import EDITOR, PUBLISHER, roles_of
from content_api.releases.queries import release_of, why_not_alone

if TYPE_CHECKING:
    from content_api.canonical_json import Json

register = template.Library()


@register.inclusion_tag("admin/releases/going_out.html", takes_context=True)
def going_out(context: Any) -> Json:
    """Return what the part shows to the person who looks at the page's version."""
    version, request = context["version"], context["request"]
    held, release = roles_of(request.user), release_of(version)
    waits = release is None and version.state == State.APPROVED
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "version": version,
        "release": release,
        "may_publish": waits and PUBLISHER in held,
        "may_compose": waits and bool(held & {EDITOR, PUBLISHER}),
        "why_not": why_not_alone(version, timezone.now()) if waits and PUBLISHER in held else "",
    }
