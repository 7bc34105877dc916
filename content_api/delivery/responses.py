"""What every answer of the API has around its bytes: content type, ETag, caching and the release it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer

from content_api.canonical_json import sha256_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

RENDERER = 1  # of composed answers; raise it when their shape moves, so that nobody keeps an old one
UNPINNED = "private, max-age=60, stale-while-revalidate=300"
PINNED = "private, max-age=3600"
AT_THE_EDGE = "max-age=31536000"
OPEN = "public, max-age=300"
REFUSED = "private, no-store"
_ETAG = re.compile(r'"sha256:[0-9a-f]{64}"|\*')  # all that we ever sent
VARY = "Authorization, Accept, Accept-Encoding"


class JSONRenderer(BaseRenderer):
    """The one content type of the API."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return the bytes of a JSON value."""
        return orjson.dumps(data)


class AlwaysJSON(BaseContentNegotiation):
    """Answer in JSON whatever the client would rather have; there is nothing else to choose from."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """Return the first parser, if any."""
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


def etag_of(*parts: object) -> str:
    """Return the strong ETag of a composed answer: a hash over all that it depends on."""
    digest = sha256_of_text(orjson.dumps([RENDERER, *parts]).decode())
    return f'"{digest}"'


def known_etags(request: HttpRequest) -> list[str]:
    """Return what the client says it holds already, without the mark of weak comparison."""
    tags = (tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", "")))
    return [tag for tag in tags if _ETAG.fullmatch(tag)]


def holds(request: HttpRequest, etag: str) -> bool:
    """Tell whether the client holds this answer already."""
    tags = known_etags(request)
    return etag in tags or "*" in tags


def conditional(request: HttpRequest, etag: str, body: Callable[[], bytes]) -> HttpResponse:
    """Return 304 if the client holds the answer already (its body is not made then), else the answer."""
    response = HttpResponseNotModified() if holds(request, etag) else HttpResponse(body(), "application/json")
    response.headers["ETag"] = etag
    return response


def label(
    response: HttpResponseBase, *, release: int | None, is_pinned: bool = False, tags: Sequence[str] = ()
) -> None:
    """Write which release an answer shows, and how long it may be kept."""
    if release is not None:
        response.headers["Content-Release"] = str(release)
    response.headers["Vary"] = VARY
    if is_pinned and response.status_code < 400:  # noqa: PLR2004 - an answer, not a refusal
        response.headers["Cache-Control"] = PINNED
        response.headers["CDN-Cache-Control"] = AT_THE_EDGE
        response.headers["Cache-Tag"] = ",".join(tags)
    response.headers.setdefault("Cache-Control", UNPINNED)
