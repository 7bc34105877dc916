"""How an item shows another: by what the other's card says of itself."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.rendering.serializers.fields import TextField

Json = dict[str, Any]


class ReferenceSerializer(serializers.Serializer[Any]):
    """Another item, by what it shows of itself. It serializes a content id, or a card."""

    id = serializers.UUIDField(help_text="The item's content id; it never changes.")
    kind = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(help_text="Path-absolute address in this API.")

    def to_representation(self, instance: Any) -> Json:
        """Return the declared members of the item's card."""
        card = instance if isinstance(instance, dict) else self.context["world"].card(instance)
        return dict(super().to_representation(card))


class SourceSummarySerializer(ReferenceSerializer):
    """A source, with what a reader needs in order to judge it."""

    type = serializers.CharField(help_text="What sort of document it is.")
    type_label = serializers.CharField()
    external_url = TextField(help_text="The document's own address.")
    verification = serializers.CharField(help_text="How far it can be trusted.")
    verification_label = serializers.CharField()
    retracted = serializers.BooleanField(help_text="True once its publisher has taken the document back.")


class CitationSerializer(SourceSummarySerializer):
    """A source, and the place in it that says so. It serializes a citation row: `{source, locator}`."""

    locator = TextField(help_text="Where in the document: Table 2; section 4.1.")

    def to_representation(self, instance: Any) -> Json:
        """Return the source's card with the locator."""
        card = self.context["world"].card(instance["source"])
        return super().to_representation({**card, "locator": instance["locator"]})


class FactSerializer(serializers.Serializer[Any]):
    """A fact that the prose quotes, and what it stands on."""

    ref = serializers.CharField(help_text="What the slot asked for; `data-fact` in the HTML.")
    text = serializers.CharField(help_text="The words, as they stand in the prose.")
    id = serializers.UUIDField(allow_null=True, help_text="The item that it is taken from; null for a set of items.")
    kind = serializers.CharField()
    slug = serializers.CharField(allow_null=True)
    sources = SourceSummarySerializer(many=True)
    verification = serializers.CharField(allow_null=True, help_text="The best of its sources'.")
    verification_label = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(
        allow_null=True, help_text="The version of the item when the fact was filled in (see `facts_as_of`)."
    )
