"""Editions and what goes with them. Nothing here has a foreign key out of this app.

Rows of a release are written before its PublishedRelease row, which seals them: a guard refuses any row of a
release that is not the next one, and every later change but the closing of an edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from content_api.editions.searching import SearchWord  # noqa: F401 - Django looks for models here
from content_api.fields import UUID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection


class Cause(models.TextChoices):
    """Why an edition was opened."""

    VERSION = "VERSION", "A new version"
    RERENDER = "RERENDER", "Something it refers to changed"
    CONFIRM = "CONFIRM", "Confirmed to be still true"


class ReferenceRole(models.TextChoices):
    """What an edition uses another item for."""

    REFERENCE = "REFERENCE", "Names it"
    FACT = "FACT", "Quotes a fact of it in prose"
    EMBED = "EMBED", "Shows it as a member of a set"
    DISCLAIMER = "DISCLAIMER", "Carries it"
    SET = "SET", "Follows a set"


class WithdrawalReason(models.TextChoices):
    """Why an item was taken down."""

    CORRECTION = "CORRECTION", "Correction"
    SAFETY = "SAFETY", "Safety"
    OUTDATED = "OUTDATED", "Outdated"
    LEGAL = "LEGAL", "Legal"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR", "Entered in error"


class PartnerAction(models.TextChoices):
    """What sites must do about a withdrawal."""

    REMOVE = "REMOVE", "Remove it"
    REPLACE = "REPLACE", "Replace it"
    REFRESH = "REFRESH", "Fetch it again"


class Urgency(models.TextChoices):
    """How soon sites should follow a release."""

    ROUTINE = "ROUTINE", "Routine"
    URGENT = "URGENT", "Urgent"


class PublishedRelease(models.Model):
    """A release that is out. Its row is written last, and seals it."""

    number = models.PositiveIntegerField(primary_key=True)
    title = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    act_by = models.DateTimeField(null=True)
    published_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=71, null=True, unique=True)  # noqa: DJ001 - the first has none
    hash = models.CharField(max_length=71, unique=True)
    item_count = models.PositiveIntegerField(help_text="Items live in this release.")
    published = models.JSONField(help_text="[{id, kind, slug, version, cause}] of the editions opened.")
    withdrawn = models.JSONField(help_text="[{id, kind, slug}] of the items taken down.")

    def __str__(self) -> str:
        return f"Release {self.number}: {self.title}"


class PublishedContent(models.Model):
    """The approved content behind editions, once for each hash. Rendering reads it; delivery never does."""

    sha256 = models.CharField(max_length=71, primary_key=True)
    kind = models.CharField(max_length=40)
    schema_version = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="RFC 8785.")

    def __str__(self) -> str:
        return self.sha256


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions to editions; `release` is always a number."""

    def live_in(self, release: int) -> Self:
        """Keep what was out in a release; the upper bound is exclusive, and null while it is still out."""
        return self.filter(Q(until_release__isnull=True) | Q(until_release__gt=release), from_release__lte=release)

    def readable(self) -> Self:
        """Keep what no pull has redacted."""
        return self.filter(~Exists(Redaction.objects.filter(edition=OuterRef("pk"))))

    def having(self, facet: str, values: list[str]) -> Self:
        """Keep what has any of these values of a facet."""
        return self.filter(Exists(Facet.objects.filter(edition=OuterRef("pk"), name=facet, value__in=values)))

    def having_or_open(self, facet: str, values: Collection[str]) -> Self:
        """Keep what has any of these values of a facet, or says nothing about it and so holds for all."""
        said = Facet.objects.filter(edition=OuterRef("pk"), name=facet)
        return self.filter(Q(Exists(said.filter(value__in=values))) | ~Q(Exists(said)))

    def having_between(self, facet: str, lookup: str, value: str) -> Self:
        """Keep what has a value of a facet on one side (`gte`, `lte`) of this one; days compare as text."""
        found = Facet.objects.filter(edition=OuterRef("pk"), name=facet, **{f"value__{lookup}": value})
        return self.filter(Exists(found))

    def at(self, addresses: Collection[str]) -> Self:
        """Keep what has any of these slugs or content ids."""
        ids = [one for one in addresses if UUID_PATTERN.match(one)]
        return self.filter(Q(slug__in=[one for one in addresses if one not in ids]) | Q(content_id__in=ids))


