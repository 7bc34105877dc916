"""What every address of the API has: who may use it, how much is left to them, and the headers around each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse
from rest_framework.views import APIView

from content_api.delivery.allowance import spend
from content_api.delivery.openapi import DeliverySchema
from content_api.delivery.responses import AlwaysJSON, add_header, label
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from drf_spectacular.utils import OpenApiParameter
    from rest_framework.request import Request

    from content_api.delivery.allowance import Allowance
    from content_api.delivery.deprecation import Deprecation
    from content_api.delivery.parameters import Parameter
    from content_api.editions.models import PublishedRelease


class AddressView(APIView):
    """An address of the API. Subclasses write a method for each that they list in `http_method_names`."""

    content_negotiation_class = AlwaysJSON
    schema = DeliverySchema()

    operation = ""  # what OpenAPI calls it; the kind's name is added where there is one
    summary = ""
    description = ""
    kind = ""  # of what is read; the routes say it
    body: Any = None  # the serializer of what is sent to it, for OpenAPI
    shape: Any = None  # the serializer of what it answers, for OpenAPI
    content_type = "application/json"
    headers_of_its_own: ClassVar[tuple[OpenApiParameter, ...]] = ()
    refusals: ClassVar[tuple[int, ...]] = (400, 401, 404)
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    release: PublishedRelease | None = None
    is_pinned = False  # a release or a moment is named
    is_settled = True  # which release that moment means cannot change any more: a later one is out
    tags: Sequence[str] = ()
    allowance: Allowance | None = None  # what is left to the client, where that is counted
    deprecated: Deprecation | None = None  # an operation whose days are counted

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Say what may be done here; a browser asks before it sends a key."""
        return HttpResponse(status=204)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask for the key, except before an OPTIONS, and count the request."""
        if request.method == "OPTIONS":
            return
        super().initial(request, *args, **kwargs)
        self.allowance = spend(request)
        if self.allowance and self.allowance.is_exceeded:
            raise Refused("too-many-requests", f"Ask again in {self.allowance.reset} seconds.")

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Write the headers of the release."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        number = self.release.number if self.release else None
        label(response, release=number, is_pinned=self.is_pinned and self.is_settled, tags=self.tags)
        for told in (self.allowance, self.deprecated):
            for name, text in told.headers().items() if told else ():
                add_header(response, name, text)
        return response

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return list(self.parameters)
