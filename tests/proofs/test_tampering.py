"""Somebody changes one character behind the guards' back: every such change is found, and the row is named."""

from __future__ import annotations

import random
import re
import string
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from content_api import guards, kinds
from content_api.editions import models as editions
from content_api.editions import searching
from content_api.editorial import audit
from content_api.editorial import models as editorial
from content_api.editorial.actions import bring_back, comment, park
from content_api.editorial.fingerprints import unreadable
from content_api.editorial.queries import draft_sha256
from content_api.releases import actions, integrity
from content_api.releases import models as releases
from content_api.releases.impact import impact_of
from tests.conftest import People
from tests.proofs.amounts import amount, report
from tests.situations import Desk
from tests.specimens.kinds import SPECIMEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model
    from pytest_django.plugin import DjangoDbBlocker

    from content_api.content_items import ContentItem

pytestmark = pytest.mark.django_db

TABLES: list[type[Model]] = [
    editorial.Version,
    editorial.VersionContributor,
    editorial.RequiredReview,
    editorial.Review,
    editorial.ReviewComment,
    editorial.ParkedText,
    editorial.Transition,
    editions.Edition,
    editions.PublishedContent,
    editions.PublishedRelease,
    editions.Tombstone,
    editions.Redaction,
    editions.OpenPull,
    editions.PublicSlug,
    editions.Facet,
    editions.EditionReference,
    searching.SearchWord,
    releases.Release,
    releases.ReleaseItem,
    releases.ReleaseWithdrawal,
    releases.ReleaseWorkingCopy,
    releases.ReleaseComposer,
    releases.SignOff,
    releases.SetVerdict,
    releases.PullConfirmation,
]
NOT_TEXT = {"id", "word"}  # keys of index rows, which mean nothing, and bytes; `test_commands` changes those
INDEXES = (editions.Facet, editions.EditionReference, searching.SearchWord)  # problems name the edition they are of
SEED = 20260622


@dataclass(frozen=True)
class Change:
    """One character of one column of one row, changed."""

    model: type[Model]
    key: str
    column: str
    before: str
    after: str
    edition: str = ""

    @property
    def keys(self) -> set[str]:
        """The key that the row had and the one that it has now."""
        is_key = self.column == _key_of(self.model)
        return {self.key, _plain_number(self.after)} if is_key else {self.key}

    @property
    def name(self) -> str:
        """The pattern of how problems name the row."""
        if self.model in INDEXES:
            return rf"(?i)\bedition {self.edition}\b"
        what = "(audit row|transition)" if self.model is editorial.Transition else self.model._meta.verbose_name
        return rf"(?i)\b{what} ({'|'.join(_dashes_or_none(key) for key in self.keys)})\b"

    def is_taken(self) -> bool:
        """Write it, and tell whether the row now reads differently; SQLite reads many a separator in a time alike."""
        table, pk = self.model._meta.db_table, _key_of(self.model)
        statement = f"UPDATE {table} SET {self.column} = %s WHERE CAST({pk} AS TEXT) = %s"
        before = self._read()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [self.after, self.key])
        except DatabaseError:
            return False
        return self._read() != before

    def _read(self) -> object:
        try:
            return self.model._default_manager.filter(pk=self.key).values_list().first()
        except Exception as error:  # noqa: BLE001 - what cannot be read any more reads differently
            return repr(error)


