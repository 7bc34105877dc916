"""The admin's pages for people: administrators keep accounts and roles, and gain nothing editorial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import Q
from django.forms import CheckboxSelectMultiple

from content_api.editorial.admin.forms import LabeledForm
from content_api.editorial.models import Reviewer
from content_api.people import MAY, ROLES

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

admin.site.unregister(Group)  # the roles are made by the code; renaming one would take it from everybody
admin.site.unregister(User)

LABELS = {"groups": "Roles", "is_active": "Active", "is_staff": "May log in here", "is_superuser": "Superuser"}
HELP = {
    "username": "What they log in with: letters, digits and @ . + - _",
    "email": "Where mail about their work goes.",
    "groups": "A person may hold several. Nobody approves what they wrote, whatever roles they hold.",
    "is_active": "Untick it to end the account. Nothing is ever deleted here: reviews keep their reviewers.",
    "is_staff": "Without it, they cannot open this admin at all.",
    "is_superuser": "May change every account, superusers included. It gives no say in any text.",
}


class ReviewerInline(admin.StackedInline):  # type: ignore[type-arg] # not generic at run time
    """The credentials that a person's verdicts carry."""

    model = Reviewer
    form = LabeledForm
    can_delete = False
    verbose_name = "Credentials, shown with every review that this person gives from now on"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Follow the page of the person."""
        return request.user.has_perm("auth.view_user")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Follow the page of the person."""
        return request.user.has_perm("auth.change_user")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Follow the page of the person."""
        return request.user.has_perm("auth.change_user")


class PersonForm(LabeledForm, UserChangeForm):  # type: ignore[type-arg] # not generic at run time
    """An account. What it belongs to besides its roles (the demo) is not offered, and stays."""

    def clean_groups(self) -> QuerySet[Group]:
        """Return the roles that were ticked, with the groups that are no roles."""
        chosen = [group.pk for group in self.cleaned_data["groups"]]
        kept = self.instance.groups.exclude(name__in=ROLES).values("pk")
        return Group.objects.filter(Q(pk__in=chosen) | Q(pk__in=kept))


class NewPersonForm(LabeledForm, UserCreationForm):  # type: ignore[type-arg] # not generic at run time
    """A new account."""


class HeldRole(admin.SimpleListFilter):
    """Keep the people who hold a role."""

    title, parameter_name = "role", "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer each role."""
        return [(role, role) for role in ROLES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Keep its members."""
        return queryset.filter(groups__name=self.value()) if self.value() in ROLES else queryset


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg] # not generic at run time
    """People and their roles. An account is deactivated, never deleted: reviews keep their reviewers."""

    form = PersonForm
    add_form = NewPersonForm
    fieldsets = (
        ("Who it is", {"fields": (("first_name", "last_name"), ("username", "email"))}),
        ("What this person may do", {"fields": ("groups",)}),
        ("The account", {"fields": ("is_active", "is_staff", "is_superuser", ("last_login", "date_joined"))}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2")}),)
    filter_horizontal = ()
    inlines = (ReviewerInline,)
    list_display = ("name", "username", "roles", "last_login", "is_active")
    list_display_links = ("name",)
    list_filter = (HeldRole, "is_active", "is_superuser")
    readonly_fields = ("last_login", "date_joined")
    actions = None

    @admin.display(description="Name", ordering="last_name")
    def name(self, person: User) -> str:
        """Return the person's name, or what they log in with."""
        return person.get_full_name() or person.username

    @admin.display(description="Roles")
    def roles(self, person: User) -> str:
        """Return what the person may do here."""
        held = [group.name for group in person.groups.all() if group.name in ROLES]
        return ", ".join([*held, *(["Superuser"] if person.is_superuser else [])]) or "none yet"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups of the list in one query."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let only a superuser make another one."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the fields of an account in plain words."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.label = LABELS.get(db_field.name, field.label)
            field.help_text = HELP.get(db_field.name, field.help_text)
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show every role with a box to tick, and what it is for: there are few, and each is held or not."""
        field: Any = super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": CheckboxSelectMultiple})
        field.label_from_instance = _with_purpose
        field.queryset = field.queryset.filter(name__in=ROLES)
        return field

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


def _with_purpose(group: Group) -> str:
    return f"{group.name}: {MAY[group.name]}"
