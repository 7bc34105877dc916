"""What the public shapes of every kind are made of: DRF serializers, run once when a release is built.

They are also the types of the OpenAPI document, so that what is promised and what is delivered cannot drift.
"""

from content_api.rendering.serializers.fields import (
    LATER,
    EnumField,
    EnumListField,
    HtmlField,
    LabelField,
    LabelListField,
    MarkdownField,
    TextField,
)
from content_api.rendering.serializers.items import ENVELOPE, ItemSerializer
from content_api.rendering.serializers.references import (
    CitationSerializer,
    FactSerializer,
    ReferenceSerializer,
    SourceSummarySerializer,
)

__all__ = [
    "ENVELOPE",
    "LATER",
    "CitationSerializer",
    "EnumField",
    "EnumListField",
    "FactSerializer",
    "HtmlField",
    "ItemSerializer",
    "LabelField",
    "LabelListField",
    "MarkdownField",
    "ReferenceSerializer",
    "SourceSummarySerializer",
    "TextField",
]
