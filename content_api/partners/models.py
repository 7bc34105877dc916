"""Partner sites, and the keys by which they read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from content_api.fields import SlugField


class PartnerSite(models.Model):
    """A site that shows our content."""

    slug = SlugField(unique=True)
    name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False, help_text="Made by `make run`; production refuses to start with it.")

    def __str__(self) -> str:
        return self.name


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
