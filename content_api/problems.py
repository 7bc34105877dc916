"""Every refusal as application/problem+json (RFC 9457), and the catalog of what can be refused.

Each `type` is a page of ours at its own address, readable without a key.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions

from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SHORT_LIVED = {404, 410}  # may be kept as long as an answer of the current release


@dataclass(frozen=True)
class Entry:
    """One thing that can be refused: its code, status and title, and what to do about it."""

    code: str
    status: int
    title: str
    explanation: str


CATALOG = {
    entry.code: entry
    for entry in (
        Entry(
            "unknown-parameter",
            400,
            "Unknown parameter",
            "The query holds a parameter that this address does not take. Nothing is ignored here, because a filter "
            "that is silently dropped shows people what they asked not to see. “errors” names each one, with the "
            "nearest that exist.",
        ),
        Entry(
            "invalid-parameter",
            400,
            "Invalid parameter",
            "A parameter has a value that it cannot have: a word outside of its vocabulary, an item that is not in "
            "the release, or a number out of bounds. “errors” names each one, with the nearest valid values.",
        ),
        Entry(
            "invalid-query",
            400,
            "Unreadable query",
            "The query could not be read: it is too long, is not valid UTF-8, or holds control characters. "
            "Percent-encode the UTF-8 bytes of each character.",
        ),
        Entry(
            "bad-request",
            400,
            "Bad request",
            "The request could not be read. Check the address, the headers and the host name that it was sent to.",
        ),
        Entry(
            "key-required",
            401,
            "A key is required",
            "Send your site's key with every request: “Authorization: Bearer cak_…”. Keys come from the people who "
            "run this service.",
        ),
        Entry(
            "key-refused",
            401,
            "The key was refused",
            "The key was mistyped, was revoked, or has expired. A key that does not work is never treated as no key. "
            "Check that it was copied whole; if it was, ask for a new one.",
        ),
        Entry(
            "forbidden",
            403,
            "Not allowed",
            "The request was understood, and is not allowed.",
        ),
        Entry(
            "not-found",
            404,
            "Not found",
            "There is nothing at this address in the release that was read, and nothing says whether there ever will "
            "be. Check the spelling and the slash at the end; the entry “/api/v1/” links to everything.",
        ),
        Entry(
            "release-not-found",
            404,
            "No such release",
            "Releases are numbered from 1 without gaps, and this number has not been reached. “/api/v1/releases/” "
            "lists them.",
        ),
        Entry(
            "nothing-published",
            404,
            "Nothing published yet",
            "There is no release yet. When the first one is published, this address answers.",
        ),
        Entry(
            "method-not-allowed",
            405,
            "Method not allowed",
            "This address does not take this method; the header “Allow” says which it takes.",
        ),
        Entry(
            "history-diverged",
            409,
            "Histories differ",
            "The request continues from a release that is not the one we have under that number, for example after "
            "a backup was restored. Start again from the current release.",
        ),
        Entry(
            "refused",
            409,
            "Refused",
            "A rule of the editorial process says no; “detail” says which and what to do.",
        ),
        Entry(
            "withdrawn",
            410,
            "Withdrawn",
            "The item was taken down. “reason” and “public_note” say why, “partner_action” and “act_by” what to do "
            "about pages that still show it, and “replaced_by” what to show in its place.",
        ),
        Entry(
            "redacted",
            410,
            "Pulled",
            "The text was pulled for safety, for a legal reason or because it was wrong, and is gone from earlier "
            "releases too. Take down every copy. “replaced_by” names what to show in its place, if there is anything.",
        ),
        Entry(
            "server-error",
            500,
            "Our error",
            "Something failed on our side, and was recorded under the “X-Request-Id” of the answer. Try again; if it "
            "happens again, tell us that id.",
        ),
        Entry(
            "unavailable",
            503,
            "Briefly unavailable",
            "The service cannot answer at this moment. Try again after the seconds in “Retry-After”.",
        ),
    )
}
_CODES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((exceptions.NotAuthenticated,), "key-required"),
    ((exceptions.AuthenticationFailed,), "key-refused"),
    ((exceptions.MethodNotAllowed,), "method-not-allowed"),
    ((Http404, exceptions.NotFound), "not-found"),
    ((PermissionDenied, exceptions.PermissionDenied), "forbidden"),
    ((SuspiciousOperation, exceptions.APIException), "bad-request"),
    ((OperationalError, InterfaceError), "unavailable"),
)
_BY_STATUS = {400: "bad-request", 401: "key-required", 403: "forbidden", 404: "not-found", 405: "method-not-allowed"}


class Problem(Refused):
    """A refusal that says more: `members` are added to the problem document."""

    def __init__(self, code: str, message: str, *, members: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message)
        self.members = dict(members or {})


class ProblemMiddleware:
    """Give every answer its X-Request-Id, and the API never an HTML page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer of what lies below."""
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code >= 400 and _is_api(request):  # noqa: PLR2004
            response = _of_status(request, response.status_code)
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
    if entry.status == 503:  # noqa: PLR2004
        response.headers["Retry-After"] = "5"
    return response


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Return the problem document of what a view raised; None leaves it to `server_error`."""
    refused = _refused(exc)
    return problem(context["request"], refused) if refused else None


def _refused(exc: Exception) -> Refused | None:
    if isinstance(exc, Refused):
        return exc
    code = next((code for types, code in _CODES if isinstance(exc, types)), None)
    if code is None:
        return None
    if code == "unavailable":
        log.error("The database did not answer.", exc_info=exc)
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
    return _answer(request, "not-found")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours, without a word about the code."""
    return _answer(request, "server-error")


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


def _of_status(request: HttpRequest, status: int) -> HttpResponse:
    code = _BY_STATUS.get(status, "bad-request" if status < 500 else "server-error")  # noqa: PLR2004
    return problem(request, Refused(code, CATALOG[code].explanation))


def _page(request: HttpRequest, entries: list[Entry], status: int) -> HttpResponse:
    context = {"entries": entries, "is_list": len(entries) > 1, "is_error": status >= 400}  # noqa: PLR2004
    response = render(request, "problem.html", context, status=status)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = "public, max-age=300" if status == 200 else "no-store"  # noqa: PLR2004
    return response


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path.rstrip("/") in {"/healthz", "/readyz", "/api"}
