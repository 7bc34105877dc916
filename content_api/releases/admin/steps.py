"""The steps of a release: each is one action, with what its form on the page said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from content_api.editorial import queries
from content_api.editorial.models import Verdict
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.admin.forms import ScheduleForm, changes_of
from content_api.releases.models import Mark
from content_api.releases.sets import Judgment, members_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import QueryDict

    from content_api.releases.models import Release

Step = dict[str, Any]


def _add(release: Release, person: Any, step: Step, _post: QueryDict) -> str:
    if not step["versions"]:
        raise Refused("nothing-chosen", "Tick at least one approved text.")
    with transaction.atomic():  # all that was ticked, or nothing
        for version in step["versions"]:
            actions.add_version(release=release, version=version, person=person)
    return "It is in the release."


def _put_in(release: Release, person: Any, step: Step, _post: QueryDict) -> str:
    if not step["items"]:
        raise Refused("nothing-chosen", "Tick at least one text.")
    put = actions.put_in(release=release, items=list(step["items"]), person=person)
    return f"{len(put)} in the release. Edit what changes, then submit all of it together."


def _remove(release: Release, person: Any, step: Step, _post: QueryDict) -> str:
    if not step["item"]:
        raise Refused("nothing-chosen", "Choose what to take out, on the page of the release.")
    actions.remove(release=release, item=step["item"], person=person)
    return "It is out of the release, and otherwise as it was."


def _submit(release: Release, person: Any, step: Step, post: QueryDict) -> str:
    later = [one.row.item for one in members_of(release) if one.is_to_submit and not queries.is_first(one.row.item)]
    shared = step["change_type"], step["change_note"]
    changes = changes_of(post, [str(one.pk) for one in later], shared)
    sent = actions.submit_set(release=release, person=person, changes=changes)
    return f"{len(sent)} in review. The release waits for its reviewers."


def _review(release: Release, person: Any, step: Step, post: QueryDict) -> str:
    judged = actions.review_set(
        release=release,
        person=person,
        role=step["role"],
        judgments=_judgments(post),
        marks={name.removeprefix("mark-"): str(mark) for name, mark in post.items() if name.startswith("mark-")},
        impact_sha256=step["impact_sha256"],
        comment=step["comment"],
    )
    rewritten = Mark.NEEDS_REWRITING in judged.marks.values()
    return "Your verdict is recorded." + (" What needs rewriting is in the release now." if rewritten else "")


def _judgments(post: QueryDict) -> dict[str, Judgment]:
    """Return the verdict on each version for which one was chosen."""
    chosen = {name.removeprefix("verdict-"): verdict for name, verdict in post.items() if name.startswith("verdict-")}
    return {
        one: Judgment(
            verdict=str(verdict),
            content_sha256=post.get(f"content-{one}", ""),
            substance_sha256=post.get(f"substance-{one}", ""),
            comment=post.get(f"comment-{one}", ""),
        )
        for one, verdict in chosen.items()
        if verdict in Verdict.values
    }


def _sign_off(release: Release, person: Any, step: Step, _post: QueryDict) -> str:
    actions.sign_off(release=release, person=person, role=step["role"], impact_sha256=step["impact_sha256"])
    return "You signed off what will read differently."


def _rebase(release: Release, person: Any, step: Step, _post: QueryDict) -> str:
    if not step["item"]:
        raise Refused("nothing-chosen", "Choose what to write anew, on the page of the release.")
    both = actions.rebase(release=release, item=step["item"], person=person)
    told = "Its working copy now holds what is live, with this version's changes on top. Read it, and submit it again."
    kept = f" Where both changed, what is live was kept: {', '.join(both)}." if both else ""
    return told + kept


def _schedule(release: Release, person: Any, _step: Step, post: QueryDict) -> str:
    form = ScheduleForm(post)
    if not form.is_valid():
        raise Refused("form-incomplete", "Give a day, a time and a time zone.")
    at, zone = form.at(), form.cleaned_data["zone"]
    actions.schedule(release=release, person=person, at=at, zone=zone)
    return f"It goes out by itself on {at:%d %B %Y at %H:%M} UTC, if all of it still holds then."


def _unschedule(release: Release, person: Any, _step: Step, _post: QueryDict) -> str:
    actions.unschedule(release=release, person=person)
    return "It is off the schedule, and open again."


def _publish(release: Release, person: Any, _step: Step, _post: QueryDict) -> str:
    return f"Release {actions.publish(release=release, person=person).number} is out."


def _cancel(release: Release, person: Any, _step: Step, _post: QueryDict) -> str:
    actions.cancel(release=release, person=person)
    return "The release is cancelled. Its texts stay as they are."


def _confirm_pull(release: Release, person: Any, _step: Step, _post: QueryDict) -> str:
    actions.confirm_pull(release=release, person=person)
    return "The pull is confirmed."


STEPS: dict[str, Callable[[Release, Any, Step, QueryDict], str]] = {
    "add": _add,
    "put-in": _put_in,
    "remove": _remove,
    "submit": _submit,
    "review": _review,
    "sign_off": _sign_off,
    "rebase": _rebase,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "publish": _publish,
    "cancel": _cancel,
    "confirm_pull": _confirm_pull,
}
