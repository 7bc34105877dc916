"""A site that loses, doubles and reorders answers, and restores its backups, ends with the latest release.

So it does when the server restores a backup of its own, and gives the numbers of lost releases to others.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from content_api import kinds
from content_api.content_items import ContentItem
from content_api.editions.models import Edition
from content_api.editions.queries import current_number
from content_api.partners.actions import create_site, issue_key
from content_api.releases import actions as releases
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.proofs.amounts import IS_FULL, amount, report
from tests.proofs.replicas import Site, exported
from tests.situations import Desk
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    import pytest

SLUGS = ["amber", "basalt", "chalk", "flint"]
Answer = tuple[str, int, dict[str, Any]]

some = st.integers(0, 99)


class Following(RuleBasedStateMachine):
    """A server that publishes, a site that follows it, and a network between them that does what it likes."""

    desk: ClassVar[Desk]
    reader: ClassVar[Reader]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.site, self.copies, self.backups = Site(), list[Site](), list[str]()
        self.mailbox: list[Answer] = []
        self.texts = 0

    def teardown(self) -> None:
        """Let the network be good for once: the site ends with the latest release."""
        try:
            self.mailbox.clear()
            self.settle()
            assert self.site.release == current_number()
            assert self.site.items == exported(self.reader, self.site.release)
            self.done.update({"sites": 1, "restarts": self.site.restarts})
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        """Begin with two items that are out."""
        self.publish(0, 1)
        self.publish(1, 0)

    # the server

    @rule(which=some, cited=some)
    def publish(self, which: int, cited: int) -> None:
        self.texts += 1
        live = self.live()
        cites = [live[cited % len(live)]] if live else []
        version = self.desk.approved(SLUGS[which % len(SLUGS)], title=f"Text {self.texts}", cites=cites)
        self.desk.publish(version)

    @rule(which=some)
    def withdraw(self, which: int) -> None:
        live = self.live()
        if live and which % 2:
            self.desk.withdraw(live[which % len(live)])

    @rule(which=some)
    def pull(self, which: int) -> None:
        live = self.live()
        if live and which % 3 == 0:
            item = live[which % len(live)]
            releases.pull(item=item, person=self.desk.people.pia, reason="SAFETY", public_note="It was wrong.")

    @rule()
    def back_up(self) -> None:
        self.backups.append(transaction.savepoint())

    @rule(which=some)
    def restore(self, which: int) -> None:
        """Go back to a backup; what was backed up after it is lost too."""
        if self.backups:
            del self.backups[which % len(self.backups) + 1 :]
            transaction.savepoint_rollback(self.backups[-1])
            self.done["restored servers"] += 1

    @rule(which=some)
    def lose_a_release_that_was_read(self, which: int) -> None:
        self.back_up()
        self.publish(which, which)
        self.settle()
        self.restore(len(self.backups) - 1)
        if which % 2:  # and its number is given again
            self.publish(which + 1, which)

    # the network

    @rule(fate=st.sampled_from(["taken", "taken", "doubled", "late", "lost"]))
    def ask(self, fate: str) -> None:
        """Ask, and have the answer now, now and again later, later, or never."""
        request = self.site.request
        response = self.reader.get(request)
        answer = (request, response.status_code, response.json())
        if fate in {"taken", "doubled"}:
            self.site.take(*answer)
        if fate in {"doubled", "late"}:
            self.mailbox.append(answer)
        self.done[f"answers {fate}"] += 1

    @rule(which=some)
    def deliver(self, which: int) -> None:
        """Have an answer that was on its way, in any order."""
        if self.mailbox:
            self.site.take(*self.mailbox.pop(which % len(self.mailbox)))

    # the site

    @rule()
    def keep_a_copy(self) -> None:
        self.copies.append(deepcopy(self.site))

    @rule(which=some)
    def restore_a_copy(self, which: int) -> None:
        if self.copies:
            self.site = deepcopy(self.copies[which % len(self.copies)])

    @rule()
    def settle(self) -> None:
        """Ask, and take the answers at once, until there is nothing new."""
        for _ in range(200):
            if not self.site.following and self.site.release == current_number() and self._is_known():
                return
            self.ask("taken")
        message = f"It still asks for {self.site.request}."
        raise AssertionError(message)

    def _is_known(self) -> bool:
        hash_: str = self.reader.get(f"releases/{self.site.release}/").json()["hash"]
        return hash_ == self.site.hash

    def live(self) -> list[ContentItem]:
        ids = Edition.objects.filter(kind="specimen", until_release=None).values("content_id")
        return list(ContentItem.objects.filter(content_id__in=ids).order_by("content_id"))


def test_a_site_ends_with_the_latest_release_whatever_happens(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._registry, SPECIMEN.name, SPECIMEN)
    Following.desk = Desk(People())
    for name in ("ann", "carl", "mei", "rui", "pia"):
        assert getattr(Following.desk.people, name).pk
    Following.desk.source()
    Following.reader = Reader(issue_key(site=create_site(slug="site", name="A site")))
    Following.done = Counter()
    run_state_machine_as_test(
        Following,
        settings=settings(
            max_examples=amount(10, 500),
            stateful_step_count=amount(25, 50),
            derandomize=not IS_FULL,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if IS_FULL else [Phase.generate],
        ),
    )
    report("following sites", **{name.replace(" ", "_"): count for name, count in Following.done.items()})
    assert Following.done["restarts"]
    assert Following.done["restored servers"]
