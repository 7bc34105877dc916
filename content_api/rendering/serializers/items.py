"""What every item carries."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.rendering.serializers.fields import LATER, TextField
from content_api.rendering.serializers.references import CitationSerializer, FactSerializer

Json = dict[str, Any]


class ReviewerSerializer(serializers.Serializer[Any]):
    """Who let the text pass."""

    role = serializers.CharField()
    name = serializers.CharField()
    credentials = TextField()


class ChangeSerializer(serializers.Serializer[Any]):
    """Why this version came after the one before it."""

    type = serializers.CharField(
        help_text="Whether the world changed, or the text was wrong. More values may be added.",
    )
    note = TextField()


class DisclaimerLinkSerializer(serializers.Serializer[Any]):
    """A disclaimer that must be shown with the item."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    mandatory = serializers.BooleanField()


class AttributionSerializer(serializers.Serializer[Any]):
    """The words by which a site says where the text is from."""

    text = serializers.CharField()
    html = serializers.CharField()
    url = serializers.CharField()
    required = serializers.BooleanField()


class LicenseSerializer(serializers.Serializer[Any]):
    """On what terms the text may be shown."""

    id = serializers.CharField()
    url = serializers.CharField()


# Made by the platform when a release is built; a kind's content knows nothing of them.
ENVELOPE = (
    *("id", "kind", "slug", "url", "name"),
    *("version", "checksum", "release", "published_at", "first_published_at"),
    *("last_reviewed", "next_review", "facts_as_of", "reviewed_by", "change"),
    *("facts", "disclaimers", "attribution", "license"),
)
_LAST = ("facts", "sources", "disclaimers", "attribution", "license")


class ItemSerializer(serializers.Serializer[Any]):
    """The public shape of a kind: subclass it and declare the kind's own members.

    The OpenAPI document shows all members. Only those that are not of the ENVELOPE are rendered from content, in
    the declared order; the context holds the `world` that the content is rendered for.
    """

    id = serializers.UUIDField(help_text="The content id; it never changes, and may be used in place of the slug.")
    kind = serializers.CharField()
    slug = serializers.CharField(help_text="May change; the old address then leads to the new one.")
    url = serializers.CharField(help_text="Path-absolute address in this API.")
    name = serializers.CharField()
    version = serializers.IntegerField(help_text="Counts the published versions of this item.")
    checksum = serializers.CharField(help_text="`sha256:` over the RFC 8785 form of this object less this member.")
    release = serializers.IntegerField(help_text="The release in which this very text became public.")
    published_at = serializers.DateTimeField()
    first_published_at = serializers.DateTimeField()
    last_reviewed = serializers.DateField(help_text="The day of the last human verdict on the text as it now reads.")
    next_review = serializers.DateField()
    facts_as_of = serializers.DateField(help_text="The day on which facts from other records were last filled in.")
    reviewed_by = ReviewerSerializer(many=True)
    change = ChangeSerializer(allow_null=True, help_text="Null for the first version.")
    language = serializers.CharField(help_text="Of the prose, as a BCP 47 tag.")
    facts = FactSerializer(
        many=True, required=LATER, help_text="What its prose quotes of other items, in order of first use."
    )
    sources = CitationSerializer(many=True)
    disclaimers = DisclaimerLinkSerializer(many=True)
    attribution = AttributionSerializer()
    license = LicenseSerializer()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the members in the order in which they are delivered: the kind's own stand before the last five."""
        fields = super().get_fields()
        return {name: fields[name] for name in [*(n for n in fields if n not in _LAST), *_LAST]}

    @property
    def _readable_fields(self) -> list[serializers.Field[Any, Any, Any, Any]]:
        return [field for name, field in self.fields.items() if name not in ENVELOPE]
