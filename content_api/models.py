"""The platform's own models: content items, and the letters that tell people what waits for them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from content_api.content_items import ContentItem

__all__ = ["ContentItem", "Letter", "Told"]


class Letter(models.Model):
    """A mail to one person: written down first, then sent, then marked as sent."""

    key = models.UUIDField(
        unique=True, default=uuid.uuid4, editable=False, help_text="Its Message-ID, however often sent."
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, help_text="When a process began to send it.")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(sent_at=None), name="letter_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.person})"


class Told(models.Model):
    """Something that a letter told to a person, so that no other tells it again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80, help_text="What waits, and of what: review:<version id>.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "about"], name="a_person_is_told_a_thing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.about} to {self.person_id}"
