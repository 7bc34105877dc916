"""Every move of a release: one atomic, keyword-only function for each verb."""

from content_api.releases.actions.composing import add_version, add_withdrawal, cancel, open_release, put_in, remove
from content_api.releases.actions.publishing import confirm_pull, publish, publish_version, pull
from content_api.releases.actions.rebasing import rebase
from content_api.releases.actions.reviewing import review_set, sign_off, submit_set
from content_api.releases.actions.scheduling import Due, publish_due, schedule, unschedule

__all__ = [
    "Due",
    "add_version",
    "add_withdrawal",
    "cancel",
    "confirm_pull",
    "open_release",
    "publish",
    "publish_due",
    "publish_version",
    "pull",
    "put_in",
    "rebase",
    "remove",
    "review_set",
    "schedule",
    "sign_off",
    "submit_set",
    "unschedule",
]
