"""What is not published cannot be told from the outside: two databases that differ only in that answer alike."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import time_machine
from django.db import transaction

from content_api.delivery import entry
from content_api.partners.actions import create_site, issue_key
from tests.conftest import People
from tests.delivery.conftest import Reader
from tests.proofs.amounts import IS_FULL, amount, report
from tests.proofs.canaries import Canaries
from tests.proofs.questions import Answer, Curiosity, Question
from tests.proofs.secrecy import KINDS, Stage
from tests.situations import Desk

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("crawl")]  # one process asks everything, once

SEED = 20_261_121
_ALSO_ASKED_FOR = ("/doi", "/gene", "/name", "/question", "/title", "/identifiers/registered")


class Ear(logging.Handler):
    """Hears everything that is logged while somebody asks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.said.append(self.format(record))

    def since(self) -> str:
        """Return what was logged since the last time."""
        said, self.said = "\n".join(self.said), []
        return said


@dataclass
class Crawl:
    """The questions, and what came back with and without the unpublished things."""

    canaries: Canaries
    with_them: dict[Question, Answer] = field(default_factory=dict)
    without: dict[Question, Answer] = field(default_factory=dict)
    logged: dict[Question, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crawl(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Crawl:
    """Ask everything while the unpublished things are there, take them away, and ask again."""
    with django_db_blocker.unblock(), transaction.atomic():
        crawl = Crawl(Canaries())
        stage = Stage(Desk(People()), crawl.canaries)
        reader = Reader(issue_key(site=create_site(slug="guide", name="A guide")))
        now = datetime.now(UTC)  # for both, because a site is told when it said what it serves
        with transaction.atomic():
            drafts = stage.hide()
            with time_machine.travel(now, tick=False):
                _ask_everything(crawl, reader, [str(draft.pk) for draft in drafts])
            transaction.set_rollback(True)
        entry.document.cache_clear()
        with time_machine.travel(now, tick=False):
            crawl.without = {question: question.ask(reader) for question in crawl.with_them}
        transaction.set_rollback(True)
    return crawl


def _ask_everything(crawl: Crawl, reader: Reader, ids: list[str]) -> None:
    entry.document.cache_clear()
    ear, root = Ear(), logging.getLogger()
    root.addHandler(ear)
    try:
        waiting = Curiosity(_words(crawl.canaries, ids)).questions(SEED, amount(150, 0))
        while waiting:
            question = waiting.pop()
            crawl.with_them[question] = answer = question.ask(reader)
            crawl.logged[question] = ear.since()
            waiting += [answer.next] if answer.next and answer.next not in crawl.with_them else []
    finally:
        root.removeHandler(ear)


def _words(canaries: Canaries, ids: list[str]) -> list[str]:
    """Return what a stranger might have overheard: a name of every unpublished item, and its id."""
    words = [word for word, place in canaries.places.items() if place.endswith("/slug")]
    words += [word for word, place in canaries.places.items() if place.endswith(_ALSO_ASKED_FOR)]
    return [*words, *ids] if IS_FULL else [*words[:4], *words[10:14], *ids[-2:], words[-1]]


def test_what_is_unpublished_changes_no_answer(crawl: Crawl) -> None:
    differ = [
        f"{question}\n  with:    {answer}\n  without: {crawl.without[question]}"
        for question, answer in crawl.with_them.items()
        if answer != crawl.without[question]
    ]

    report("non-interference", questions=len(crawl.with_them), answers_that_differ=len(differ))
    assert not differ, f"{len(differ)} answers differ:\n" + "\n".join(differ[:3])


def test_no_canary_is_heard(crawl: Crawl) -> None:
    heard = [
        f"{place}: {question}"
        for question, answer in crawl.with_them.items()
        for place in crawl.canaries.heard(f"{answer}\n{unquote(str(answer))}", str(question))
    ]

    report("canaries", words=len(crawl.canaries.places), answers=len(crawl.with_them), heard=len(heard))
    assert not heard, "\n".join(heard[:5])


def test_no_canary_is_logged(crawl: Crawl) -> None:
    heard = [
        f"{place}: {question}"
        for question, said in crawl.logged.items()
        for place in crawl.canaries.heard(said, str(question))
    ]

    report("canaries", lines_logged=sum(said.count("\n") + bool(said) for said in crawl.logged.values()))
    assert not heard, "\n".join(heard[:5])


def test_the_canaries_would_be_heard(crawl: Crawl) -> None:
    """They stand in every kind, and a word that somebody says is noticed."""
    places = crawl.canaries.places
    for kind in KINDS:
        for stage in ("pulled", "draft", "edit"):
            assert any(place.startswith(f"{stage} {kind}/") for place in places.values()), (stage, kind)
    word, place = next(iter(places.items()))
    assert crawl.canaries.heard(f'{{"name":"{word}"}}') == [place]
    assert crawl.canaries.heard(f"There is no “{word}” here.", word) == []


def test_the_questions_reach_every_sort_of_answer(crawl: Crawl) -> None:
    statuses = {answer.status for answer in crawl.with_them.values()}

    assert statuses >= {200, 201, 304, 400, 401, 404, 405, 409}
    assert not IS_FULL or statuses >= {308, 410}
    assert max(statuses) < 500
