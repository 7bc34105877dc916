"""The lasting identity of content, and the abstract rows that editors edit.

A working copy is the draft: a plain relational row whose primary key is its content item, so foreign keys
between working copies hold content ids and nothing needs to be mapped when a version is restored.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from content_api.fields import SlugField


class ContentItem(models.Model):
    """One piece of content for ever: the row to lock, and the target of every reference."""

    content_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, editable=False)
    draft_sha256 = models.CharField(
        max_length=71, blank=True, editable=False, help_text="Of the working copy as last recorded with its editor."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.content_id}"


class WorkingCopy(models.Model):
    """What an editor edits: the abstract model behind every kind of content."""

    KIND: ClassVar[str]

    item = models.OneToOneField(
        ContentItem, primary_key=True, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    slug = SlugField(unique=True, help_text="The last part of the public address. Once public it stays this item's.")
    language = models.CharField(max_length=20, default="en-US", help_text="Of the prose, as a BCP 47 tag.")
    review_interval_days = models.PositiveSmallIntegerField(
        "days until the next review",
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(1095)],
        help_text="How long a review holds. 90 for whatever states a regulatory or recruitment status.",
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(review_interval_days__gte=1, review_interval_days__lte=1095),
                name="%(class)s_is_reviewed_at_least_every_three_years",
            ),
        ]

    def __str__(self) -> str:
        return str(self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; a new one gets its content item first."""
        if self.item_id is None:
            self.item = ContentItem.objects.create(kind=self.KIND)
        super().save(*args, **kwargs)


class Row(models.Model):
    """A child row of a working copy (its foreign key is called `parent`), in an order that editors choose."""

    position = models.PositiveSmallIntegerField(default=0, help_text="Rows are shown in this order.")

    class Meta:
        abstract = True


class KeyedRow(Row):
    """A child row with a name of its own, so that texts can point at it and comparisons can follow it."""

    key = SlugField(max_length=60, help_text="A short name, unique in this item, that never changes: os-itt.")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parent", "key"], name="%(class)s_key_is_unique_in_its_item"),
        ]

    def __str__(self) -> str:
        return str(self.key)


def known(field: str, vocabulary: type[models.TextChoices], *, blank: bool = False) -> models.CheckConstraint:
    """Return the constraint that a column holds a value of its vocabulary (or nothing, if `blank`)."""
    values = [*vocabulary.values, *([""] if blank else [])]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(class)s_{field}_is_of_its_vocabulary"
    )