class Edition(models.Model):
    """One version as the public reads it, live from a release until another. Only `until_release` is ever set."""

    content_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=500)
    version = models.PositiveIntegerField(help_text="Counts the published versions of the item.")
    version_id = models.UUIDField(help_text="The approved version that it renders.")
    content_sha256 = models.CharField(max_length=71)
    cause = models.CharField(max_length=10, choices=Cause)
    renderer = models.PositiveSmallIntegerField()
    from_release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="opened")
    until_release = models.ForeignKey(PublishedRelease, null=True, on_delete=models.PROTECT, related_name="closed")
    published_at = models.DateTimeField()
    last_reviewed = models.DateField(null=True, help_text="Null where it stands in the body alone: of older rows.")
    next_review = models.DateField()
    checksum = models.CharField(max_length=71)
    substance_sha256 = models.CharField(max_length=71)
    card = models.TextField(help_text="JSON: what others may show of it.")
    facts = models.TextField(blank=True, default="", help_text="JSON: what prose may quote of it; empty if nothing.")
    body = models.TextField(help_text="The JSON that is delivered, byte for byte.")

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content_id"], condition=Q(until_release=None), name="an_item_has_one_live_edition"
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=Q(until_release=None), name="a_live_slug_is_unique_in_its_kind"
            ),
            models.UniqueConstraint(fields=["content_id", "from_release"], name="an_item_has_one_edition_of_a_release"),
            models.CheckConstraint(
                condition=Q(until_release=None) | Q(until_release__gt=F("from_release")),
                name="an_edition_ends_after_it_began",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "slug"], name="edition_by_slug"),
            models.Index(fields=["kind", "from_release", "until_release"], name="edition_by_release"),
            # Answers by itself which versions came since a day, so that no row is read: they are as wide as their bodies.
            models.Index(
                fields=["cause", "from_release", "published_at", "kind", "content_id"], name="edition_by_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}, release {self.from_release_id}"


class Facet(models.Model):
    """One thing that an edition can be found by."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="facets")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "name", "value"], name="an_edition_has_a_facet_value_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name", "value"], name="facet_by_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class EditionReference(models.Model):
    """Something that an edition uses: an item, or (role SET) a set that it follows."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="references")
    role = models.CharField(max_length=10, choices=ReferenceRole)
    target = models.UUIDField(null=True, help_text="The content id; of a SET, null.")
    cascades = models.BooleanField(default=False, help_text="The text goes too when its target is withdrawn.")
    shown = models.BooleanField(default=True, help_text="False where the target was not live and was left out.")
    set_shape = models.CharField(max_length=200, blank=True)
    set_key = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(role="SET", target=None) & ~Q(set_key="")) | (~Q(role="SET") & Q(set_key="")),
                name="a_reference_is_to_an_item_or_to_a_set",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["target"], name="reference_by_target"),
            models.Index(fields=["set_key"], name="reference_by_set"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.target or self.set_key}"


class Tombstone(models.Model):
    """An item was taken down in a release; the address says so unless a later edition is live."""

    content_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=100)
    release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="tombstones")
    withdrawn_at = models.DateTimeField()
    reason = models.CharField(max_length=16, choices=WithdrawalReason)
    public_note = models.TextField()
    partner_action = models.CharField(max_length=10, choices=PartnerAction, blank=True)
    act_by = models.DateTimeField(null=True)
    replaced_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_id", "release"], name="an_item_is_taken_down_once_in_a_release"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} withdrawn in release {self.release_id}"


class Redaction(models.Model):
    """An earlier edition that a pull took out of pinned reads too."""

    edition = models.OneToOneField(Edition, primary_key=True, on_delete=models.PROTECT)
    release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="redactions")
    tombstone = models.ForeignKey(Tombstone, on_delete=models.PROTECT, help_text="Of the item that was pulled.")

    def __str__(self) -> str:
        return f"{self.edition} redacted in release {self.release_id}"


class OpenPullQuerySet(models.QuerySet["OpenPull"]):
    """Questions to pulls; `release` is always a number."""

    def open_in(self, release: int) -> Self:
        """Keep the pulls that waited for their second person in a release."""
        return self.filter(Q(until_release__isnull=True) | Q(until_release__gt=release), from_release__lte=release)


class OpenPull(models.Model):
    """A pull that waits for its second person: meanwhile a status that stood on the item is not known."""

    tombstone = models.OneToOneField(Tombstone, primary_key=True, on_delete=models.PROTECT)
    content_id = models.UUIDField()
    card = models.TextField(help_text="JSON: what it showed of itself.")
    facets = models.JSONField(help_text="What it could be found by.")
    from_release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="+")
    until_release = models.ForeignKey(PublishedRelease, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OpenPullQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.tombstone}, to be confirmed"


class PublicSlug(models.Model):
    """An address that was public once: it belongs to its item for ever."""

    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=100)
    content_id = models.UUIDField()
    since_release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="slugs")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "slug"], name="a_public_slug_belongs_to_one_item_for_ever"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
