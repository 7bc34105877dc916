"""A release that goes out by itself: scheduled, taken off the schedule, published when its time has come."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from content_api.refusals import Refused
from content_api.releases import policies
from content_api.releases.models import Release, ReleaseState
from content_api.releases.moves import check_next, lock, lock_counter, publish_next, record

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

log = logging.getLogger(__name__)

_BROKEN = "It could not be published because of a fault of the system. Its log says more; schedule it again afterwards."


@dataclass(frozen=True)
class Due:
    """What came of a release whose time had come: its number, or why it was refused."""

    release: Release
    refusal: str = ""


@transaction.atomic
def schedule(
    *, release: Release, person: AbstractBaseUser, at: datetime, zone: str, now: datetime | None = None
) -> Release:
    """Let a release that could go out now go out by itself at a time; `zone` is the one in which it was typed.

    Everything is checked as if it were published now, and once more when it is.
    """
    now = now or timezone.now()
    counter = lock_counter()
    release = lock(release)
    policies.check_can_schedule(release, person, at, zone, now)
    check_next(release, counter, now)
    release.state, release.publish_at, release.publish_zone = ReleaseState.SCHEDULED, at, zone
    release.scheduled_by_id, release.refusal = person.pk, ""
    release.save(update_fields=["state", "publish_at", "publish_zone", "scheduled_by", "refusal"])
    record(release, "schedule", person, now, from_state=ReleaseState.OPEN, at=at.isoformat(), zone=zone)
    return release


@transaction.atomic
def unschedule(*, release: Release, person: AbstractBaseUser, now: datetime | None = None) -> Release:
    """Take a release off the schedule; it is open again."""
    policies.check_is_publisher(person)
    release = lock(release)
    policies.check_is_scheduled(release)
    return _reopen(release, "unschedule", person, now or timezone.now())


def publish_due(*, now: datetime) -> Due | None:
    """Publish the release that has been due for longest, once, however many schedulers ask; None if none is due.

    One that is refused is open again and says why. If the database fails, it stays scheduled and is tried again.
    """
    try:
        return _publish_due(now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # a fault of one release must not hold up the others
        log.exception("A scheduled release could not be published.")
        return _give_back(now, _BROKEN)


@transaction.atomic
def _publish_due(now: datetime) -> Due | None:
    """Publish under the lock of the counter, behind which every publisher queues."""
    counter = lock_counter()
    release = _longest_due(now)
    if release is None:
        return None
    person = User.objects.get(releases_scheduled=release)
    try:
        with transaction.atomic():
            policies.check_is_publisher(person)
            publish_next(release, counter, person, now)
    except Refused as refusal:
        release.refresh_from_db()
        _reopen(release, "refuse", person, now, refusal.message)
        return Due(release, refusal.message)
    return Due(release)


@transaction.atomic
def _give_back(now: datetime, refusal: str) -> Due | None:
    lock_counter()
    release = _longest_due(now)
    if release is None:
        return None
    person = User.objects.get(releases_scheduled=release)
    return Due(_reopen(release, "refuse", person, now, refusal), refusal)


def _longest_due(now: datetime) -> Release | None:
    """Lock and return the release that is due for longest; one that somebody is working on is left for the next time."""
    due = Release.objects.filter(state=ReleaseState.SCHEDULED, publish_at__lte=now)
    skips = connection.features.has_select_for_update_skip_locked
    return due.select_for_update(skip_locked=skips).order_by("publish_at", "pk").first()


def _reopen(release: Release, verb: str, person: AbstractBaseUser, now: datetime, refusal: str = "") -> Release:
    release.state, release.publish_at, release.publish_zone = ReleaseState.OPEN, None, ""
    release.scheduled_by_id, release.refusal = None, refusal
    release.save(update_fields=["state", "publish_at", "publish_zone", "scheduled_by", "refusal"])
    said = {"refusal": refusal} if refusal else {}
    record(release, verb, person, now, from_state=ReleaseState.SCHEDULED, **said)
    return release
