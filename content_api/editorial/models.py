"""Versions, their reviews, who contributed to them, and the chained record of every move."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from content_api.content_items import ContentItem, known
from content_api.kinds import ReviewRole


class State(models.TextChoices):
    """Where a version stands. Live, superseded and withdrawn are not states: they are asked of editions."""

    IN_REVIEW = "IN_REVIEW", "In review"  # waits for verdicts; a version is born here
    APPROVED = "APPROVED", "Approved"  # every required role has approved; may be released
    CHANGES_REQUESTED = "CHANGES_REQUESTED", "Changes requested"  # final: the correction is the next version
    RECALLED = "RECALLED", "Recalled"  # final: taken back before it was released


TRANSITIONS: dict[State, frozenset[State]] = {
    State.IN_REVIEW: frozenset({State.APPROVED, State.CHANGES_REQUESTED, State.RECALLED}),
    State.APPROVED: frozenset({State.RECALLED}),
    State.CHANGES_REQUESTED: frozenset(),
    State.RECALLED: frozenset(),
}


class ChangeType(models.TextChoices):
    """What a new version says about the one before: whether the world changed, or we were wrong."""

    FIRST = "FIRST", "First publication"
    WORLD_CHANGED = "WORLD_CHANGED", "The world changed"
    CORRECTION = "CORRECTION", "We were wrong"
    EDITORIAL = "EDITORIAL", "Wording only"
    CONFIRMED = "CONFIRMED", "Checked, still true"


class Verdict(models.TextChoices):
    """What a reviewer says of a version."""

    APPROVED = "APPROVED", "Approved"
    CHANGES_REQUESTED = "CHANGES_REQUESTED", "Changes requested"


class Role(models.TextChoices):
    """The roles that a version may need a verdict from (see kinds.ReviewRole)."""

    MEDICAL = ReviewRole.MEDICAL.value, "Medical reviewer"
    REGULATORY = ReviewRole.REGULATORY.value, "Regulatory reviewer"


class ContributionCause(models.TextChoices):
    """How somebody's words came into a working copy."""

    EDITED = "EDITED", "Edited it"
    RESTORED = "RESTORED", "Restored an old version"
    WROTE_RESTORED = "WROTE_RESTORED", "Wrote what was restored"
    ADOPTED = "ADOPTED", "Answers for a change made outside the application"


class ParkedState(models.TextChoices):
    """Where a parked text stands."""

    PARKED = "PARKED", "Parked"  # waits until what is live is corrected
    BROUGHT_BACK = "BROUGHT_BACK", "Brought back"  # final: merged into the working copy


class Reviewer(models.Model):
    """A person's public credentials as a reviewer."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT)
    credentials = models.CharField(max_length=200, help_text="MD, medical oncology. Shown with every review.")

    def __str__(self) -> str:
        return self.credentials


class Contribution(models.Model):
    """Somebody changed a working copy: append-only."""

    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=15, choices=ContributionCause)
    draft_sha256 = models.CharField(max_length=71, help_text="Of the working copy afterwards.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [known("cause", ContributionCause)]

    def __str__(self) -> str:
        return f"{self.person} {self.cause} {self.item_id}"


class Version(models.Model):
    """An immutable snapshot of a working copy, made when it was submitted. Only `state` moves, along TRANSITIONS."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="Counts submissions of the item.")
    state = models.CharField(max_length=20, choices=State, default=State.IN_REVIEW)
    schema_version = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="RFC 8785.")
    content_sha256 = models.CharField(max_length=71)
    change_type = models.CharField(max_length=15, choices=ChangeType)
    change_note = models.CharField(max_length=300, blank=True)
    findings = models.JSONField(default=list, help_text="Warnings of the checks, for the reviewer.")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    last_contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.PROTECT, related_name="+", help_text="The last one it contains."
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("state", State),
            known("change_type", ChangeType),
            models.UniqueConstraint(fields=["item", "number"], name="a_submission_of_an_item_has_its_own_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="IN_REVIEW"), name="an_item_has_one_open_review"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "item"], name="version_by_state")]

    def __str__(self) -> str:
        return f"{self.item} #{self.number}"


class ParkedText(models.Model):
    """A half-written text, set aside while what is live is corrected. Only `state` moves, once; the text stays for ever."""

    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="parked_texts")
    base = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", help_text="What was live when it was parked."
    )
    state = models.CharField(max_length=12, choices=ParkedState, default=ParkedState.PARKED)
    schema_version = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="RFC 8785.")
    content_sha256 = models.CharField(max_length=71)
    last_contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="+", help_text="The last one it contains."
    )
    parked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    parked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("state", ParkedState),
            models.UniqueConstraint(fields=["item"], condition=Q(state="PARKED"), name="an_item_has_one_parked_text"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.get_state_display().lower()}"

    @property
    def subject(self) -> str:
        """The name by which the audit trail knows it."""
        return f"parked text:{self.pk}"


class VersionContributor(models.Model):
    """Somebody who may not approve a version, because they wrote in it. Sealed by the version's own row."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="contributors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "person"], name="a_contributor_is_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} wrote in {self.version_id}"


class RequiredReview(models.Model):
    """A role whose approval a version needs. Sealed by the version's own row."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="required_reviews")
    role = models.CharField(max_length=30, choices=Role)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("role", Role),
            models.UniqueConstraint(fields=["version", "role"], name="a_role_is_required_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.version_id}"


class Review(models.Model):
    """One person's verdict on one version, bound to what the person was shown."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role)
    verdict = models.CharField(max_length=20, choices=Verdict)
    comment = models.TextField(blank=True)
    content_sha256 = models.CharField(max_length=71)
    substance_sha256 = models.CharField(max_length=71)
    substance = models.TextField(help_text="RFC 8785: the text as the reviewer read it.")
    reviewer_name = models.CharField(max_length=200, help_text="As it was on the day.")
    reviewer_credentials = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            known("role", Role),
            known("verdict", Verdict),
            models.UniqueConstraint(fields=["version", "reviewer"], name="each_required_role_is_another_person"),
            models.UniqueConstraint(fields=["version", "role"], name="a_role_gives_one_verdict_on_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.reviewer_name}"


class ReviewComment(models.Model):
    """What somebody said of one field of a version, or answered to that: append-only, and part of the review's record."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pointer = models.CharField(
        max_length=200, help_text="A member of the content, or a row by its key: /events/approved."
    )
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answered_by")
    text = models.TextField()
    person_name = models.CharField(max_length=200, help_text="As it was on the day.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} on {self.pointer}"


class Transition(models.Model):
    """A move of a version or a release: append-only, each row carrying the hash of the one before."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    subject = models.CharField(max_length=60, help_text="version:<id>, release:<id> or parked text:<id>.")
    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_sha256 = models.CharField(max_length=71, help_text="Of what was moved.")
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=71, null=True, unique=True)  # noqa: DJ001 - the first has none
    hash = models.CharField(max_length=71, unique=True)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject}"


class AuditHead(models.Model):
    """The one row to lock before the next Transition is written."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_audit_head"),
        ]

    def __str__(self) -> str:
        return "audit head"
