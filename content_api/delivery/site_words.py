"""Items with members that depend on the site that reads them: a disclaimer, in the site's own words.

They are added to what is delivered, after its checksum, and only to unpinned whole items. What is cached for one site
is never another's: such an answer is `private, no-cache`, and its ETag depends on the words.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import F

from content_api import kinds
from content_api.delivery.details import DetailView
from content_api.delivery.lists import ListView
from content_api.delivery.responses import conditional
from content_api.delivery.views import ItemView, ReadView
from content_api.readers import NEUTRAL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from content_api.canonical_json import Json
    from content_api.editions.models import Edition
    from content_api.readers import Reader

FOR_ONE_SITE = "private, no-cache"


class WordedForSite(ReadView):
    """What the views of such kinds have in common."""

    @property
    def is_worded(self) -> bool:
        """Whether the site's words are added: not to a named release, and not to chosen members."""
        return not {"release", "at", "fields"} & self.texts.keys()

    @property
    def reader(self) -> Reader:
        """What is known of the site that asks; without a key, nothing."""
        reader: Reader = getattr(self.request.user, "reader", NEUTRAL)
        return reader

    def worded(self, item: Json) -> Json:
        """Return an item with the members that depend on the site."""
        make = kinds.get(self.kind).site_members
        return {**item, **(make(item, self.reader, self.read.published_at.date()) if make else {})}

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
        if response.status_code < 400 and self.is_worded:  # noqa: PLR2004 - an answer, not a refusal
            response.headers["Cache-Control"] = FOR_ONE_SITE
            for name in ("CDN-Cache-Control", "Cache-Tag"):
                response.headers.pop(name, None)
        return response

    def _in_words(self, made: Json | bytes) -> Json:
        answer: Json = orjson.loads(made) if isinstance(made, bytes) else made
        if "results" in answer:
            return {**answer, "results": [self.worded(item) for item in answer["results"]]}
        return self.worded(answer)


class SiteListView(WordedForSite, ListView):
    """A list of items with the site's words."""


class SiteDetailView(WordedForSite, DetailView):
    """One item with the site's words."""

    def editions(self, address: str) -> Any:
        """Return the query for the edition, with its body: what the client holds is in other words."""
        if not self.is_worded:
            return super().editions(address)
        return ItemView.editions(self, address).defer(None).annotate(delivered=F("body"))

    def show(self, edition: Edition) -> HttpResponse:
        """Return the item as it was published, with the site's words."""
        if not self.is_worded or self.values.keys() & {"include"}:
            return super().show(edition)
        self.tags = [str(edition.content_id)]
        varies = (edition.checksum, astuple(self.reader))
        return conditional(
            self.request, self.digest(*varies), lambda: orjson.dumps(self.worded(orjson.loads(edition.body)))
        )
