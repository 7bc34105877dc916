"""A release that goes out by itself: not before its time, checked again when it is due, and once."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from content_api.editions.models import PublishedRelease
from content_api.editorial.models import Transition
from content_api.management.commands import run_scheduler
from content_api.refusals import Refused
from content_api.releases import actions, clock
from content_api.releases.actions import scheduling
from content_api.releases.integrity import problems
from content_api.releases.models import Release, ReleaseState
from content_api.releases.recorded_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.situations import Desk

NOW = datetime(2026, 6, 22, 8, tzinfo=UTC)
DUE = NOW + timedelta(hours=1)


def refusal(act: Callable[..., Any], **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.code


@pytest.fixture
def scheduled(desk: Desk) -> Release:
    release = desk.compose(desk.approved("one"))
    return actions.schedule(release=release, person=desk.people.pia, at=DUE, zone="Asia/Shanghai", now=NOW)


class TestSchedule:
    def test_goes_out_when_its_time_has_come_and_not_before(self, scheduled: Release) -> None:
        assert actions.publish_due(now=DUE - timedelta(microseconds=1)) is None
        due = actions.publish_due(now=DUE)
        assert due
        assert (due.release.pk, due.release.number, due.refusal) == (scheduled.pk, 1, "")
        assert actions.publish_due(now=DUE) is None
        assert PublishedRelease.objects.get().published_at == DUE
        assert list(problems()) == []

    def test_is_for_a_publisher_and_a_time_to_come_in_a_zone(self, desk: Desk) -> None:
        release = desk.compose(desk.approved("one"))
        given: dict[str, Any] = {"release": release, "person": desk.people.pia, "at": DUE, "zone": "UTC", "now": NOW}
        assert refusal(actions.schedule, **{**given, "person": desk.people.ann}) == "not-a-publisher"
        for passed in (NOW, NOW - timedelta(seconds=1)):
            assert refusal(actions.schedule, **{**given, "at": passed}) == "time-passed"
        assert refusal(actions.schedule, **{**given, "zone": "Mars/Olympus"}) == "unknown-zone"
        assert actions.schedule(**given).state == ReleaseState.SCHEDULED
        assert refusal(actions.schedule, **given) == "scheduled"

    def test_checks_all_that_publishing_checks(self, desk: Desk) -> None:
        desk.publish(base := desk.approved("base"))
        release = desk.compose(desk.approved("new", stands_on=base.item))
        given: dict[str, Any] = {"release": release, "person": desk.people.pia, "at": DUE, "zone": "UTC", "now": NOW}
        assert refusal(actions.schedule, **given) == "impact-not-signed-off"
        release.refresh_from_db()
        assert release.state == ReleaseState.OPEN
        desk.sign(release)
        assert actions.schedule(**given).state == ReleaseState.SCHEDULED

    def test_keeps_the_release_as_it_is(self, desk: Desk, scheduled: Release) -> None:
        item, pia = desk.write("two"), desk.people.pia
        assert refusal(actions.put_in, release=scheduled, items=[item], person=desk.people.ann) == "scheduled"
        assert refusal(actions.remove, release=scheduled, item=item, person=desk.people.ann) == "scheduled"
        assert refusal(actions.publish, release=scheduled, person=pia) == "scheduled"
        assert refusal(actions.unschedule, release=scheduled, person=desk.people.ann) == "not-a-publisher"
        opened = actions.unschedule(release=scheduled, person=pia)
        assert (opened.state, opened.publish_at) == (ReleaseState.OPEN, None)
        assert refusal(actions.unschedule, release=scheduled, person=pia) == "not-scheduled"
        assert actions.publish(release=scheduled, person=pia).number == 1

    def test_is_cancelled_and_never_goes_out(self, desk: Desk, scheduled: Release) -> None:
        actions.cancel(release=scheduled, person=desk.people.ann)
        assert actions.publish_due(now=DUE) is None
        assert list(problems()) == []

    def test_the_one_that_waited_longest_goes_first(self, desk: Desk, scheduled: Release) -> None:
        later = desk.compose(desk.approved("two"))
        actions.schedule(release=later, person=desk.people.pia, at=DUE - timedelta(minutes=1), zone="UTC", now=NOW)
        numbers = [due.release.pk for due in iter(lambda: actions.publish_due(now=DUE), None)]
        assert numbers == [later.pk, scheduled.pk]


class TestRefusal:
    def test_what_is_no_longer_so_is_told_and_the_release_is_open_again(self, desk: Desk, scheduled: Release) -> None:
        desk.publish(desk.approved("one", title="Newer"))
        due = actions.publish_due(now=DUE)
        scheduled.refresh_from_db()
        assert due
        assert "is live and newer than submission" in due.refusal
        assert (scheduled.state, scheduled.refusal, scheduled.publish_at) == (ReleaseState.OPEN, due.refusal, None)
        assert Transition.objects.latest("seq").details["refusal"] == due.refusal
        assert actions.publish_due(now=DUE) is None
        assert list(problems()) == []

    def test_a_publisher_who_is_one_no_longer_publishes_nothing(self, desk: Desk, scheduled: Release) -> None:
        desk.people.pia.groups.clear()
        due = actions.publish_due(now=DUE)
        assert due
        assert "Only a publisher" in due.refusal
        assert not PublishedRelease.objects.exists()

    def test_a_fault_of_one_release_does_not_hold_up_the_others(
        self, desk: Desk, scheduled: Release, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*_: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(scheduling, "publish_next", break_down)
            due = actions.publish_due(now=DUE)
        assert due
        assert "fault of the system" in due.refusal
        assert actions.publish_due(now=DUE) is None

    def test_a_fault_leaves_a_release_alone_that_was_taken_off_the_schedule_meanwhile(
        self, desk: Desk, scheduled: Release, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*_: object) -> None:
            raise ZeroDivisionError

        def unschedule(_: str) -> None:
            actions.unschedule(release=scheduled, person=desk.people.pia)

        monkeypatch.setattr(scheduling, "publish_next", break_down)
        monkeypatch.setattr(scheduling.log, "exception", unschedule)
        assert actions.publish_due(now=DUE) is None
        scheduled.refresh_from_db()
        assert (scheduled.state, scheduled.refusal) == (ReleaseState.OPEN, "")

    def test_a_database_that_is_away_changes_nothing(
        self, desk: Desk, scheduled: Release, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*_: object) -> None:
            raise OperationalError

        with monkeypatch.context() as patch:
            patch.setattr(scheduling, "publish_next", break_down)
            with pytest.raises(OperationalError):
                actions.publish_due(now=DUE)
        due = actions.publish_due(now=DUE)
        assert due
        assert due.release.number == 1


class TestClock:
    def test_a_clock_that_jumps_back_publishes_nothing_twice(self, scheduled: Release) -> None:
        actions.publish_due(now=DUE)
        assert actions.publish_due(now=DUE - timedelta(hours=1)) is None
        assert actions.publish_due(now=DUE + timedelta(hours=1)) is None
        assert PublishedRelease.objects.count() == 1

    def test_is_that_of_the_database(self) -> None:
        assert abs(clock.database_time() - datetime.now(UTC)) < timedelta(minutes=1)

    test_is_that_of_the_database = pytest.mark.django_db(test_is_that_of_the_database)


class _EndsTheProcess(StringIO):
    """Output that sends SIGTERM as soon as something is said, as a supervisor would."""

    def write(self, text: str) -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return super().write(text)


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the signals back that the scheduler takes over, and end it if it does not end; it keeps the connection of the test."""
    monkeypatch.setattr(run_scheduler, "close_old_connections", lambda: None)
    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    timer = threading.Timer(60, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    yield
    timer.cancel()
    for one, handler in kept.items():
        signal.signal(one, handler)


class TestCommand:
    def run(self, *options: str) -> tuple[str, str]:
        out, err = StringIO(), StringIO()
        call_command("run_scheduler", *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    def test_publishes_what_is_due_and_says_what_it_did(self, desk: Desk) -> None:
        soon = clock.database_time() + timedelta(seconds=0.2)
        good, bad, later = (desk.compose(desk.approved(one), title=one.title()) for one in ("good", "bad", "later"))
        for release, at in ((good, soon), (bad, soon), (later, soon + timedelta(hours=1))):
            actions.schedule(
                release=release, person=desk.people.pia, at=at, zone="UTC", now=soon - timedelta(seconds=1)
            )
        desk.publish(desk.approved("bad", title="Newer"))
        while clock.database_time() < soon:
            pass
        out, err = self.run("--once")
        assert "Release 2 is out: Good" in out
        assert "“Bad” was due and is open again." in err
        later.refresh_from_db()
        assert later.state == ReleaseState.SCHEDULED

    def test_looks_again_and_again_until_it_is_told_to_end(
        self, scheduled: Release, monkeypatch: pytest.MonkeyPatch, handlers: None
    ) -> None:
        times = iter([DUE - timedelta(minutes=1), DUE])
        monkeypatch.setattr(run_scheduler, "database_time", lambda: next(times, DUE))
        out = _EndsTheProcess()
        call_command("run_scheduler", "--every", "0.01", stdout=out)
        scheduled.refresh_from_db()
        assert "Release 1 is out" in out.getvalue()
        assert (scheduled.state, next(times, None)) == (ReleaseState.PUBLISHED, None)

    def test_a_database_that_is_away_is_asked_again(self, monkeypatch: pytest.MonkeyPatch, handlers: None) -> None:
        err, answers = StringIO(), iter([OperationalError("No answer."), None])

        def answer(**_: object) -> None:
            error = next(answers, None)
            if error:
                raise error
            os.kill(os.getpid(), signal.SIGTERM)

        monkeypatch.setattr(run_scheduler, "publish_due", answer)
        call_command("run_scheduler", "--every", "0.01", stderr=err)
        assert "what is due stays scheduled. No answer." in err.getvalue()

    test_a_database_that_is_away_is_asked_again = pytest.mark.django_db(test_a_database_that_is_away_is_asked_again)

    def test_of_nothing_says_nothing(self, db: None) -> None:
        assert self.run("--once") == ("", "")


def test_a_scheduled_release_is_not_yet_sealed(scheduled: Release) -> None:
    assert rows_of(scheduled) == []
