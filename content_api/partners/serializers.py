"""The public shapes of a site's own resources."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from content_api.delivery.bodies import MISSING, BodySerializer, WholeNumberField
from content_api.delivery.changes import RELEASE_HASH
from content_api.readers import SiteRole
from content_api.rendering.serializers import EnumField

HIGHEST = 9_999_999_999
NO_HASH = "This is not the hash of a release. It is “sha256:” and 64 digits, as `hash` says."


class AcknowledgementBodySerializer(BodySerializer):
    """The release that a site serves from now on."""

    release = WholeNumberField(
        min_value=1, max_value=HIGHEST, help_text="Its number, as `/changes/` and `/releases/` say it."
    )
    hash = serializers.RegexField(
        RELEASE_HASH,
        trim_whitespace=False,
        help_text="Its `hash`, as they say it.",
        error_messages={**MISSING, "invalid": NO_HASH, "blank": NO_HASH},
    )


class AcknowledgementSerializer(serializers.Serializer[Any]):
    """The release that a site said that it serves."""

    release = serializers.IntegerField()
    hash = serializers.CharField()
    acknowledged_at = serializers.DateTimeField(help_text="Since when it serves it: saying so again moves nothing.")


class PlaceholdersSerializer(serializers.Serializer[Any]):
    """What disclaimers fill in for the site. Null is not known, and worded neutrally."""

    organization_name = serializers.CharField(allow_null=True)
    organization_role = EnumField(SiteRole, allow_null=True)
    disclaimer_url = serializers.CharField(allow_null=True)


class RateLimitSerializer(serializers.Serializer[Any]):
    """What is left of an allowance, this request counted."""

    policy = serializers.CharField(help_text="Its name, as in the header `RateLimit-Policy`.")
    quota = serializers.IntegerField(help_text="Requests in a window.")
    window = serializers.IntegerField(help_text="Seconds.")
    remaining = serializers.IntegerField()
    reset = serializers.IntegerField(help_text="Seconds until the window ends.")


class SiteSerializer(serializers.Serializer[Any]):
    """What this service knows of the site that asks, and how far it is behind."""

    name = serializers.CharField()
    slug = serializers.CharField()
    placeholders = PlaceholdersSerializer()
    profile_version = serializers.CharField(
        help_text="Changes when `placeholders` do: fetch the disclaimers again then."
    )
    rate_limit = RateLimitSerializer(allow_null=True, help_text="Null where nothing is counted.")
    release = serializers.IntegerField(allow_null=True, help_text="The current one; null before the first.")
    acknowledged = AcknowledgementSerializer(allow_null=True, help_text="Null until the site says what it serves.")
    behind = serializers.IntegerField(
        allow_null=True, help_text="How many releases; null until the site says what it serves."
    )
