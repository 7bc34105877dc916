"""Partner sites and their keys, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.template.response import TemplateResponse

from content_api.partners.actions import issue_key, revoke_key
from content_api.partners.models import ApiKey, PartnerSite
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


@admin.register(PartnerSite)
class PartnerSiteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sites; a key is issued by an action, and shown once."""

    fieldsets = (
        (None, {"fields": ("name", "slug", "is_demo")}),
        (
            "How disclaimers speak of it",
            {
                "fields": ("organization_name", "organization_role", "disclaimer_url"),
                "description": "Disclaimers fill these words in, for this site alone.",
            },
        ),
        ("Reading from a browser", {"fields": ("origins",)}),
    )
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("name", "slug", "organization_role", "is_demo")
    search_fields = ("name", "slug")
    ordering = ("slug",)
    readonly_fields = ("is_demo",)
    actions = ("issue_a_key",)

    @admin.action(description="Issue a key (shown once)", permissions=["change"])
    def issue_a_key(self, request: HttpRequest, sites: QuerySet[PartnerSite]) -> HttpResponse | None:
        """Show a new key for one site."""
        if sites.count() != 1:
            self.message_user(request, "Choose one site at a time.", messages.ERROR)
            return None
        site = sites.get()
        try:
            key = issue_key(site=site)
        except Refused as refused:
            self.message_user(request, refused.message, messages.ERROR)
            return None
        context = {**self.admin_site.each_context(request), "title": f"A key for {site.name}", "key": key}
        return TemplateResponse(request, "admin/partners/key.html", context, headers={"Cache-Control": "no-store"})


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Keys, to look at and to revoke. They are issued from their site, and never edited or deleted."""

    list_display = ("key", "site", "created_at", "expires_at", "revoked_at")
    list_filter = ("site",)
    list_select_related = ("site",)
    search_fields = ("key_id", "site__name", "site__slug")
    ordering = ("-created_at", "key_id")
    fields: ClassVar = ("key", "site", "created_at", "expires_at", "revoked_at")
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a key is issued from its site, so that it can be shown."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Refuse: a key is issued and revoked, and nothing in between."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Refuse: a revoked key stays, to say that it was one."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Tell whether somebody may change keys at all."""
        return request.user.has_perm("partners.change_apikey")

    @admin.display(description="Key")
    def key(self, key: ApiKey) -> str:
        """Return the part of a key that is no secret."""
        return str(key)

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        """Revoke keys; each stops working with the next request."""
        for key in keys:
            try:
                revoke_key(key=key)
            except Refused as refused:
                self.message_user(request, refused.message, messages.WARNING)
            else:
                self.message_user(request, f"{key} is revoked, from the next request on.", messages.SUCCESS)
