"""The admin's pages for people: administrators keep accounts and roles, and gain nothing editorial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple

from content_api.editorial.models import Reviewer

if TYPE_CHECKING:
    from django.http import HttpRequest

admin.site.unregister(Group)  # the roles are made by the code; renaming one would take it from everybody
admin.site.unregister(User)


class ReviewerInline(admin.StackedInline):  # type: ignore[type-arg] # not generic at run time
    """The credentials that a person's verdicts carry."""

    model = Reviewer
    can_delete = False
    verbose_name_plural = "Credentials, shown with every review that this person gives from now on"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Follow the page of the person."""
        return request.user.has_perm("auth.view_user")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Follow the page of the person."""
        return request.user.has_perm("auth.change_user")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Follow the page of the person."""
        return request.user.has_perm("auth.change_user")


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg] # not generic at run time
    """People and their roles. An account is deactivated, never deleted: reviews keep their reviewers."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Name", {"fields": ("first_name", "last_name", "email")}),
        (
            "What this person may do",
            {
                "fields": ("is_active", "is_staff", "groups", "is_superuser"),
                "description": "Roles are groups, and every editorial rule asks for them. A superuser has no "
                "editorial power without a role. To end an account, untick “Active”: nothing is deleted here.",
            },
        ),
        ("Dates", {"fields": ("last_login", "date_joined"), "classes": ("collapse",)}),
    )
    filter_horizontal = ()
    inlines = (ReviewerInline,)
    list_display = ("username", "first_name", "last_name", "roles", "is_active", "is_staff", "is_superuser")
    list_filter = ("groups", "is_active", "is_superuser")
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description="Roles")
    def roles(self, person: User) -> str:
        """Return the person's groups."""
        return ", ".join(group.name for group in person.groups.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups of the list in one query."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let only a superuser make another one."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show every role with a box to tick: there are few, and each is held or not."""
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": CheckboxSelectMultiple})

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Ask for credentials once the account exists."""
        return super().get_inlines(request, obj) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to change a superuser (their password, too) to everybody but superusers."""
        safe = obj is None or not obj.is_superuser or request.user.is_superuser
        return safe and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: reviews keep their reviewers; an account is deactivated."""
        return False
