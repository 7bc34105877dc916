"""Where Django looks for the platform's own models."""

from content_api.content_items import ContentItem

__all__ = ["ContentItem"]
