"""Partner sites and their keys, for administrators; what sites serve, for publishers too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from content_api.partners.actions import issue_key, revoke_key
from content_api.partners.models import ApiKey, PartnerSite
from content_api.partners.policies import MOST_ACTIVE_KEYS
from content_api.partners.queries import acknowledgements, active_keys, keys, works
from content_api.partners.standing import standing_of, with_standing
from content_api.refusals import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

SHOWN = 10  # of what a site said, the newest


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """What is known of a site or a key; labels stand above their fields, and so end without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    class Meta:
        labels: ClassVar = {"slug": "Short name", "disclaimer_url": "Address of its disclaimers"}
        help_texts: ClassVar = {"slug": "Small letters, digits and hyphens: oncology-today."}


@admin.register(PartnerSite)
class PartnerSiteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sites, each with its keys: one is issued, shown once, and revoked when the next is in place."""

    form = PartnerForm
    fieldsets = (
        ("The site", {"fields": ("name", "slug")}),
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
    list_display = ("name", "slug", "serves", "organization_role", "working_keys")
    search_fields = ("name", "slug")
    ordering = ("slug",)
    actions = None
    change_form_template = "admin/partners/site.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the keys of each, and tell what it serves, in the same query."""
        working = works(timezone.now(), "keys__")
        counted = super().get_queryset(request).annotate(key_count=models.Count("keys", filter=working))
        return with_standing(counted)

    @admin.display(description="Serves", ordering="served")
    def serves(self, site: Any) -> str:
        """Return the release that a site says that it serves."""
        return f"release {site.served}" if site.served else "has not said"

    @admin.display(description="Keys that work", ordering="key_count")
    def working_keys(self, site: Any) -> str:
        """Return how many keys a site can read with."""
        return str(site.key_count or "none yet")

    def has_delete_permission(self, request: HttpRequest, obj: PartnerSite | None = None) -> bool:
        """Refuse for a site that had a key: what read here once stays known."""
        return super().has_delete_permission(request, obj) and not (obj and obj.keys.exists())

    def get_urls(self) -> list[URLPattern]:
        """Add what issues a key."""
        issue = path("<int:site_id>/key/", self.admin_site.admin_view(self.key_view), name="partners_partnersite_key")
        return [issue, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Show what the site serves, and its keys to whoever keeps them, below what is known of it."""
        site = PartnerSite.objects.filter(pk=int(object_id)).first() if object_id.isdigit() else None
        context = _page_of(site, request) if site else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def key_view(self, request: HttpRequest, site_id: int) -> HttpResponse:
        """Issue a key and show it, once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        site = PartnerSite.objects.filter(pk=site_id).first()
        if not self.has_change_permission(request, site):
            raise PermissionDenied
        if site is None:
            raise Http404
        older = list(active_keys(site, timezone.now()))
        try:
            key = issue_key(site=site)
        except Refused as refused:
            messages.error(request, refused.message)
            return to_site(site.pk)
        shown = {"title": f"A key for {site.name}", "key": key, "site": site, "older": older, "opts": self.opts}
        context = {**self.admin_site.each_context(request), **shown}
        return TemplateResponse(request, "admin/partners/key.html", context, headers={"Cache-Control": "no-store"})


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Keys, to look at and to revoke. They are issued from their site, and never edited or deleted."""

    form = PartnerForm
    list_display = ("key", "site", "state", "created_at", "expires_at", "revoked_at")
    list_filter = ("site",)
    list_select_related = ("site",)
    search_fields = ("key_id", "site__name", "site__slug")
    ordering = ("-created_at", "key_id")
    fields: ClassVar = ("site", "state", "created_at", "expires_at", "revoked_at")
    readonly_fields = ("state",)
    actions = None
    change_form_template = "admin/partners/one_key.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Tell of each whether it works in the same query."""
        return super().get_queryset(request).annotate(works=works(timezone.now()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a key is issued from its site, so that it can be shown."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Refuse: a key is issued and revoked, and nothing in between."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Refuse: a revoked key stays, to say that it was one."""
        return False

    @admin.display(description="Key")
    def key(self, key: ApiKey) -> str:
        """Return the part of a key that is no secret."""
        return str(key)

    @admin.display(description="State")
    def state(self, key: Any) -> str:
        """Return whether a site can read with it, as a pill."""
        return format_html('<span class="state state-{}">{}</span>', *pill_of(key))

    def get_urls(self) -> list[URLPattern]:
        """Add what revokes a key."""
        revoke = path(
            "<int:key_id>/revoke/", self.admin_site.admin_view(self.revoke_view), name="partners_apikey_revoke"
        )
        return [revoke, *super().get_urls()]

    def revoke_view(self, request: HttpRequest, key_id: int) -> HttpResponse:
        """Revoke a key, and return to its site."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("partners.change_apikey"):
            raise PermissionDenied
        key = ApiKey.objects.filter(pk=key_id).first()
        if key is None:
            raise Http404
        try:
            revoke_key(key=key)
        except Refused as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, f"{key} is revoked, from the next request on.")
        return to_site(key.site_id)


def _page_of(site: PartnerSite, request: HttpRequest) -> dict[str, Any]:
    """Return what stands below the form of a site."""
    now = timezone.now()
    standing = standing_of(site)
    held = list(keys(now).filter(site=site).order_by("-created_at", "pk"))
    return {
        "standing": standing,
        "is_overdue": standing.is_overdue(now),
        "acknowledgements": acknowledgements(site)[:SHOWN],
        "keeps_keys": request.user.has_perm("partners.change_apikey"),
        "keys": [(key, pill_of(key)) for key in held],
        "may_issue": sum(key.works for key in held) < MOST_ACTIVE_KEYS,
    }


def pill_of(key: Any) -> tuple[str, str]:
    """Return how a key stands: the name of its pill, and the words in it."""
    if key.works:
        return "live", "Works"
    return ("cancelled", "Revoked") if key.revoked_at else ("due", "Expired")


def to_site(site_id: int) -> HttpResponseRedirect:
    """Lead to the page of a site."""
    return HttpResponseRedirect(reverse("admin:partners_partnersite_change", args=[site_id]))
