"""Fields of public shapes: text, enums with their words, prose. What is absent is null, never an empty string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.drainage import set_override
from rest_framework import serializers

from content_api.rendering.filling import Fill, Filled, fill
from content_api.rendering.slots import TOKEN, parse

if TYPE_CHECKING:
    from django.db.models import TextChoices


# `required=LATER` of a member that came after the first renderer: what is out keeps the bytes that it was published with,
# so no answer is promised to have it. Within /api/v1/ every member that is added says so.
LATER = False


class TextField(serializers.CharField):
    """A text that may be absent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, **kwargs})

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """Return the text, or null."""
        return str(value) if value else None


class EnumField(serializers.Field[Any, Any, Any, Any]):
    """A value of a vocabulary. In the OpenAPI document it is a string with known values, because more may come."""

    def __init__(self, vocabulary: type[TextChoices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**{**kwargs, "help_text": _known(vocabulary, kwargs.get("help_text", ""))})
        set_override(self, "field", {"type": "string", "x-known-values": vocabulary.values})

    def to_representation(self, value: Any) -> str | None:
        """Return the value, or null."""
        return str(value) if value else None


class LabelField(serializers.Field[Any, Any, Any, Any]):
    """The words for a value of a vocabulary, for sites to show."""

    def __init__(self, vocabulary: type[TextChoices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)
        set_override(self, "field", {"type": "string"})

    def to_representation(self, value: Any) -> str | None:
        """Return the words, or null."""
        return str(self.vocabulary(value).label) if value else None


class EnumListField(serializers.Field[Any, Any, Any, Any]):
    """Values of a vocabulary, in its order."""

    def __init__(self, vocabulary: type[TextChoices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**{**kwargs, "help_text": _known(vocabulary, kwargs.get("help_text", ""))})
        set_override(self, "field", {"type": "array", "items": {"type": "string", "x-known-values": vocabulary.values}})

    def to_representation(self, value: Any) -> list[str]:
        """Return the values."""
        return in_order(self.vocabulary, value)


class LabelListField(serializers.Field[Any, Any, Any, Any]):
    """The words for values of a vocabulary, in its order."""

    def __init__(self, vocabulary: type[TextChoices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)
        set_override(self, "field", {"type": "array", "items": {"type": "string"}})

    def to_representation(self, value: Any) -> list[str]:
        """Return the words for each value."""
        return [str(self.vocabulary(one).label) for one in in_order(self.vocabulary, value)]


class _ProseField(TextField):
    """Prose, with the facts that its slots ask for."""

    def _filled(self, value: Any) -> Filled:
        tokens = dict.fromkeys(match[1] for match in TOKEN.finditer(str(value)))
        asked = [(raw, slot) for raw in tokens if (slot := parse(raw))]
        quotes = [(raw, self.context["world"].quote(slot)) for raw, slot in asked]
        return fill(str(value), tuple(Fill(raw, one.slot.ref, one.words) for raw, one in quotes))


class MarkdownField(_ProseField):
    """Prose as CommonMark, its slots filled: what they say is escaped, so any renderer reads it as those words."""

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """Return the text in its normal form, or null."""
        return self._filled(value).markdown or None


class HtmlField(_ProseField):
    """Prose as sanitized HTML, its slots filled: each fact in a `data` element that names it."""

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """Return HTML that may be set into a page as it is, or null."""
        return self._filled(value).html or None


def in_order(vocabulary: type[TextChoices], values: list[str]) -> list[str]:
    """Return the values in the order of their vocabulary."""
    return [value for value in vocabulary.values if value in values]


def _known(vocabulary: type[TextChoices], help_text: str) -> str:
    words = ", ".join(f"`{value}` ({label})" for value, label in vocabulary.choices)
    return f"{help_text} Known values: {words}. More may be added.".strip()
