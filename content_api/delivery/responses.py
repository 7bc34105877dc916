"""What every answer of the API has around its bytes: content type, ETag, caching and the release it shows."""

from __future__ import annotations

import gzip
import re
import zlib
from typing import TYPE_CHECKING

import orjson
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import parse_etags
from rest_framework.negotiation import DefaultContentNegotiation

from content_api.canonical_json import sha256_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from rest_framework.renderers import BaseRenderer
    from rest_framework.request import Request

RENDERER = 3  # of composed answers; raise it when their shape moves, so that nobody keeps an old one
UNPINNED = "private, max-age=60, stale-while-revalidate=300"
PINNED = "private, max-age=3600"
AT_THE_EDGE = "max-age=31536000"
OPEN = "public, max-age=300"
REFUSED = "private, no-store"
_ETAG = re.compile(r'(?:W/)?"(?P<hash>sha256:[0-9a-f]{64})(?P<coding>-gzip)?"')  # all that we ever sent
_GZIP = re.compile(r"gzip(;q=(0\.0*[1-9]\d*|1(\.0*)?))?")  # a quality of 0 refuses it
_GZIP_LEVEL = 6
_GZIP_HEADER = 16  # as zlib asks for it
VARY = "Authorization, Accept, Accept-Encoding"


class AlwaysJSON(DefaultContentNegotiation):
    """Answer in JSON whatever the client would rather have; there is nothing else to choose from."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


def hash_of(*parts: object) -> str:
    """Return the hash over all that a composed answer depends on."""
    return sha256_of_text(orjson.dumps([RENDERER, *parts]).decode())


def held_hashes(request: HttpRequest) -> list[str]:
    """Return the hashes of what the client says it holds already, in the coding that it would be answered in."""
    tags = (_ETAG.fullmatch(tag) for tag in parse_etags(request.headers.get("If-None-Match", "")))
    return [tag["hash"] for tag in tags if tag and bool(tag["coding"]) is takes_gzip(request)]


def takes_gzip(request: HttpRequest) -> bool:
    """Tell whether the client would rather have the answer compressed."""
    codings = (one.replace(" ", "") for one in request.headers.get("Accept-Encoding", "").lower().split(","))
    return any(_GZIP.fullmatch(coding) for coding in codings)


def conditional(request: HttpRequest, digest: str, body: Callable[[], bytes]) -> HttpResponse:
    """Return 304 if the client holds the answer already (its body is not made then), else the answer.

    Each coding is a representation of its own, with a strong ETag of its own.
    """
    is_held = _is_held(request, digest)
    is_compressed = takes_gzip(request)
    response = HttpResponseNotModified() if is_held else HttpResponse(content_type="application/json")
    if not is_held:
        response.content = gzip.compress(body(), _GZIP_LEVEL, mtime=0) if is_compressed else body()
    if is_compressed and not is_held:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = _etag(digest, is_compressed=is_compressed)
    response.headers["Vary"] = VARY
    return response


def streamed(request: HttpRequest, digest: str, chunks: Iterable[bytes], content_type: str) -> HttpResponseBase:
    """Return 304 if the client holds the answer already, else the answer as a stream; a HEAD starts none."""
    if _is_held(request, digest):
        return conditional(request, digest, bytes)
    is_compressed = takes_gzip(request)
    sent = () if request.method == "HEAD" else _compressed(chunks) if is_compressed else chunks
    response = StreamingHttpResponse(sent, content_type=content_type)
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = _etag(digest, is_compressed=is_compressed)
    return response


def _is_held(request: HttpRequest, digest: str) -> bool:
    return digest in held_hashes(request) or request.headers.get("If-None-Match") == "*"


def _etag(digest: str, *, is_compressed: bool) -> str:
    return f'"{digest}{"-gzip" if is_compressed else ""}"'


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks in gzip, as much at a time as has been compressed; it holds no clock."""
    packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | _GZIP_HEADER)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


def add_header(response: HttpResponseBase, name: str, text: str) -> None:
    """Write a header; a Link beside those that are there."""
    if name == "Link" and name in response.headers:
        text = f"{response.headers[name]}, {text}"
    response.headers[name] = text


def label(
    response: HttpResponseBase, *, release: int | None, is_pinned: bool = False, tags: Sequence[str] = ()
) -> None:
    """Write which release an answer shows, and how long it may be kept."""
    if release is not None:
        response.headers["Content-Release"] = str(release)
    response.headers["Vary"] = VARY
    if is_pinned and response.status_code < 400:  # noqa: PLR2004 - an answer, not a refusal
        response.headers["Cache-Control"] = _scoped(PINNED)
        if tags:  # what cannot be purged is not kept long
            response.headers["CDN-Cache-Control"] = AT_THE_EDGE
            response.headers["Cache-Tag"] = ",".join(tags)
    response.headers.setdefault("Cache-Control", _scoped(UNPINNED))


def _scoped(policy: str) -> str:
    """Return a caching policy for whoever may keep an answer: anybody, where access is open and it is the same for all."""
    return policy.replace("private", "public") if settings.OPEN_ACCESS else policy
