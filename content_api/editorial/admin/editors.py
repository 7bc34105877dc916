"""Who may read and who may write a text in the admin, and what a page of it shows to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import BaseModelAdmin

from content_api.editorial.admin.forms import FORM_FIELDS
from content_api.editorial.admin.shown import readable_fields
from content_api.fields import ReferenceField, ReferencesField
from content_api.people import EDITOR, roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest


class EditedByEditors(BaseModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """Whoever works here may read; editors may write."""

    formfield_overrides = FORM_FIELDS

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let everybody with a role read drafts."""
        return bool(roles_of(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let editors change them."""
        return EDITOR in roles_of(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let editors add to them."""
        return EDITOR in roles_of(request.user)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show in words what whoever may only read would otherwise read as it is stored."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        words = readable_fields(self.model)
        return [(name, {**options, "fields": _named(options["fields"], words)}) for name, options in fieldsets]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let what is shown in words be shown."""
        fields = super().get_readonly_fields(request, obj)
        can_change = self.has_change_permission(request, obj)
        return fields if can_change else [*fields, *readable_fields(self.model).values()]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Search for what is referred to by typing."""
        fields = [*self.model._meta.concrete_fields, *self.model._meta.many_to_many]
        return [field.name for field in fields if isinstance(field, ReferenceField | ReferencesField)]


def _named(fields: Any, words: Mapping[str, Any]) -> list[Any]:
    """Return the fields of a fieldset, some of them on one line, with what shows them in words in their place."""
    return [_named(one, words) if isinstance(one, list | tuple) else words.get(one, one) for one in fields]
