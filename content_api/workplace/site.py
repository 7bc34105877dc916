"""The admin's site: its name, its navigation, and the dashboard that a person lands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.urls import path
from django.utils import timezone

from content_api.people import roles_of
from content_api.workplace.dashboard import dashboard
from content_api.workplace.facts import facts_page
from content_api.workplace.navigation import here, navigation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse


class LogInForm(AdminAuthenticationForm):
    """User name and password, and what to do where they open nothing."""

    error_messages = {  # noqa: RUF012 - as Django has it
        **AdminAuthenticationForm.error_messages,
        "invalid_login": (
            "This user name and this password open nothing here. Type both again; capital letters count. "
            "If that does not help, ask an administrator for a new password."
        ),
    }


class Site(AdminSite):
    """The stock admin, as a place to work."""

    site_header = "Content API"
    site_title = "Content API"
    index_title = "Dashboard"
    login_form = LogInForm
    empty_value_display = ""  # a cell with nothing in it is empty, and gone on a phone
    enable_nav_sidebar = False  # a sidebar of our own stands in its place

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the navigation, where in it the page is, and the person's roles to what every page shows."""
        context = super().each_context(request)
        links = navigation(context["available_apps"], request.path) if context["has_permission"] else []
        return {**context, "navigation": links, "here": here(links), "held_roles": sorted(roles_of(request.user))}

    def get_urls(self) -> list[Any]:
        """Add what belongs to no single table: the fact picker."""
        return [path("facts/", self.admin_view(self.facts_view), name="facts"), *super().get_urls()]

    def facts_view(self, request: HttpRequest) -> HttpResponse:
        """Show facts and the slots that quote them."""
        return facts_page(request, self.each_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for the person who looks."""
        person = request.user
        sections = dashboard(person, timezone.now()) if isinstance(person, User) else []
        return super().index(request, {"sections": sections, **(extra_context or {})})
