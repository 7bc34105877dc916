"""Schedulers at the same moment: a release that is due goes out once, whoever asks and however many ask."""

from __future__ import annotations

import itertools
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from content_api.editions.models import PublishedRelease
from content_api.editorial import actions as editorial
from content_api.releases import actions
from content_api.releases.models import Release, ReleaseState
from tests.proofs.amounts import amount, report
from tests.proofs.races import DONE, Race, assert_whole, compete, one_of, verdict
from tests.proofs.sites import in_threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.situations import Desk

_numbers = itertools.count(1)

pytestmark = pytest.mark.django_db(transaction=True)


def scheduled(desk: Desk) -> Release:
    """Return a release that is due."""
    now = timezone.now()
    release = desk.compose(desk.approved(f"text-{next(_numbers)}"))
    at = now - timedelta(seconds=1)
    return actions.schedule(release=release, person=desk.people.pia, at=at, zone="UTC", now=at - timedelta(hours=1))


def look(found: list[actions.Due | None]) -> Callable[[], None]:
    """Return what one scheduler does."""
    now = timezone.now()
    return lambda: found.append(actions.publish_due(now=now))


@pytest.mark.parametrize("schedulers", [2, 5])
def test_a_due_release_goes_out_once(desk: Desk, schedulers: int) -> None:
    rounds = amount(2, 200)
    for _ in range(rounds):
        before, release = PublishedRelease.objects.count(), scheduled(desk)
        found: list[actions.Due | None] = []

        in_threads([look(found) for _ in range(schedulers)])

        release.refresh_from_db()
        assert [one.release.pk for one in found if one] == [release.pk]
        assert (release.state, release.number) == (ReleaseState.PUBLISHED, before + 1)
        assert PublishedRelease.objects.count() == before + 1
    assert_whole()
    report(f"race of {schedulers} schedulers", rounds=rounds)


def test_several_due_releases_go_out_once_each(desk: Desk) -> None:
    due = {scheduled(desk).pk for _ in range(3)}
    found: list[actions.Due | None] = []

    in_threads([look(found) for _ in range(5)])

    assert {one.release.pk for one in found if one} == due
    assert len([one for one in found if one]) == len(due)
    assert_whole()


def test_a_scheduler_and_a_publisher_who_takes_it_off(desk: Desk) -> None:
    def prepare() -> Race:
        release = scheduled(desk)
        now = timezone.now()

        def publish() -> None:
            actions.publish_due(now=now)

        def holds(ending: tuple[str, str]) -> None:
            release.refresh_from_db()
            assert release.state == (ReleaseState.OPEN if ending[1] == DONE else ReleaseState.PUBLISHED)
            if release.state == ReleaseState.OPEN:
                actions.cancel(release=release, person=desk.people.ann)

        unschedule = partial(actions.unschedule, release=release, person=desk.people.pia)
        return Race(publish, unschedule, {(DONE, DONE), (DONE, "not-scheduled")}, holds)

    compete("scheduler/unschedule", prepare)


def test_a_set_into_which_a_version_is_approved_while_it_is_published(desk: Desk) -> None:
    def prepare() -> Race:
        release = actions.open_release(person=desk.people.ann, title="News")
        item = desk.write(f"text-{next(_numbers)}")
        actions.put_in(release=release, items=[item], person=desk.people.ann)
        [version] = actions.submit_set(release=release, person=desk.people.ann, changes={})

        def holds(ending: tuple[str, str]) -> None:
            release.refresh_from_db()
            assert release.state == (ReleaseState.PUBLISHED if ending[1] == DONE else ReleaseState.OPEN)
            assert release.items.count() == (1 if ending[1] == DONE else 0)

        acts = verdict(version, desk.people.mei, "Medical reviewer")
        publish = partial(actions.publish, release=Release.objects.get(pk=release.pk), person=desk.people.pia)
        return Race(acts, publish, {(DONE, DONE), (DONE, "set-not-ready")}, holds)

    compete("approve/publish its set", prepare)


def test_two_sets_and_one_working_copy(desk: Desk) -> None:
    def prepare() -> Race:
        item = desk.write(f"text-{next(_numbers)}")
        sets = [actions.open_release(person=desk.people.ann, title=title) for title in ("First", "Second")]
        acts = [partial(actions.put_in, release=one, items=[item], person=desk.people.ann) for one in sets]

        def holds(_ending: tuple[str, str]) -> None:
            assert sum(one.working_copies.count() for one in sets) == 1

        return Race(acts[0], acts[1], one_of("in-another-set"), holds)

    compete("put in/put in", prepare)


def test_a_submission_of_a_set_and_one_of_its_text(desk: Desk) -> None:
    def prepare() -> Race:
        item = desk.write(f"text-{next(_numbers)}")
        release = actions.open_release(person=desk.people.ann, title="News")
        actions.put_in(release=release, items=[item], person=desk.people.ann)

        def holds(_ending: tuple[str, str]) -> None:
            assert item.versions.count() == 1

        whole = partial(actions.submit_set, release=release, person=desk.people.ann, changes={})
        alone = partial(editorial.submit, item=item, person=desk.people.ann)
        endings = {(DONE, "already-in-review"), ("nothing-to-submit", DONE), ("set-not-submitted", DONE)}
        return Race(whole, alone, endings, holds)

    compete("submit a set/submit", prepare)
