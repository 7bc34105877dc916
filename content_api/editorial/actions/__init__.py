"""Every move of a working copy and its versions: one atomic, keyword-only function for each verb."""

from content_api.editorial.actions.comments import comment
from content_api.editorial.actions.parking import bring_back, park
from content_api.editorial.actions.submissions import recall, submit
from content_api.editorial.actions.verdicts import approve, confirm, request_changes
from content_api.editorial.actions.working_copies import adopt, merge_into_live, record_edit, restore, save_beside

__all__ = [
    "adopt",
    "approve",
    "bring_back",
    "comment",
    "confirm",
    "merge_into_live",
    "park",
    "recall",
    "record_edit",
    "request_changes",
    "restore",
    "save_beside",
    "submit",
]
