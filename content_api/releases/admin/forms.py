"""The forms of a release's page, each for one step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms

from content_api.content_items import ContentItem
from content_api.editions.models import Edition, PartnerAction, WithdrawalReason
from content_api.editorial.admin.forms import LabeledForm
from content_api.editorial.models import ChangeType, Version
from content_api.releases.models import Release, ReleaseState
from content_api.releases.policies import PULL_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANGES = [(one.value, one.label) for one in (ChangeType.WORLD_CHANGED, ChangeType.CORRECTION, ChangeType.EDITORIAL)]
ZONES = sorted(available_timezones())


class ReleaseForm(LabeledForm):
    """What is said of a release when it is opened."""

    class Meta:
        labels: ClassVar = {"act_by": "Sites act by (UTC)"}
        help_texts: ClassVar = {
            "title": "Tells readers what happened: “Satri-cel approved in China”.",
            "notes": "What readers should know about it, if the title does not say it.",
            "act_by": "Only where sites must do something by a time.",
        }


class StepForm(forms.Form):
    """One step of a release: what to do, and with what."""

    versions = forms.ModelMultipleChoiceField(Version.objects.all(), required=False)
    items = forms.ModelMultipleChoiceField(ContentItem.objects.all(), required=False)
    item = forms.ModelChoiceField(ContentItem.objects.all(), required=False)
    role = forms.CharField(max_length=30, required=False)
    impact_sha256 = forms.CharField(max_length=71, required=False)
    comment = forms.CharField(max_length=10_000, required=False)
    change_type = forms.ChoiceField(choices=CHANGES, required=False)
    change_note = forms.CharField(max_length=300, required=False)


class ScheduleForm(forms.Form):
    """When a release goes out by itself, on the clock of some place."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label="Time zone", choices=[(one, one) for one in ZONES], initial="UTC")

    def at(self) -> datetime:
        """Return the moment, in UTC."""
        typed = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        return typed.replace(tzinfo=ZoneInfo(self.cleaned_data["zone"])).astimezone(UTC)


class TakeDownForm(forms.Form):
    """Why an item is taken down, what sites must do, and what takes its place."""

    reason = forms.ChoiceField(choices=WithdrawalReason.choices)
    public_note = forms.CharField(
        label="Public note",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence for readers: why it is taken down. Its address answers with it.",
    )
    partner_action = forms.ChoiceField(
        label="What sites must do", required=False, choices=[("", "Nothing special"), *PartnerAction.choices]
    )
    replaced_by = forms.CharField(
        label="What replaces it",
        required=False,
        max_length=200,
        help_text="The slug or id of a live item, if there is one.",
    )

    def clean_replaced_by(self) -> ContentItem | None:
        """Return the live item that was named by its slug or id."""
        typed = self.cleaned_data["replaced_by"].strip().strip("/").rpartition("/")[2]
        if not typed:
            return None
        found = list(Edition.objects.filter(until_release=None).at([typed]).values_list("content_id", flat=True)[:2])
        if len(found) != 1:
            msg = f"“{typed}” names no live item, or several. Give its id, as the API shows it."
            raise forms.ValidationError(msg)
        return ContentItem.objects.get(pk=found[0])


class WithdrawForm(TakeDownForm):
    """A withdrawal inside a release."""

    act_by = forms.DateTimeField(
        label="Sites act by (UTC)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    release = forms.ModelChoiceField(Release.objects.filter(state=ReleaseState.OPEN, is_pull=False).order_by("title"))


class PullForm(TakeDownForm):
    """A pull: at once, and only where it cannot wait."""

    reason = forms.ChoiceField(choices=[one for one in WithdrawalReason.choices if one[0] in PULL_REASONS])


class PutInForm(forms.Form):
    """Into which release texts are put: an open one, or a new one with this title."""

    release = forms.ModelChoiceField(
        Release.objects.filter(state=ReleaseState.OPEN, is_pull=False).order_by("title"),
        required=False,
        empty_label="A new release, with the title below",
    )
    title = forms.CharField(
        max_length=200, required=False, help_text="Tells readers what happened: “Satri-cel approved in China”."
    )


def changes_of(post: Mapping[str, Any], content_ids: list[str], shared: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """Return what changed in each text: as its own row of the page says, else as is said for all of them."""
    changes = {}
    for one in content_ids:
        own = post.get(f"type-{one}", ""), post.get(f"note-{one}", "")
        changes[one] = own[0] or shared[0], own[1].strip() or shared[1]
    return changes
