"""Form fields, widgets and formsets by which editors fill in a working copy and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Max
from django.urls import reverse

from content_api.editorial.models import ChangeType
from content_api.editorial.slot_names import by_id, by_slug
from content_api.fields import CountryListField, ProseField

if TYPE_CHECKING:
    from content_api.content_items import Row


class CountriesField(forms.CharField):
    """Two-letter country codes with commas between, kept as a sorted list."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        kwargs["help_text"] = "Two-letter codes with commas between: CN, US, EU. Empty means everywhere."
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list as it is typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the codes that were typed, each once, in alphabetical order."""
        typed = (super().to_python(value) or "").split(",")
        return sorted({code.strip().upper() for code in typed} - {""})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the codes, not how they were typed."""
        return bool(self.to_python(self.prepare_value(initial or "")) != self.to_python(data))


class ProseFormField(forms.CharField):
    """Prose as an editor types it: slots by slug, which are stored by content id."""

    def prepare_value(self, value: Any) -> Any:
        """Show stored slots by slug."""
        return by_slug(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        """Return the text as it is stored; line ends of a browser are those of every other text."""
        return by_id((super().to_python(value) or "").replace("\r\n", "\n"))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is stored, not how it was typed."""
        return bool(self.to_python(self.prepare_value(initial or "")) != self.to_python(data))


class ProseWidget(AdminTextareaWidget):
    """A text area with room for sentences, which says what may be written in it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        hint = "CommonMark: plain paragraphs, lists, links, and slots such as {{ kind:slug.path }}. No HTML, images or tables."
        super().__init__({"rows": 6, "class": "vLargeTextField prose-source", "placeholder": hint, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Tell the script where facts are found."""
        return super().get_context(name, value, {**(attrs or {}), "data-facts": reverse("admin:facts")})


FORM_FIELDS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    ProseField: {"form_class": ProseFormField, "widget": ProseWidget},
    CountryListField: {"form_class": CountriesField},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    },
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
    models.URLField: {"assume_scheme": "https"},
}


class LabeledForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """A form whose labels stand above their fields, and so end without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class RowFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg] # not generic at run time
    """Rows of an item; a new one goes last unless the editor gave it another place."""

    def save_new(self, form: forms.ModelForm[Row], commit: bool = True) -> Row:  # noqa: FBT001, FBT002 - Django's
        """Save a new row after those that are there."""
        if "position" not in form.changed_data:
            form.instance.position = self._next_position()
        row: Row = super().save_new(form, commit=commit)
        return row

    def _next_position(self) -> int:
        last = self.get_queryset().aggregate(last=Max("position"))["last"]
        taken = [-1 if last is None else last, *(row.position for row in self.new_objects)]
        return int(max(taken)) + 1


class SubmitForm(forms.Form):
    """What readers are told about a new version; a first version changes nothing yet, so neither is asked."""

    change_type = forms.ChoiceField(
        label="What changed",
        choices=[
            (one.value, one.label) for one in (ChangeType.WORLD_CHANGED, ChangeType.CORRECTION, ChangeType.EDITORIAL)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what changed: readers are told whether the world did, or we were wrong."},
    )
    change_note = forms.CharField(
        label="Public note",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="One or two sentences for readers: what is different now, and since when.",
        error_messages={"required": "Say in a sentence what is different; readers see it with the text."},
    )


class VerdictForm(forms.Form):
    """A verdict, bound to the very text that the page showed."""

    role = forms.CharField(max_length=30)
    verdict = forms.CharField(max_length=20)
    content_sha256 = forms.CharField(max_length=71)
    substance_sha256 = forms.CharField(max_length=71)
    comment = forms.CharField(required=False, max_length=10_000)


class CommentForm(forms.Form):
    """What is said of one field of a version."""

    pointer = forms.CharField(max_length=200)
    text = forms.CharField(max_length=4_000)
    answers = forms.IntegerField(required=False)
