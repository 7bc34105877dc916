"""Model fields that say more than their column: references, prose, lists of choices, slugs."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
UUID_PATTERN = re.compile(r"^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$")


class OnWithdrawal(StrEnum):
    """What happens to a text when something that it refers to is withdrawn."""

    DROP = "DROP"  # the reference is left out; the text stays
    CASCADE = "CASCADE"  # the text makes no sense without it, and goes too


def refuse_uuid(value: str) -> None:
    """Refuse a slug that looks like a UUID: addresses take a slug or an id in the same place."""
    if UUID_PATTERN.match(value):
        msg = "A slug may not look like a UUID. Use words that a reader recognizes."
        raise ValidationError(msg, code="slug-is-uuid")


class SlugField(models.CharField):  # type: ignore[type-arg] # not generic at run time
    """A lower-case name for an address or a child row: letters, digits and single hyphens."""

    default_validators = [  # noqa: RUF012 - Django reads this class attribute
        RegexValidator(SLUG_PATTERN, "Use lower-case letters, digits and single hyphens, such as “satri-cel”."),
        refuse_uuid,
    ]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(**kwargs)


class ProseField(models.TextField):  # type: ignore[type-arg] # not generic at run time
    """CommonMark for a public reader; rendered to Markdown and HTML when a release is built."""


class ReferenceField(models.ForeignKey):  # type: ignore[type-arg] # not generic at run time
    """A reference from a working copy, or one of its child rows, to another content item."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        self.on_withdrawal: OnWithdrawal = kwargs.pop("on_withdrawal", OnWithdrawal.DROP)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete=on_delete, **kwargs)


class ReferencesField(models.ManyToManyField):  # type: ignore[type-arg] # not generic at run time
    """An unordered set of references to other content items; one that is withdrawn is left out, unless said otherwise."""

    def __init__(self, to: Any, **kwargs: Any) -> None:
        self.on_withdrawal: OnWithdrawal = kwargs.pop("on_withdrawal", OnWithdrawal.DROP)
        kwargs.setdefault("related_name", "+")
        kwargs.setdefault("blank", True)
        kwargs.setdefault("symmetrical", False)
        super().__init__(to, **kwargs)


class ChoiceListField(models.JSONField):
    """A set of values from one vocabulary (a TextChoices), kept in the vocabulary's order."""

    def __init__(self, vocabulary: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what is not a list of known, different values."""
        super().validate(value, model_instance)
        known = self.vocabulary.values if self.vocabulary else []
        if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - set(known):
            msg = f"Choose each value once, from: {', '.join(known)}."
            raise ValidationError(msg, code="unknown-choice")

    def formfield(self, **kwargs: Any) -> Any:
        """Offer the vocabulary as check boxes."""
        choices = self.vocabulary.choices if self.vocabulary else []
        return forms.MultipleChoiceField(
            choices=choices,
            required=not self.blank,
            label=kwargs.get("label") or str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


class CountryListField(models.JSONField):
    """A set of ISO 3166-1 alpha-2 codes (or EU), in alphabetical order; empty means everywhere."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what is not a list of different two-letter codes."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(re.fullmatch(r"[A-Z]{2}", str(code)) for code in value):
            msg = 'Write a JSON list of two-letter country codes, such as ["CN", "US"].'
            raise ValidationError(msg, code="not-countries")


COUNTRY = RegexValidator(r"^[A-Z]{2}$", "Write the two-letter ISO 3166-1 code, such as CN, or EU.")
