"""Every public address, read off the resolver, with the parameters that its view takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLResolver, get_resolver

from content_api.delivery.addresses import AddressView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from content_api.delivery.parameters import Parameter

_CAPTURE = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """A route, such as /api/v1/therapies/{address}/, and what may stand in its query."""

    route: str
    view: str
    kind: str
    parameters: tuple[Parameter, ...]
    is_posted_to: bool = False

    @property
    def captures(self) -> list[str]:
        """The names of what is left open in the path."""
        return re.findall(r"{(\w+)}", self.route)

    def path(self, value: str) -> str:
        """Return the path with one value in whatever is left open."""
        return re.sub(r"{\w+}", lambda _: value, self.route)


def public() -> list[Address]:
    """Return every address that a stranger may ask for."""
    return [one for one in _walk(get_resolver().url_patterns, "/") if not one.route.startswith("/admin")]


def _walk(patterns: Iterable[Any], above: str) -> Iterator[Address]:
    for pattern in patterns:
        route = above + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield _address(route, pattern.callback)


def _address(route: str, callback: Any) -> Address:
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    if view is None or not issubclass(view, AddressView):
        return Address(route, getattr(view, "__name__", callback.__name__), "", ())
    made = view(**callback.initkwargs)
    return Address(route, view.__name__, made.kind, tuple(made.all_parameters()), "get" not in view.http_method_names)


def _readable(pattern: str) -> str:
    bare = pattern.removeprefix("^").removesuffix(r"\Z")
    return _CAPTURE.sub(lambda match: "{" + (match[1] or match[2]) + "}", bare)
