"""Partner sites, the keys by which they read, and what they say that they serve."""

from __future__ import annotations

from dataclasses import asdict
from typing import ClassVar

from django.db import models

from content_api.canonical_json import sha256
from content_api.content_items import known
from content_api.fields import SlugField
from content_api.partners.fields import OriginListField
from content_api.readers import Reader, SiteRole


class PartnerSite(models.Model):
    """A site that shows our content."""

    slug = SlugField(unique=True)
    name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False, help_text="Made by `make run`; production refuses to start with it.")
    organization_name = models.CharField(
        max_length=200, blank=True, help_text="Who stands behind the site, as disclaimers name it to its visitors."
    )
    organization_role = models.CharField(
        max_length=11,
        choices=SiteRole,
        blank=True,
        help_text="What it does for patients. It decides which clauses of a disclaimer the site gets; until it is said, "
        "the site gets those that are true of every site.",
    )
    disclaimer_url = models.URLField(max_length=300, blank=True, help_text="The site's own page of disclaimers.")
    origins = OriginListField(help_text="Origins from which browsers may read with this site's key.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [known("organization_role", SiteRole, blank=True)]

    def __str__(self) -> str:
        return self.name

    @property
    def reader(self) -> Reader:
        """What the words that depend on a site know of it."""
        return Reader(self.organization_name, self.organization_role, self.disclaimer_url)

    @property
    def profile_version(self) -> str:
        """The hash of what disclaimers fill in for it: it changes when that does, and only then."""
        return sha256(asdict(self.reader))


class ApiKey(models.Model):
    """A site's secret, of which only the SHA-256 is kept."""

    site = models.ForeignKey(PartnerSite, on_delete=models.PROTECT, related_name="keys")
    key_id = models.CharField(max_length=16, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["site", "revoked_at"], name="key_by_site")]

    def __str__(self) -> str:
        return f"cak_{self.key_id}_…"


class Acknowledgement(models.Model):
    """A site's word that it serves a release from now on. Rows are added and never change.

    The release is named by number and hash, and not by reference: that is how the site names it.
    """

    site = models.ForeignKey(PartnerSite, on_delete=models.PROTECT, related_name="acknowledgements")
    release = models.PositiveIntegerField()
    hash = models.CharField(max_length=71)
    acknowledged_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.site} serves release {self.release}"
