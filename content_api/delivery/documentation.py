"""The pages on which people find their way: the landing page, and the OpenAPI document made readable.

Each comes with a strict policy of its own: nothing is loaded from another host, and no script stands in a page.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from content_api.delivery.responses import OPEN, conditional, hash_of
from content_api.editions import queries
from content_api.problems import PAGE_POLICY

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Redoc puts an empty <style> into the page and fills it rule by rule, so the first hash is that of nothing; the second is
# that of the styles of its scroll bars. Its search runs in a worker that it makes out of its own text.
_STYLES = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"
REDOC_POLICY = DOCS_POLICY.replace("style-src 'self'", f"style-src 'self' {_STYLES}") + "; worker-src blob:"
_BUNDLE = "drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"
_LOGO_ELSEWHERE = "https://cdn.redoc.ly/redoc/logo-mini.svg"
_NO_PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_SHORT = "public, max-age=60"


@csrf_exempt
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Return the page that says what this is, which release is out, and where to go."""
    release = queries.release_with_redactions()
    return page(request, "landing.html", PAGE_POLICY, _SHORT, {"release": release})


@csrf_exempt
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Return the page on which the API can be read about and tried."""
    return page(request, "docs.html", DOCS_POLICY, OPEN)


@csrf_exempt
@require_safe
def redoc(request: HttpRequest) -> HttpResponse:
    """Return the page on which the whole API can be read from top to bottom."""
    return page(request, "redoc.html", REDOC_POLICY, OPEN)


@csrf_exempt
@require_safe
def redoc_script(request: HttpRequest) -> HttpResponse:
    """Return the script that makes that page, less the picture that it would fetch from its makers."""
    script = _redoc_script()
    response = conditional(request, hash_of(script), script.encode)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = OPEN
    return response


@cache
def _redoc_script() -> str:
    return Path(str(finders.find(_BUNDLE))).read_text().replace(_LOGO_ELSEWHERE, _NO_PICTURE)


def page(
    request: HttpRequest, template: str, policy: str, kept: str, context: dict[str, object] | None = None
) -> HttpResponse:
    """Return a page for people, or 304 if the client holds it already."""
    text = render_to_string(template, context, request)
    response = conditional(request, hash_of(text), text.encode)
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cache-Control"] = kept
    return response
