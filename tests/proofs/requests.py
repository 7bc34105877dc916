"""The corpus, sent to one address: everything bad that can stand in its path, query, headers, method and body."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from content_api import kinds
from content_api import urls as _urls  # noqa: F401 - the addresses of the real kinds, before a test adds others
from tests.proofs import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.delivery.conftest import Reader
    from tests.proofs.addresses import Address

GOOD_SEGMENTS = {"number": "1", "code": "not-found", "name": "errors"}
GOOD_ADDRESSES = {
    "therapy": "satri-cel",
    "approval": "satri-cel-nmpa",
    "organization": "fda",
    "source": "notice",
    "target": "claudin",
    "therapy_class": "car-t",
    "tumor_type": "gastric",
    "trial": "ct041",
    "faq": "what-for",
    "disclaimer": "general",
}

JSON = {"Content-Type": "application/json"}
NEVER_WAS = b'{"release":1,"hash":"%b"}' % corpus.HASH.encode()


@dataclass(frozen=True)
class Request:
    """One request as it goes over the wire; `endpoint` and `name` say what is tried where."""

    endpoint: str
    name: str
    path: str
    query: str = ""
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def get(cls, path: str, query: str) -> Request:
        """Return a request for an address of the API, with a raw query."""
        return cls(path, query, f"/api/v1/{path}", query=query)

    @property
    def is_api(self) -> bool:
        """Whether a refusal is a problem document here, and not a page."""
        return self.path.startswith("/api/") or self.path.rstrip("/") in {"/healthz", "/readyz"}

    def send(self, reader: Reader) -> Response:
        """Send it with a good key, unless it brings another."""
        reader.client.cookies.clear()  # each request stands alone
        path = unquote_to_bytes(self.path).decode("latin-1")
        headers = {"Authorization": f"Bearer {reader.key}", **self.headers}
        extra: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": self.query}
        return reader.client.generic(self.method, "/", self.body, headers=headers, **extra)

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}, {self.name}"


def requests_to(address: Address) -> Iterator[Request]:
    """Yield every bad request to an address."""
    if not address.is_posted_to:
        yield from _requests_to(address)
        return
    yield from map(_as_posted, _requests_to(address))
    for name, body in corpus.SENT.items():
        yield Request(address.route, f"sent: {name}", address.route, method="POST", headers=JSON, body=body)


def _as_posted(request: Request) -> Request:
    """Return what would be a good request, but for what is tried, as one that posts; it names a release that never was."""
    headers = {**JSON, **request.headers}
    if request.method != "GET" or request.body:
        return replace(request, headers=headers)
    return replace(request, method="POST", headers=headers, body=NEVER_WAS)


def _requests_to(address: Address) -> Iterator[Request]:
    endpoint = _endpoint(address)
    good = address.path(_good_segment(address))
    for name, said in _bad():
        yield Request(endpoint, name, good, **said)
    for parameter in address.parameters:
        for name, value in corpus.VALUES.items():
            yield Request(f"{endpoint}?{parameter.name}", name, good, query=f"{parameter.name}={value}")
    for name, tail in corpus.TAILS.items():
        yield Request(endpoint, f"behind the path: {name}", good + tail)
    for name, segment in corpus.SEGMENTS.items() if address.captures else ():
        yield Request(endpoint, f"in the path: {name}", address.path(segment))
    yield Request(endpoint, "path without its last character", good[:-1])


def _bad() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what can be wrong whatever the address is: query, headers, method and body."""
    for name, query in corpus.QUERIES.items():
        yield f"query: {name}", {"query": query}
    for name, headers in corpus.HEADERS.items():
        yield f"header {name}", {"headers": headers}
    for method in corpus.METHODS:
        yield f"method {method or 'of no name'}", {"method": method}
    for (name, body), method in product(corpus.BODIES.items(), ("GET", "POST")):
        yield f"{method} with {name}", {"method": method, "body": body}


def _endpoint(address: Address) -> str:
    """Return the sort of address: those of all kinds are one."""
    if not address.kind:
        return address.route
    return address.route.replace(f"/{kinds.get(address.kind).collection}/", "/{collection}/", 1)


def _good_segment(address: Address) -> str:
    name = next(iter(address.captures), "")
    return GOOD_SEGMENTS.get(name) or GOOD_ADDRESSES.get(address.kind, "never-was")
