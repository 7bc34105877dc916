"""One item: the stored bytes of its edition, or the part of it that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Case, F, TextField, Value, When

from content_api import kinds
from content_api.delivery import linked_data, shaping
from content_api.delivery.disclaimer_links import link_disclaimers
from content_api.delivery.responses import conditional, held_hashes
from content_api.delivery.shaping import Shaping
from content_api.delivery.site_words import WordedForSite
from content_api.delivery.views import ItemView

if TYPE_CHECKING:
    from django.http import HttpResponse

    from content_api.canonical_json import Json
    from content_api.delivery.parameters import Parameter
    from content_api.editions.models import Edition


class DetailView(WordedForSite, ItemView):
    """One item: the stored bytes of its edition."""

    operation = "get"
    summary = "One {label}"
    description = (
        "By slug, or by id in place of the slug. A slug that was changed answers 308 with the new address; an item "
        "that was taken down answers 410 with the reason and what to do."
    )

    @property
    def shape(self) -> Any:
        """The kind's own public shape."""
        return kinds.get(self.kind).serializer

    @property
    def has_linked_data(self) -> bool:
        """Whether the item can be answered in JSON-LD too."""
        return kinds.get(self.kind).linked_data is not None

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [*shaping.parameters(self.kind), *super().all_parameters()]

    def editions(self, address: str) -> Any:
        """Return the query for the edition, without its body if the client holds that already in these very words."""
        held = [] if self.is_worded else held_hashes(self.request)
        body = Case(When(checksum__in=held, then=Value("")), default=F("body"), output_field=TextField())
        return super().editions(address).annotate(delivered=body if held else F("body"))

    def show(self, edition: Edition) -> HttpResponse:
        """Return the item as it was published, in the form asked for, with links to its disclaimers in any form."""
        response = self._shown(edition)
        body: str = edition.delivered  # type: ignore[attr-defined]
        return link_disclaimers(response, body, release=self.number if self.is_pinned else None)

    def _shown(self, edition: Edition) -> HttpResponse:
        self.tags = [str(edition.content_id)]
        made = kinds.get(self.kind).linked_data
        if made and linked_data.is_asked_for(self.request):
            linked_data.refuse_shaping(self.values)
            return linked_data.answered(
                self.request, lambda base: made.item(orjson.loads(edition.body), base), edition.checksum
            )
        delivered: str = edition.delivered  # type: ignore[attr-defined]
        asked_for = Shaping.asked_for(self.values)
        if asked_for:
            return self.composed(lambda: self._shaped(edition, asked_for), tags=self.tags)
        if self.is_worded:
            return self.composed(delivered.encode, tags=self.tags, varies=[edition.checksum])
        return conditional(self.request, edition.checksum, delivered.encode)

    def _shaped(self, edition: Edition, asked_for: Shaping) -> Json:
        """Return the item in the shape asked for; a summary whose item was pulled since is left out."""
        shaped = asked_for.apply([orjson.loads(edition.body)], self.number)
        self.tags = [*self.tags, *shaped.included]
        return shaped.items[0]
