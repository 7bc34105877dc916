"""Items with members that depend on the site that reads them: a disclaimer, in the site's own words.

They are added to what is delivered, after its checksum, and only to unpinned whole items: those of an address of their
own, and those included in others. What is cached for one site is never another's: such an answer is
`private, no-cache`, and its ETag depends on the words.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import orjson

from content_api import kinds
from content_api.delivery.shaping import DISCLAIMERS
from content_api.delivery.views import ReadView
from content_api.readers import NEUTRAL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from content_api.canonical_json import Json
    from content_api.readers import Reader

FOR_ONE_SITE = "private, no-cache"


class WordedForSite(ReadView):
    """What the views of items have in common."""

    @property
    def is_worded(self) -> bool:
        """Whether the site's words are added: not to a named release."""
        return not {"release", "at"} & self.texts.keys() and (self._words_own or self._words_included)

    @property
    def _words_own(self) -> bool:
        """Whether the items themselves have such words, and are asked for whole."""
        return kinds.get(self.kind).site_members is not None and "fields" not in self.texts

    @property
    def _words_included(self) -> bool:
        return DISCLAIMERS in self.values.get("include", ())

    @property
    def reader(self) -> Reader:
        """What is known of the site that asks; without a key, nothing."""
        reader: Reader = getattr(self.request.user, "reader", NEUTRAL)
        return reader

    def composed(
        self, make: Callable[[], Json | bytes], *, tags: Sequence[str] = (), varies: Sequence[object] = ()
    ) -> HttpResponse:
        """Return what is put together for this request, with the site's words in it."""
        if not self.is_worded:
            return super().composed(make, tags=tags, varies=varies)
        return super().composed(lambda: self._in_words(make()), tags=tags, varies=[*varies, astuple(self.reader)])

    def finalize_response(  # type: ignore[override] # as in ReadView
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Keep what is worded for one site out of every shared cache, on every page of a list."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if "ETag" in response.headers and self.is_worded:
            response.headers["Cache-Control"] = FOR_ONE_SITE
            for name in ("CDN-Cache-Control", "Cache-Tag"):
                response.headers.pop(name, None)
        return response

    def _in_words(self, made: Json | bytes) -> Json:
        answer: Json = orjson.loads(made) if isinstance(made, bytes) else made
        if "results" in answer:
            return {**answer, "results": [self._worded(item) for item in answer["results"]]}
        return self._worded(answer)

    def _worded(self, item: Json) -> Json:
        """Return an item with the members that depend on the site, its own and those of what it includes."""
        included = {DISCLAIMERS: [self._with_words(one) for one in item[DISCLAIMERS]]} if self._words_included else {}
        return {**(self._with_words(item) if self._words_own else item), **included}

    def _with_words(self, item: Json) -> Json:
        make = kinds.get(item["kind"]).site_members
        return {**item, **(make(item, self.reader, self.read.published_at.date()) if make else {})}
