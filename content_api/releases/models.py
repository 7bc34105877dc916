"""Releases while they are made: what they hold, who judged them, and when they are to go out."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from content_api.content_items import ContentItem, known
from content_api.editions.models import PartnerAction, Urgency, WithdrawalReason
from content_api.editorial.models import Role, Version


class ReleaseState(models.TextChoices):
    """Where a release stands."""

    OPEN = "OPEN", "Open"  # a change set that is being made
    SCHEDULED = "SCHEDULED", "Scheduled"  # complete, and goes out by itself when its time has come
    PUBLISHED = "PUBLISHED", "Published"  # out; final
    CANCELLED = "CANCELLED", "Cancelled"  # never went out; final


TRANSITIONS: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.OPEN: frozenset({ReleaseState.SCHEDULED, ReleaseState.PUBLISHED, ReleaseState.CANCELLED}),
    ReleaseState.SCHEDULED: frozenset({ReleaseState.OPEN, ReleaseState.PUBLISHED, ReleaseState.CANCELLED}),
    ReleaseState.PUBLISHED: frozenset(),
    ReleaseState.CANCELLED: frozenset(),
}


class Mark(models.TextChoices):
    """What a reviewer of a set says of a text that it changes elsewhere."""

    READS_RIGHT = "READS_RIGHT", "Reads right"
    NEEDS_REWRITING = "NEEDS_REWRITING", "Needs rewriting"


class ReleaseCounter(models.Model):
    """The one row that publishing locks first, in a statement of its own."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0, help_text="Of the last release published.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_release_counter"),
        ]

    def __str__(self) -> str:
        return f"release {self.number}"


class Release(models.Model):
    """A set of versions to publish and items to withdraw together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(null=True, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.OPEN, editable=False)
    title = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    act_by = models.DateTimeField(null=True, blank=True)
    is_pull = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    publish_at = models.DateTimeField(null=True, editable=False, help_text="When it goes out by itself.")
    publish_zone = models.CharField(max_length=60, blank=True, editable=False, help_text="In which that was typed.")
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="releases_scheduled",
    )
    refusal = models.TextField(blank=True, editable=False, help_text="Why it did not go out when it was due.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("state", ReleaseState),
            known("urgency", Urgency),
            models.CheckConstraint(
                condition=~Q(state="SCHEDULED")
                | (Q(publish_at__isnull=False, scheduled_by__isnull=False) & ~Q(publish_zone="")),
                name="a_scheduled_release_has_a_time_and_a_publisher",
            ),
            models.CheckConstraint(
                condition=Q(state="PUBLISHED", number__isnull=False, published_at__isnull=False)
                | (~Q(state="PUBLISHED") & Q(number=None, published_at=None)),
                name="a_published_release_and_no_other_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReleaseComposer(models.Model):
    """Somebody who put something into a release; they may not sign off its impact."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="composers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "person"], name="a_composer_is_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} composed {self.release_id}"


class ReleaseWorkingCopy(models.Model):
    """A working copy in a release: the next version of its item goes out with it, and leaves this row when approved."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="working_copies")
    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="+")
    after = models.PositiveIntegerField(help_text="Submissions of the item with a higher number belong here.")
    put_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "item"], name="a_release_holds_a_working_copy_once"),
        ]

    def __str__(self) -> str:
        return f"the working copy of {self.item_id}"


class ReleaseItem(models.Model):
    """An approved version in a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="release_items")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "item"], name="a_release_holds_an_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class ReleaseWithdrawal(models.Model):
    """An item that a release takes down."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="withdrawals")
    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=WithdrawalReason)
    public_note = models.TextField()
    partner_action = models.CharField(max_length=10, choices=PartnerAction, blank=True)
    act_by = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(ContentItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("reason", WithdrawalReason),
            known("partner_action", PartnerAction, blank=True),
            models.UniqueConstraint(fields=["release", "item"], name="a_release_withdraws_an_item_once"),
            models.CheckConstraint(condition=~Q(public_note=""), name="a_withdrawal_says_why_in_public"),
        ]

    def __str__(self) -> str:
        return f"withdraw {self.item_id}"


class SignOff(models.Model):
    """Somebody read what else will read differently, and let it pass; bound to the hash of that list."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="sign_offs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role)
    impact_sha256 = models.CharField(max_length=71)
    person_name = models.CharField(max_length=200)
    person_credentials = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("role", Role),
            models.UniqueConstraint(
                fields=["release", "person", "impact_sha256"], name="a_person_signs_an_impact_in_one_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} signed off {self.release_id}"


class SetVerdict(models.Model):
    """One person's verdict on a whole release, in one role: on its versions, and on each text that it changes elsewhere."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="verdicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role)
    impact_sha256 = models.CharField(max_length=71)
    marks = models.JSONField(help_text="{content id: Mark} of what reads differently elsewhere.")
    reviews = models.JSONField(help_text="[id] of the reviews that were given with it.")
    comment = models.TextField(blank=True)
    person_name = models.CharField(max_length=200)
    person_credentials = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [known("role", Role)]

    def __str__(self) -> str:
        return f"{self.person_name} judged {self.release_id}"


class PullConfirmation(models.Model):
    """The second person who confirmed a pull, within 24 hours of it."""

    release = models.OneToOneField(Release, primary_key=True, on_delete=models.PROTECT)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pull {self.release_id} confirmed by {self.person}"
