"""Mail tells each person what waits for them: all of it once, what is urgent at once, and nothing a second time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from content_api.editorial.actions import submit
from content_api.models import Letter, Told
from content_api.releases.actions import (
    add_version,
    confirm_pull,
    open_release,
    publish_version,
    pull,
    put_in,
    schedule,
)
from content_api.releases.models import Release
from content_api.workplace.letters import send_letters, write_letters
from tests.situations import Desk

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People

NOON = datetime(2026, 6, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _addresses(people: People) -> None:
    for name in ("ann", "carl", "mei", "rui", "pia"):
        person = getattr(people, name)
        person.email = f"{name}@example.org"
        person.save()


def digest(*options: str) -> dict[str, str]:
    """Send what waits, and return what each person was told by it."""
    before = len(mail.outbox)
    call_command("send_digest", *options, stdout=StringIO())
    return {one.to[0].partition("@")[0]: str(one.body) for one in mail.outbox[before:]}


class TestWho:
    def test_reviewers_of_a_required_role_are_told_on_submission(self, shelf: Shelf, people: People) -> None:
        version = submit(item=shelf["target"].item, person=people.ann)

        told = digest()

        assert told.keys() == {"mei"}
        assert "Claudin18.2 waits for your review:\nhttp" in told["mei"]
        assert f"/admin/editorial/version/{version.pk}/change/" in told["mei"]

    def test_its_author_is_told_when_it_is_sent_back(self, shelf: Shelf, people: People) -> None:
        Desk(people).send_back(submit(item=shelf["target"].item, person=people.ann))

        told = digest()

        assert told.keys() == {"ann"}
        assert "Claudin18.2 was sent back to you" in told["ann"]

    def test_publishers_are_told_when_it_can_go_out(self, shelf: Shelf, people: People) -> None:
        shelf.approve(shelf["target"])

        told = digest()

        assert told.keys() == {"pia"}
        assert "is approved, and can go out" in told["pia"]

    def test_nobody_without_an_address_or_an_active_account(self, shelf: Shelf, people: People) -> None:
        people.mei.email = ""
        people.mei.save()
        gone = people.make("gone", "Medical reviewer", email="gone@example.org", is_active=False)
        submit(item=shelf["target"].item, person=people.ann)

        assert digest() == {}
        assert not Told.objects.filter(person=gone).exists()


class TestOnce:
    def test_a_second_run_tells_only_what_is_new(self, shelf: Shelf, people: People) -> None:
        submit(item=shelf["target"].item, person=people.ann)
        digest()
        assert digest() == {}

        submit(item=shelf["source"].item, person=people.ann)

        told = digest()["mei"]
        assert "Notice of approval" in told
        assert "Claudin18.2" not in told

    def test_what_was_settled_before_the_run_is_not_told(self, shelf: Shelf, people: People) -> None:
        shelf.approve(shelf["target"])

        assert "mei" not in digest()

    def test_a_letter_that_the_server_refused_goes_with_the_next_run(
        self, shelf: Shelf, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        submit(item=shelf["target"].item, person=people.ann)
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", _refuse)
            with pytest.raises(CommandError, match="no answer"):
                call_command("send_digest", stdout=StringIO())

        assert digest().keys() == {"mei"}
        assert digest() == {}

    def test_a_crash_while_sending_loses_no_letter_and_keeps_its_id(
        self, shelf: Shelf, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        submit(item=shelf["target"].item, person=people.ann)
        write_letters(now=NOON)
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", _crash)
            with pytest.raises(KeyboardInterrupt):
                send_letters(now=NOON)

        assert send_letters(now=NOON + timedelta(minutes=9)) == (0, []), "somebody may be sending it"
        assert send_letters(now=NOON + timedelta(minutes=11)) == (1, [])
        assert send_letters(now=NOON + timedelta(minutes=30)) == (0, [])
        assert str(Letter.objects.get().key) in mail.outbox[0].extra_headers["Message-ID"]


class TestUrgent:
    def test_only_what_belongs_to_an_urgent_release_goes_at_once(self, shelf: Shelf, people: People) -> None:
        news = open_release(person=people.ann, title="News", urgency="URGENT")
        put_in(release=news, items=[shelf["target"].item], person=people.ann)
        for kind in ("target", "source"):
            submit(item=shelf[kind].item, person=people.ann)

        urgent, later = digest("--urgent"), digest()

        assert "Claudin18.2" in urgent["mei"]
        assert "Notice of approval" not in urgent["mei"]
        assert mail.outbox[0].subject == "Urgent: One thing waits for you"
        assert "Notice of approval" in later["mei"]
        assert "Claudin18.2" not in later["mei"]

    def test_a_pull_goes_at_once_to_whoever_may_confirm_it(self, shelf: Shelf, people: People) -> None:
        publish_version(version=shelf.approve(shelf["target"]), person=people.pia)
        pull(item=shelf["target"].item, person=people.rui, reason="SAFETY", public_note="It is wrong.")

        told = digest("--urgent")

        assert told.keys() == {"mei", "pia"}
        assert "waits for a second person, within 24 hours" in told["pia"]
        confirm_pull(release=Release.objects.get(is_pull=True), person=people.mei)
        assert digest("--urgent") == {}


class TestTheScheduler:
    @pytest.fixture
    def refused(self, shelf: Shelf, people: People) -> Release:
        """Schedule a release whose publisher is one no longer when its time has come."""
        pat = people.make("pat", "Publisher", email="pat@example.org")
        release = open_release(person=people.ann, title="News")
        add_version(release=release, version=shelf.approve(shelf["target"]), person=people.ann)
        schedule(release=release, person=pat, at=NOON + timedelta(hours=1), zone="UTC", now=NOON)
        pat.groups.clear()
        return release

    def test_tells_publishers_at_once_that_a_release_did_not_go_out(self, people: People, refused: Release) -> None:
        told = ran()

        assert told.keys() == {"pia"}
        assert "News was due and did not go out (Only a publisher may do this." in told["pia"]
        assert f"/admin/releases/release/{refused.pk}/change/" in told["pia"]
        assert mail.outbox[0].subject == "Urgent: One thing waits for you"
        assert (ran(), digest("--urgent")) == ({}, {})

    def test_is_quiet_where_nothing_was_due(self, shelf: Shelf, people: People) -> None:
        publish_version(version=shelf.approve(shelf["target"]), person=people.pia)
        pull(item=shelf["target"].item, person=people.rui, reason="SAFETY", public_note="It is wrong.")

        assert ran() == {}

    def test_publishes_whatever_the_mail_server_does(
        self, shelf: Shelf, people: People, refused: Release, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", _refuse)
            err = StringIO()
            call_command("run_scheduler", "--once", stdout=StringIO(), stderr=err)
        refused.refresh_from_db()

        assert refused.state == "OPEN"
        assert "Urgent mail was not sent, and is tried again next time. pia: no answer" in err.getvalue()
        assert digest("--urgent").keys() == {"pia"}

    def test_a_fault_in_a_letter_holds_up_no_release(
        self, refused: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("content_api.workplace.letters._subject", _refuse_to_divide)

        assert ran() == {}
        refused.refresh_from_db()
        assert refused.state == "OPEN"
        assert "Urgent mail could not be written." in caplog.text


def ran() -> dict[str, str]:
    """Let the scheduler look once, and return what each person was told by it."""
    before = len(mail.outbox)
    call_command("run_scheduler", "--once", stdout=StringIO(), stderr=StringIO())
    return {one.to[0].partition("@")[0]: str(one.body) for one in mail.outbox[before:]}


def _refuse(*_args: Any) -> int:
    msg = "no answer"
    raise ConnectionRefusedError(msg)


def _refuse_to_divide(*_args: Any) -> str:
    raise ZeroDivisionError


def _crash(*_args: Any) -> int:
    raise KeyboardInterrupt
