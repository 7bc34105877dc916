"""A whole release at once, one item a line: read a few items at a time, so that no corpus is too large."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from content_api.delivery.responses import streamed
from content_api.delivery.views import ReadView
from content_api.editions import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase

_AT_A_TIME = 50


class ExportView(ReadView):
    """Every item of a release, one a line."""

    operation = "get_export"
    summary = "A whole release"
    description = (
        "Every item of the release as it is delivered at its own address, one a line (NDJSON), in the order of the "
        "manifest. What was pulled since is left out, and counted in `Content-Redacted`. Compare with the manifest to know "
        "that nothing was lost on the way."
    )
    shape = OpenApiTypes.STR
    content_type = "application/x-ndjson"
    headers_of_its_own: ClassVar[tuple[OpenApiParameter, ...]] = (
        OpenApiParameter(
            "Content-Redacted",
            OpenApiTypes.INT,
            OpenApiParameter.HEADER,
            description="How many items of the release were pulled since, and are left out.",
            response=[200],
        ),
    )

    def answer(self, **_path: str) -> HttpResponseBase:
        """Return the items, as a stream."""
        response = streamed(self.request, self.digest(), _lines(self.number), self.content_type)
        response.headers["Content-Redacted"] = str(self.read.left_out)  # type: ignore[attr-defined]
        return response


def _lines(release: int) -> Iterator[bytes]:
    """Yield the items of a release, a few at a time.

    Each few are a query of their own: no transaction and no cursor stays open while a slow client reads, nor behind one
    that goes away. They are of one release all the same, because an edition never changes; what is pulled meanwhile is
    left out from then on.
    """
    rows = queries.bodies_after(None, release, _AT_A_TIME)
    while rows:
        yield "".join(f"{body}\n" for _, body in rows).encode()
        rows = queries.bodies_after(rows[-1][0], release, _AT_A_TIME) if len(rows) == _AT_A_TIME else []
