"""The `Link` header of an item: where the disclaimers are that must be shown with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from django.conf import settings

from content_api.delivery.responses import add_header

if TYPE_CHECKING:
    from django.http import HttpResponse


def link_disclaimers(response: HttpResponse, body: str, *, release: int | None) -> HttpResponse:
    """Add a link to each disclaimer that a delivered item carries, in the release that the client named, if any.

    The relation is named by the disclaimers' collection, as RFC 8288 lets those do who find no registered word.
    """
    collection = f"{settings.PUBLIC_BASE_URL}/api/v1/disclaimers/"
    query = f"?release={release}" if release is not None else ""
    for one in orjson.loads(body).get("disclaimers", []) if body else ():
        add_header(response, "Link", f'<{collection}{one["slug"]}/{query}>; rel="{collection}"')
    return response
