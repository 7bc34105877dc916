"""Releases in the admin: the page of a change set, and the pages that put texts in and take items down."""

from content_api.releases.admin.releases import ReleaseAdmin

__all__ = ["ReleaseAdmin"]
