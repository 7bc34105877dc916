"""A field of partner sites: a list of web origins."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
ORIGIN = re.compile(rf"https://{_HOST}(?::[0-9]{{1,5}})?|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{{1,5}})?")


class OriginsField(forms.CharField):
    """Origins, one on a line, kept as a sorted list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list as it is typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the origins that were typed, each once, in alphabetical order."""
        return sorted({line.strip().lower() for line in (super().to_python(value) or "").splitlines()} - {""})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the origins, not how they were typed."""
        return bool(self.to_python(self.prepare_value(initial or "")) != self.to_python(data))


class OriginListField(models.JSONField):
    """A set of origins, as browsers send them: a scheme, a host, and a port unless it is the usual one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what no browser would send, and what is not encrypted on its way."""
        super().validate(value, model_instance)
        wrong = [one for one in value if not ORIGIN.fullmatch(str(one))] if isinstance(value, list) else [value]
        if wrong:
            msg = f"“{wrong[0]}” is no origin. Write the scheme and the host, without a path: https://guide.example."
            raise ValidationError(msg, code="not-an-origin")

    def formfield(self, **kwargs: Any) -> Any:
        """Take one origin on a line."""
        return super().formfield(**{"form_class": OriginsField, **kwargs})
