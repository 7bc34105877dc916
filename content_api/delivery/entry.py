"""What can be read without a key: the entry, the documentation, and whether the service is well."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework import serializers

from content_api import guards, kinds
from content_api.delivery.parameters import Parameter, closed
from content_api.delivery.responses import OPEN, conditional, hash_of
from content_api.delivery.views import ReadView
from content_api.editions import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from content_api.canonical_json import Json

FORMAT = Parameter(
    "format", "How the document is written.", closed("json", "yaml"), {"type": "string", "enum": ["json", "yaml"]}
)


class CollectionSerializer(serializers.Serializer[Any]):
    """A collection of items of one kind."""

    kind = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute.")


class EntrySerializer(serializers.Serializer[Any]):
    """Where everything is."""

    release = serializers.IntegerField(allow_null=True, help_text="The current one; null before the first.")
    collections = CollectionSerializer(many=True)
    releases = serializers.CharField()
    latest_release = serializers.CharField()
    search = serializers.CharField()
    changes = serializers.CharField(help_text="Ask with `since`: the release that you hold.")
    export = serializers.CharField()
    site = serializers.CharField(help_text="What is known of the site whose key is sent.")
    schema = serializers.CharField()
    documentation = serializers.CharField(help_text="To read and to try.")
    reference = serializers.CharField(help_text="To read on one page.")
    guide = serializers.CharField(help_text="For the people who build a site on this API.")
    problems = serializers.CharField()


class OpenView(ReadView):
    """An address that needs no key, and says the same with any."""

    authentication_classes: ClassVar[list[Any]] = []  # type: ignore[misc]
    permission_classes: ClassVar[list[Any]] = []  # type: ignore[misc]
    needs_release = False


class EntryView(OpenView):
    """The entry: the current release, and links to everything."""

    operation = "get_entry"
    summary = "The entry"
    description = "The current release and links to everything. It needs no key."
    shape = EntrySerializer
    refusals: ClassVar[tuple[int, ...]] = (400, 404)

    def answer(self, **_path: str) -> HttpResponse:
        """Return the links."""
        return self.composed(self._body)

    def _body(self) -> Json:
        return {
            "release": self.number or None,
            "collections": [
                {"kind": kind.name, "url": f"/api/v1/{kind.collection}/"}
                for kind in sorted(kinds.all_kinds(), key=lambda kind: kind.collection)
            ],
            "releases": "/api/v1/releases/",
            "latest_release": "/api/v1/releases/latest/",
            "search": "/api/v1/search/",
            "changes": "/api/v1/changes/",
            "export": "/api/v1/export/",
            "site": "/api/v1/site/",
            "schema": "/api/v1/schema/",
            "documentation": "/api/v1/docs/",
            "reference": "/api/v1/redoc/",
            "guide": "/api/v1/guide/",
            "problems": "/problems/",
        }


class SchemaView(OpenView):
    """The OpenAPI document."""

    schema: Any = None  # it does not describe itself
    parameters = (FORMAT,)

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here; the document is the same in every release."""
        return [FORMAT]

    def find_release(self) -> None:
        """Read no release."""

    def answer(self, **_path: str) -> HttpResponse:
        """Return the document, in JSON unless YAML is asked for."""
        text, content_type = document(self.values.get("format", "json"))
        response = conditional(self.request, hash_of(text), text.encode)
        response.headers["Content-Type"] = content_type
        response.headers["Cache-Control"] = OPEN
        return response


@cache
def document(written_as: str) -> tuple[str, str]:
    """Return the OpenAPI document, and its content type; made once, because it depends on the code alone."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    if written_as == "yaml":
        return OpenApiYamlRenderer().render(schema, renderer_context={}).decode(), "application/yaml"
    return OpenApiJsonRenderer().render(schema, renderer_context={"indent": 2}).decode(), "application/json"


@csrf_exempt
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers; it asks nothing else."""
    return _health({"status": "ok"}, 200)


@csrf_exempt
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether requests can be answered: the database, a release, and the guards of the database."""
    faults = _faults()
    return _health({"status": "not ready" if faults else "ready", "problems": faults}, 503 if faults else 200)


def _faults() -> list[str]:
    try:
        faults = guards.problems()
        if queries.current_number() is None:
            faults.append("Nothing has been published yet.")
    except DatabaseError:
        return ["The database does not answer."]
    return faults


def _health(body: Json, status: int) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
