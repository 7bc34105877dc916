"""Every refusal as application/problem+json (RFC 9457); its `type` is a page of ours, readable without a key."""

from __future__ import annotations

import logging
import sys
import uuid
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from rest_framework import exceptions

from content_api.problems.catalog import CATALOG, Entry
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_READ_ONLY = "25006"  # PostgreSQL's state of a transaction that may not write, which Django counts as internal
_SHORT_LIVED = {404, 410}  # may be kept as long as an answer of the current release

_CODES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((exceptions.NotAuthenticated,), "key-required"),
    ((exceptions.AuthenticationFailed,), "key-refused"),
    ((exceptions.MethodNotAllowed,), "method-not-allowed"),
    ((Http404, exceptions.NotFound), "not-found"),
    ((PermissionDenied, exceptions.PermissionDenied), "forbidden"),
    ((RequestDataTooBig,), "content-too-large"),
    ((exceptions.UnsupportedMediaType,), "unsupported-media-type"),
    ((SuspiciousOperation, UnreadablePostError, exceptions.APIException), "bad-request"),
)
_BY_STATUS = {
    400: "bad-request",
    401: "key-required",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "content-too-large",
    414: "address-too-long",
    415: "unsupported-media-type",
    429: "too-many-requests",
    431: "headers-too-large",
}


class Problem(Refused):
    """A refusal that says more: `members` are added to the problem document."""

    def __init__(self, code: str, message: str, *, members: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message)
        self.members = dict(members or {})


class ProblemMiddleware:
    """Give every answer its X-Request-Id, and the API never a cookie nor an HTML page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer of what lies below."""
        if _is_api(request):
            request.META.pop("HTTP_COOKIE", None)  # the API knows no session, so that no answer can depend on one
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code >= 400 and _is_api(request):  # noqa: PLR2004
            response = _instead_of(response, request)
        response.headers["X-Request-Id"] = uuid.uuid4().hex
        return response


def problem(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Return a refusal as a problem document."""
    entry = CATALOG.get(refused.code, CATALOG["refused"])
    document = {
        "type": f"{settings.PUBLIC_BASE_URL}/problems/{entry.code}/",
        "title": entry.title,
        "status": entry.status,
        "detail": refused.message,
        "instance": escape_uri_path(request.path),
        "code": refused.code,
        "errors": refused.errors,
        **getattr(refused, "members", {}),
    }
    response = HttpResponse(orjson.dumps(document), CONTENT_TYPE, entry.status)
    kept = "private, max-age=60" if entry.status in _SHORT_LIVED else "private, no-store"
    response.headers["Cache-Control"] = kept
    response.headers["Vary"] = "Authorization, Accept, Accept-Encoding"
    if entry.status == 401:  # noqa: PLR2004
        response.headers["WWW-Authenticate"] = "Bearer"
    return _retried(response)


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Return the problem document of what a view raised; None leaves it to `server_error`."""
    refused = _refused(exc)
    return problem(context["request"], refused) if refused else None


def _refused(exc: Exception) -> Refused | None:
    if isinstance(exc, Refused):
        return exc
    code = next((code for types, code in _CODES if isinstance(exc, types)), None)
    if _is_unavailable(exc):
        code = "unavailable"
        log.error("The database did not answer.", exc_info=exc)
    if code is None:
        return None
    said = exc.detail if isinstance(exc, exceptions.AuthenticationFailed | exceptions.MethodNotAllowed) else None
    return Refused(code, str(said or CATALOG[code].explanation))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer what Django itself could not read."""
    return _answer(request, "bad-request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer what Django itself does not allow."""
    return _answer(request, "forbidden")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer an address that leads nowhere."""
    if _is_api(request) and not request.path.endswith("/"):
        message = f"There is nothing at this address. Addresses end in a slash: “{request.path}/”."
        return problem(request, Refused("not-found", message))
    return _answer(request, "not-found")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours, without a word about the code; Django calls it while it handles the exception."""
    return _answer(request, "unavailable" if _is_unavailable(sys.exc_info()[1]) else "server-error")


@csrf_exempt
@require_safe
def page(request: HttpRequest, code: str = "") -> HttpResponse:
    """Answer the page of one problem, or of all."""
    if code and code not in CATALOG:
        raise Http404
    entries = [CATALOG[code]] if code else sorted(CATALOG.values(), key=lambda entry: (entry.status, entry.code))
    return _page(request, entries, 200)


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    entry = CATALOG[code]
    if not _is_api(request):
        return _page(request, [entry], entry.status)
    return problem(request, Refused(code, entry.explanation))


def _instead_of(response: HttpResponseBase, request: HttpRequest) -> HttpResponse:
    status = response.status_code
    code = _BY_STATUS.get(status, "bad-request" if status < 500 else "server-error")  # noqa: PLR2004
    document = problem(request, Refused(code, CATALOG[code].explanation))
    if "Allow" in response.headers:
        document.headers["Allow"] = response.headers["Allow"]
    return document


def _is_unavailable(exc: BaseException | None) -> bool:
    """Return True if the database is away, locked, full or read-only: not a fault of the request or of the code."""
    is_read_only = isinstance(exc, DatabaseError) and getattr(exc.__cause__, "sqlstate", "") == _READ_ONLY
    return is_read_only or isinstance(exc, OperationalError | InterfaceError)


def _retried(response: HttpResponse) -> HttpResponse:
    """Say when to come back, if that is all that can be done."""
    if response.status_code == 503:  # noqa: PLR2004
        response.headers["Retry-After"] = "5"
    return response


def _page(request: HttpRequest, entries: list[Entry], status: int) -> HttpResponse:
    context = {"entries": entries, "is_list": len(entries) > 1, "is_error": status >= 400}  # noqa: PLR2004
    response = render(request, "problem.html", context, status=status)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = "public, max-age=300" if status == 200 else "no-store"  # noqa: PLR2004
    return _retried(response)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path.rstrip("/") in {"/healthz", "/readyz", "/api"}
