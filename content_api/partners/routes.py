"""The addresses of a site's own resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from content_api.partners.views import AcknowledgementsView, SiteView

if TYPE_CHECKING:
    from django.urls import URLPattern


def own() -> list[URLPattern]:
    """Return everything under /api/v1/site/."""
    return [
        path("site/", SiteView.as_view()),
        path("site/acknowledgements/", AcknowledgementsView.as_view()),
    ]
