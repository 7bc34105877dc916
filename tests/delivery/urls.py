"""The addresses of the real thing, with those of the library beside them."""

from django.urls import include, path

from content_api import kinds
from content_api.delivery import routes
from content_api.urls import handler400, handler403, handler404, handler500
from content_api.urls import urlpatterns as real
from tests.delivery.library import LIBRARY

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def _routes() -> list:  # type: ignore[type-arg]
    known = dict(kinds._registry)
    kinds._registry.update({kind.name: kind for kind in LIBRARY})
    try:
        return routes.api()
    finally:
        kinds._registry.clear()
        kinds._registry.update(known)


urlpatterns = [path("api/v1/", include(_routes())), *real]