@pytest.fixture(scope="module")
def _store(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Fill a store once, and lift the guards: every change is taken back before the next."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setitem(kinds._registry, SPECIMEN.name, SPECIMEN)
        patch.setattr(guards, "problems", list)  # that they are lifted is no news
        _fill(Desk(People()))
        connection.check_constraints()
        with guards.lifted():
            yield
            connection.check_constraints()
        transaction.set_rollback(True)


def _fill(desk: Desk) -> None:
    """Make a row of every table: two approvals, a refusal, a signed impact, a withdrawal, a pull and its confirmation."""
    base, away = desk.approved("base", note="Zürich"), desk.approved("away")
    desk.publish(base, away, desk.approved("top", stands_on=base.item, cites=[base.item]))
    desk.publish(desk.approved("base", title="Base, said otherwise"))
    desk.withdraw(away.item, partner_action="REPLACE", replaced_by=base.item)
    _judge_a_set(desk, base.item)
    opened = desk.submit(desk.write("open"))
    asked = comment(version=opened, person=desk.people.mei, pointer="/title", text="Open to whom?")
    comment(version=opened, person=desk.people.ann, pointer="/title", text="To all.", answers=asked)
    desk.send_back(desk.submit(desk.write("back")))
    _park(desk, base.item)
    pulled = actions.pull(
        item=base.item, person=desk.people.mei, reason="SAFETY", public_note="Unsafe.", partner_action="REMOVE"
    )
    actions.confirm_pull(release=releases.Release.objects.get(number=pulled.number), person=desk.people.pia)


def _park(desk: Desk, item: ContentItem) -> None:
    """Park a text and bring it back, then park another."""
    desk.write("base", title="Base, half written")
    parked = park(item=item, person=desk.people.ann)
    bring_back(parked=parked, person=desk.people.ann, draft_sha256=draft_sha256(item))
    park(item=item, person=desk.people.ann)


def _judge_a_set(desk: Desk, base: ContentItem) -> None:
    """Let a set go out that was judged as a whole, and give one up that holds a working copy."""
    judged = desk.compose(desk.approved("tip", stands_on=base))
    given: dict[str, Any] = {"role": "Medical reviewer", "judgments": {}, "comment": "Read."}
    impact = impact_of(judged)
    given |= {"marks": {row.content_id: "READS_RIGHT" for row in impact.rows}, "impact_sha256": impact.sha256}
    actions.review_set(release=judged, person=desk.people.mei, **given)
    actions.publish(release=judged, person=desk.people.pia)
    given_up = desk.compose(title="Given up")
    actions.put_in(release=given_up, items=[desk.write("half")], person=desk.people.ann)
    actions.cancel(release=given_up, person=desk.people.ann)


@pytest.mark.usefixtures("_store")
def test_every_row_of_an_untouched_store_agrees() -> None:
    assert list(integrity.problems()) == []
    assert [model for model in TABLES if not model._default_manager.exists()] == []


@pytest.mark.usefixtures("_store")
@pytest.mark.parametrize("model", TABLES)
def test_every_row_says_what_it_is(model: type[Model]) -> None:
    names = [str(row) for row in model._default_manager.all()]

    assert names
    assert [name for name in names if not name.strip() or "object (" in name] == []


@pytest.mark.usefixtures("_store")
def test_one_changed_character_is_found_and_its_row_is_named() -> None:
    dice = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    rounds, found, refused = amount(36, 1000), 0, 0
    while found < rounds:
        with _taken_back():
            change = _draw(dice, TABLES[(found + refused) % len(TABLES)])
            if not change.is_taken():
                refused += 1
                continue
            assert any(re.search(change.name, one) for one in integrity.problems()), f"unnoticed: {change}"
            found += 1
    report("tampering", changed=rounds, found=found, refused_by_the_database=refused)


@pytest.mark.usefixtures("_store")
def test_the_first_bad_row_of_the_trail_is_the_one_that_was_changed() -> None:
    dice = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    rounds = amount(20, 200)
    found = 0
    while found < rounds:
        with _taken_back():
            change = _draw(dice, editorial.Transition)
            if change.is_taken():
                bad = audit.first_bad_row()
                assert bad, f"unnoticed: {change}"
                assert str(bad[0]) in change.keys
                found += 1
    report("tampering with the trail", changed=rounds, found=found)


@pytest.mark.usefixtures("_store")
@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL keeps no time that is none")
def test_every_row_whose_time_is_none_is_named() -> None:
    with _taken_back(), connection.cursor() as cursor:
        cursor.execute("UPDATE editorial_review SET at = '' WHERE id IN (SELECT MIN(id) FROM editorial_review)")
        cursor.execute("UPDATE editorial_review SET at = '' WHERE id IN (SELECT MAX(id) FROM editorial_review)")
        named = {pk for pk, _ in unreadable(editorial.Review)}

    keys = list(editorial.Review.objects.order_by("pk").values_list("pk", flat=True))
    assert named == {keys[0], keys[-1]}


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _draw(dice: random.Random, model: type[Model]) -> Change:
    """Choose a row, one of its columns that says something, and one character of it."""
    key = dice.choice(_column(model, _key_of(model)))
    names = [str(field.column) for field in model._meta.concrete_fields]
    said = {name: text for name in names if (text := _column(model, name, key)[0])}
    edition = said["edition_id"] if model in INDEXES else ""
    column = dice.choice(sorted(said.keys() - (NOT_TEXT if model in INDEXES else set())))
    text = said[column]
    at = dice.randrange(len(text))
    return Change(model, key, column, text, text[:at] + _other(dice, text[at]) + text[at + 1 :], edition)


def _column(model: type[Model], column: str, key: str = "") -> list[str]:
    """Return what is stored in a column, as text."""
    table, pk = model._meta.db_table, _key_of(model)
    where, given = (f"WHERE CAST({pk} AS TEXT) = %s", [key]) if key else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({column} AS TEXT) FROM {table} {where} ORDER BY {pk}", given)
        return [text for (text,) in cursor.fetchall()]


def _other(dice: random.Random, character: str) -> str:
    """Return another character of the same sort, so that the change may well look right."""
    sorts = (string.digits, "abcdef", string.ascii_lowercase, string.ascii_uppercase)
    sort = next((one for one in sorts if character in one), string.punctuation)
    return dice.choice(sort.replace(character, ""))


def _dashes_or_none(key: str) -> str:
    """Return the pattern of a key: SQLite keeps a UUID as 32 digits, and problems write it with hyphens."""
    return "-?".join(re.escape(character) for character in key.replace("-", "")) if len(key) >= 32 else re.escape(key)


def _plain_number(key: str) -> str:
    return str(int(key)) if key.isdecimal() else key


def _key_of(model: type[Model]) -> str:
    return str(model._meta.pk.column)
