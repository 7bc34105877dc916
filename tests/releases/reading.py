"""How tests read what is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from content_api.editions.models import Edition

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem


def live(item: ContentItem) -> Edition:
    """Return the edition of an item that is out."""
    return Edition.objects.get(content_id=item.pk, until_release=None)


def body(item: ContentItem) -> Json:
    """Return an item as it is delivered."""
    item_out: Json = orjson.loads(live(item).body)
    return item_out
