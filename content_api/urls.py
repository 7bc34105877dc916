"""The only place that knows every app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from content_api import problems
from content_api.delivery import documentation, routes
from content_api.partners import routes as partners

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("", documentation.landing),
    path("api/v1/", include([*routes.api(), *partners.own()])),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
    path("problems/", problems.page),
    path("problems/<slug:code>/", problems.page),
    *routes.health(),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
