"""The OpenAPI document, read off the views: their parameters, shapes, refusals and examples."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from content_api import kinds
from content_api.editions.models import PartnerAction, WithdrawalReason
from content_api.problems import CONTENT_TYPE
from content_api.problems.catalog import CATALOG
from content_api.rendering.serializers import EnumField

if TYPE_CHECKING:
    from collections.abc import Collection

ADDRESS = OpenApiParameter(
    "address", {"type": "string", "maxLength": 100}, OpenApiParameter.PATH, description="A slug, or an id."
)
NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 1, "maximum": 9_999_999_999},
    OpenApiParameter.PATH,
    description="The number of a release.",
)

_NEVER = {"refused"}  # the page of the codes that have none of their own
_OF_WHAT_IS_SENT = {"invalid-content"}


class FaultSerializer(serializers.Serializer[Any]):
    """One place at fault."""

    parameter = serializers.CharField(required=False, help_text="The name of a parameter.")
    pointer = serializers.CharField(required=False, help_text="A JSON Pointer into what was sent.")
    detail = serializers.CharField(help_text="What is wrong with it, and the nearest valid values.")


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal, as RFC 9457 writes it."""

    type = serializers.URLField(help_text="The page that explains this sort of problem; readable without a key.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What was wrong this time, for the person who sent the request.")
    instance = serializers.CharField(help_text="The path that was asked for.")
    code = serializers.CharField(help_text="A stable name of the sort of problem.")
    errors = FaultSerializer(many=True)


class ItemNameSerializer(serializers.Serializer[Any]):
    """An item by name."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute.")


class GoneMembersSerializer(serializers.Serializer[Any]):
    """Why an item was taken down, and what to do about it."""

    reason = EnumField(WithdrawalReason)
    public_note = serializers.CharField()
    withdrawn_in_release = serializers.IntegerField()
    withdrawn_at = serializers.DateTimeField()
    partner_action = EnumField(PartnerAction, allow_null=True)
    act_by = serializers.DateTimeField(allow_null=True)
    replaced_by = ItemNameSerializer(allow_null=True, help_text="What to show in its place, if that is live.")


class GoneSerializer(GoneMembersSerializer, ProblemSerializer):
    """The refusal of an item that was taken down: why, and what to do."""


@cache
def page_of(serializer: type[serializers.Serializer[Any]], name: str) -> type[serializers.Serializer[Any]]:
    """Return the serializer class of a page of items."""
    title = "".join(word.capitalize() for word in name.split("_"))
    members = {
        "__doc__": "A page of a list.",
        "release": serializers.IntegerField(help_text="That the whole walk through the pages sees."),
        "count": serializers.IntegerField(help_text="In all pages together."),
        "redacted": serializers.IntegerField(
            required=False, help_text="On a pinned read: how many items of the kind were pulled since, and left out."
        ),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": serializer(many=True),
    }
    return type(f"{title}PageSerializer", (serializers.Serializer,), members)


class BearerKeyScheme(OpenApiAuthenticationExtension):
    """How a partner site shows its key."""

    target_class = "content_api.partners.authentication.BearerKeyAuthentication"
    name = "key"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, str]:
        """Return the security scheme."""
        return {"type": "http", "scheme": "bearer", "description": "A partner site's key: cak_…"}


class DeliverySchema(AutoSchema):
    """One operation, as its view declares it."""

    view: Any

    def get_operation_id(self) -> str:
        """Return `list_therapies`, `get_therapy`, `get_release`."""
        if not self.view.kind:
            return str(self.view.operation)
        kind = kinds.get(self.view.kind)
        if self.view.operation == "list":
            return f"list_{kind.collection.replace('-', '_')}"
        verb, _, what = self.view.operation.partition("_") if self.view.operation != "get" else ("get", "", "")
        return f"get_{kind.name}_{verb}{f'_{what}' if what else ''}" if verb != "get" else f"get_{kind.name}"

    def get_summary(self) -> str:
        """Return the operation in a few words."""
        return self._named(self.view.summary)

    def get_description(self) -> str:  # type: ignore[override]
        """Return what a reader must know of the operation."""
        return self._named(self.view.description)

    def is_deprecated(self) -> bool:
        """Return whether the operation's days are counted."""
        return self.view.deprecated is not None

    def get_tags(self) -> list[str]:
        """Return the heading that it stands under."""
        return [self.path.split("/")[3] or "entry"]

    def get_override_parameters(self) -> list[Any]:
        """Return every parameter of the path and of the query."""
        query = [
            OpenApiParameter(
                one.name,
                dict(one.schema),
                OpenApiParameter.QUERY,
                required=one.is_required,
                description=one.description,
                examples=[OpenApiExample(one.name, one.example)] if one.example else None,
                style="form" if one.is_list else None,
                explode=False if one.is_list else None,
            )
            for one in self.view.all_parameters()
        ]
        in_path = (one for one in (ADDRESS, NUMBER) if f"{{{one.name}}}" in self.path)
        return [*in_path, *query, *self.view.headers_of_its_own]

    def get_request_serializer(self) -> Any:
        """Return the shape of what is sent."""
        return self.view.body

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        """Return every status that the operation can answer."""
        if self.method == "POST":
            answers: dict[Any, Any] = {(201, self.view.content_type): OpenApiResponse(self.view.shape, "As recorded.")}
        else:
            answers = self._read()
        never = _NEVER if self.view.body else {*_NEVER, *_OF_WHAT_IS_SENT}
        return answers | {(status, CONTENT_TYPE): _refusal(status, never) for status in (*self.view.refusals, 429)}

    def _read(self) -> dict[Any, Any]:
        answers: dict[Any, Any] = {
            (200, self.view.content_type): OpenApiResponse(self.view.shape, "As of the release."),
            **self._linked(),
            304: OpenApiResponse(description="The client holds it already."),
        }
        if 410 in self.view.refusals:  # noqa: PLR2004
            answers[308] = OpenApiResponse(description="The item has another slug now: see Location.")
        return answers

    def _linked(self) -> dict[Any, Any]:
        """Return the same in JSON-LD, where the view has that."""
        if not getattr(self.view, "has_linked_data", False):
            return {}
        return {(200, "application/ld+json"): OpenApiResponse(OpenApiTypes.OBJECT, "The same in schema.org's words.")}

    def _named(self, text: str) -> str:
        if not self.view.kind:
            return text
        kind = kinds.get(self.view.kind)
        return text.replace("{label}", kind.label).replace("{plural}", kind.plural.replace("_", " "))


def _refusal(status: int, never: Collection[str]) -> OpenApiResponse:
    entries = [entry for entry in CATALOG.values() if entry.status == status and entry.code not in never]
    codes = ", ".join(f"`{entry.code}`" for entry in entries)
    shape = GoneSerializer if status == 410 else ProblemSerializer  # noqa: PLR2004
    return OpenApiResponse(shape, f"{' / '.join(entry.title for entry in entries)}. Codes: {codes}.")
