"""The front door for what is sent: JSON of a declared shape. Anything else is refused, with the place at fault.

As with parameters, nothing is ignored and nothing is guessed: a member that is not known, is missing, or is of another
type is answered with 400, a JSON pointer to it, and the nearest valid names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

import orjson
from django.core.exceptions import RequestDataTooBig
from rest_framework import serializers
from rest_framework.parsers import BaseParser

from content_api.delivery.parameters import nearest
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rest_framework.request import Request

    from content_api.canonical_json import Json

MOST_BYTES = 16_384
MISSING = {"required": "This is missing.", "null": "This may not be null."}


class JsonParser(BaseParser):
    """JSON, and no more of it than is taken: it is read only after its length is known."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return what was sent."""
        # A length that is no number counts as none, and of no length nothing is parsed.
        if int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise RequestDataTooBig
        try:
            return orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            raise Refused("invalid-content", f"What was sent is not JSON: {error}.") from error


class BodySerializer(serializers.Serializer[Any]):
    """The shape of what is sent to an address: an object with its own members and no others."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what was understood; raise ValidationError with every fault."""
        faults: dict[str, Any] = {name: [self._strange(name)] for name in sorted(data.keys() - self.fields.keys())}
        understood = None
        try:
            understood = super().to_internal_value(data)
        except serializers.ValidationError as error:
            faults |= cast("dict[str, Any]", error.detail)
        if faults:
            raise serializers.ValidationError(faults)
        return understood

    def _strange(self, name: str) -> str:
        return f"There is no member “{name}” here. {nearest(name, self.fields)}"


class WholeNumberField(serializers.IntegerField):
    """A whole number; text that looks like one is none."""

    default_error_messages = {**MISSING, "invalid": "Write a whole number, without quotes."}  # noqa: RUF012 - as DRF has it

    def to_internal_value(self, data: Any) -> int:
        """Return the number."""
        if type(data) is not int:  # a bool is an int
            self.fail("invalid")
        return super().to_internal_value(data)


def read_body(request: Request, shape: type[BodySerializer]) -> Json:
    """Return what was sent, as a shape understands it; raise Refused with every fault if it does not."""
    if "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH"):
        raise Refused(
            "invalid-content", "Send “Content-Length”: what is sent in chunks of no known length is not read."
        )
    sent = shape(data=request.data)
    if not isinstance(request.data, dict):
        _refuse([("", f"Send an object, with these members: {', '.join(sent.fields)}.")])
    if not sent.is_valid():
        _refuse(_faults(sent.errors))
    return dict(sent.validated_data)


def _refuse(faults: Iterable[tuple[str, str]]) -> NoReturn:
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail in faults]
    first = errors[0]
    raise Refused("invalid-content", f"{first['pointer']}: {first['detail']}".removeprefix(": "), errors=errors)


def _faults(errors: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each member at fault, as a JSON pointer, with what is wrong there."""
    for name, details in errors.items():
        pointer = f"/{name.replace('~', '~0').replace('/', '~1')}"
        yield from ((pointer, str(detail)) for detail in details)
