"""The clock that schedulers go by: the database's, because theirs may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Now

from content_api.releases.models import ReleaseCounter

if TYPE_CHECKING:
    from datetime import datetime


def database_time() -> datetime:
    """Return the time at which the database says it is."""
    now: datetime = ReleaseCounter.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=1)
    return now
