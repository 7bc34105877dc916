"""Every move of a release: one atomic, keyword-only function for each verb."""

from content_api.releases.actions.composing import add_version, add_withdrawal, cancel, open_release, remove, sign_off
from content_api.releases.actions.publishing import confirm_pull, publish, pull

__all__ = [
    "add_version",
    "add_withdrawal",
    "cancel",
    "confirm_pull",
    "open_release",
    "publish",
    "pull",
    "remove",
    "sign_off",
]
