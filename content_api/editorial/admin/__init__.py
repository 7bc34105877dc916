"""The editorial room in the Django admin: working copies, submission, versions and their review, the audit trail."""

from content_api.editorial.admin.shown import shown
from content_api.editorial.admin.transitions import TransitionAdmin
from content_api.editorial.admin.versions import VersionAdmin
from content_api.editorial.admin.working_copies import RowPageAdmin, WorkingCopyAdmin

__all__ = ["RowPageAdmin", "TransitionAdmin", "VersionAdmin", "WorkingCopyAdmin", "shown"]
