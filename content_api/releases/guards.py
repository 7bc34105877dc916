"""What the database refuses about releases: only approved versions go out, and a signed impact is signed by others."""

from content_api.editions.models import Edition
from content_api.editorial.guards import legal_moves
from content_api.editorial.models import Version
from content_api.guards import Guard, frozen, guard, kept, refuse
from content_api.releases.models import (
    TRANSITIONS,
    PullConfirmation,
    Release,
    ReleaseComposer,
    ReleaseCounter,
    ReleaseItem,
    ReleaseWithdrawal,
    ReleaseWorkingCopy,
    SetVerdict,
    SignOff,
)

_STATE = "(SELECT r.state FROM releases_release r WHERE r.id = {}.release_id)"


def register() -> None:
    """Add this room's guards to the registry."""
    records = (ReleaseComposer, SignOff, SetVerdict, PullConfirmation)
    guard(
        *(one for model in records for one in frozen(model)),
        *kept(Release),
        *kept(ReleaseCounter),
        *_closed(),
        *_judged_while_open(),
        *_moves(),
        *_scheduled(),
        *_approved(),
        *_by_others(),
    )


def _closed() -> list[Guard]:
    guards = []
    for model in (ReleaseItem, ReleaseWithdrawal, ReleaseWorkingCopy):
        name = model._meta.model_name
        text = "only an open release can be composed"
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            when = f"{_STATE.format(row)} IS DISTINCT FROM 'OPEN'"
            guards.append(refuse(f"{name}_of_an_open_release_{event.lower()}", model, event, when, text))  # type: ignore[arg-type]
        guards.append(frozen(model)[0])
        guards += [one for one in kept(model) if one.event in {"TRUNCATE", "INSERT"}]
    return guards


def _judged_while_open() -> list[Guard]:
    text = "only an open release is composed and judged"
    closed = f"{_STATE.format('NEW')} IS DISTINCT FROM 'OPEN'"
    return [
        refuse(f"{model._meta.model_name}_of_an_open_release", model, "INSERT", closed, text)
        for model in (ReleaseComposer, SignOff, SetVerdict)
    ]


def _moves() -> list[Guard]:
    return [
        refuse(
            "release_moves_along_its_table",
            Release,
            "UPDATE",
            f"NOT ({legal_moves(TRANSITIONS)}) OR OLD.state NOT IN ('OPEN', 'SCHEDULED')",
            "a release that is published or cancelled never changes",
        ),
        refuse(
            "release_is_published_with_its_number",
            Release,
            "UPDATE",
            "NEW.state = 'PUBLISHED' AND NEW.number IS DISTINCT FROM "
            "(SELECT MAX(number) FROM editions_publishedrelease)",
            "a release has the number under which it went out",
        ),
        refuse(
            "release_counter_rises_by_one",
            ReleaseCounter,
            "UPDATE",
            "NEW.number IS DISTINCT FROM OLD.number + 1 OR "
            "NEW.number IS DISTINCT FROM (SELECT MAX(number) FROM editions_publishedrelease)",
            "the release counter follows the releases",
        ),
    ]


def _scheduled() -> list[Guard]:
    waits = "EXISTS (SELECT 1 FROM releases_releaseworkingcopy w WHERE w.release_id = NEW.id)"
    return [
        refuse(
            "release_goes_out_when_nothing_in_it_waits",
            Release,
            "UPDATE",
            f"NEW.state IN ('SCHEDULED', 'PUBLISHED') AND {waits}",
            "a release goes out when every text in it is approved",
        ),
        refuse(
            "scheduled_release_stays_as_it_is",
            Release,
            "UPDATE",
            "OLD.state = 'SCHEDULED' AND NEW.state = 'SCHEDULED'",
            "a scheduled release is taken off the schedule before it changes",
        ),
        refuse(
            "scheduled_release_waits_for_its_time",
            Release,
            "UPDATE",
            "OLD.state = 'SCHEDULED' AND NEW.state = 'PUBLISHED' AND (NEW.published_at < OLD.publish_at OR "
            "NEW.publish_at IS DISTINCT FROM OLD.publish_at)",
            "a scheduled release never goes out before its time",
        ),
        refuse(
            "working_copy_is_in_one_release",
            ReleaseWorkingCopy,
            "INSERT",
            "EXISTS (SELECT 1 FROM releases_releaseworkingcopy w JOIN releases_release r ON r.id = w.release_id "
            "WHERE w.item_id = NEW.item_id AND w.release_id <> NEW.release_id AND r.state IN ('OPEN', 'SCHEDULED'))",
            "a working copy is in one release at a time",
        ),
    ]


def _approved() -> list[Guard]:
    return [
        refuse(
            "releaseitem_is_an_approved_version",
            ReleaseItem,
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM editorial_version v WHERE v.id = NEW.version_id "
            "AND v.item_id = NEW.item_id AND v.state = 'APPROVED')",
            "a release takes approved versions only",
        ),
        refuse(
            "edition_is_of_an_approved_version",
            Edition,
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM editorial_version v WHERE v.id = NEW.version_id "
            "AND v.item_id = NEW.content_id AND v.state = 'APPROVED' AND v.content_sha256 = NEW.content_sha256)",
            "nothing unapproved is ever public",
        ),
        refuse(
            "version_that_is_out_is_not_recalled",
            Version,
            "UPDATE",
            "OLD.state = 'APPROVED' AND NEW.state <> 'APPROVED' AND EXISTS (SELECT 1 FROM releases_releaseitem i "
            "JOIN releases_release r ON r.id = i.release_id WHERE i.version_id = OLD.id AND r.state = 'PUBLISHED')",
            "a version that went out stays approved",
        ),
    ]


def _by_others() -> list[Guard]:
    return [
        refuse(
            "signoff_is_not_by_who_made_the_release",
            SignOff,
            "INSERT",
            "EXISTS (SELECT 1 FROM releases_releasecomposer c "
            "WHERE c.release_id = NEW.release_id AND c.person_id = NEW.person_id) OR "
            "EXISTS (SELECT 1 FROM releases_releaseitem i JOIN editorial_versioncontributor w "
            "ON w.version_id = i.version_id WHERE i.release_id = NEW.release_id AND w.person_id = NEW.person_id) OR "
            "EXISTS (SELECT 1 FROM releases_releaseworkingcopy i JOIN editorial_version v "
            "ON v.item_id = i.item_id AND v.number > i.after AND v.state IN ('IN_REVIEW', 'APPROVED') "
            "JOIN editorial_versioncontributor w ON w.version_id = v.id "
            "WHERE i.release_id = NEW.release_id AND w.person_id = NEW.person_id)",
            "an impact is signed off by somebody who made nothing of the release",
        ),
        refuse(
            "pull_is_confirmed_by_another_person",
            PullConfirmation,
            "INSERT",
            "EXISTS (SELECT 1 FROM releases_releasecomposer c "
            "WHERE c.release_id = NEW.release_id AND c.person_id = NEW.person_id)",
            "a pull is confirmed by a second person",
        ),
    ]
