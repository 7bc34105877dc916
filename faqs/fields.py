"""A field of this app's models: a list of kinds of content."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from content_api import kinds


def carrying_kinds() -> list[str]:
    """Return the names of the kinds whose items may carry a disclaimer."""
    return [kind.name for kind in kinds.all_kinds() if kind.accompanies is None]


class KindListField(models.JSONField):
    """A set of kinds of content, by name, in alphabetical order. Which there are is known when the apps are ready."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what is not a list of known, different kinds."""
        super().validate(value, model_instance)
        names = carrying_kinds()
        if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - set(names):
            msg = f"Choose each kind once, from: {', '.join(names)}."
            raise ValidationError(msg, code="unknown-kind")

    def formfield(self, **kwargs: Any) -> Any:
        """Offer the kinds as check boxes."""
        return forms.MultipleChoiceField(
            choices=[(name, name.replace("_", " ")) for name in carrying_kinds()],
            required=not self.blank,
            label=kwargs.get("label") or str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
