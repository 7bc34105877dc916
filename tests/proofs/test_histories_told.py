"""Histories that random ones found, or might not find for long: told in full, and held against the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from content_api import kinds
from tests.conftest import People
from tests.proofs.histories_of_sets import History
from tests.proofs.readings import Text
from tests.proofs.rules import MEDICAL, REGULATORY, ROLES_OF
from tests.proofs.rules_of_sets import REWRITE
from tests.proofs.test_histories import REVIEWED_BY_SHADE
from tests.situations import Desk

if TYPE_CHECKING:
    from tests.proofs.rules import Item, Version
    from tests.proofs.rules_of_releases import Release


@pytest.fixture
def history(db: None, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setitem(kinds._registry, REVIEWED_BY_SHADE.name, REVIEWED_BY_SHADE)
    people = People()
    roster = {name: people.make(name, *sorted(roles)) for name, roles in ROLES_OF.items()}
    return History(roster, Desk(people).source())


def _submitted(history: History, item: Item, by: str = "ann") -> Version:
    change, note = ("", "") if item.is_first else ("CORRECTION", "It was wrong.")
    history.submit(item, by, change, note)
    return item.versions[-1]


def _approved(history: History, item: Item, by: str = "ann", reviewer: str = "mei") -> Version:
    version = _submitted(history, item, by)
    history.judge(version, reviewer, MEDICAL, approves=True)
    assert version.state == "APPROVED"
    return version


def _publish(history: History, *versions: Version, signs: str = "") -> bool:
    release = history.open_release("pia")
    assert release
    for version in versions:
        history.add(release, version, "pia")
    if signs:
        history.sign_off(release, signs, MEDICAL)
    history.publish(release, "pia")
    return release.state == "PUBLISHED"


def _change(history: History, item: Item, by: str = "ann", **members: object) -> Item:
    history.edit(item, replace(item.draft, **members), by)  # type: ignore[arg-type]
    return item


def _set(history: History, *items: Item) -> Release:
    release = history.open_release("pia")
    assert release
    history.put_in(release, [one.key for one in items], "pia")
    return release


def test_an_old_version_whose_address_another_draft_took_is_not_restored(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "ann")
    old = _submitted(history, item)
    _change(history, item, slug="basalt")
    history.write(Text("amber", "Another"), "ann")
    history.restore(old, "ann")
    assert history.said["restore refused"] == 1


def test_what_others_wrote_upon_is_not_recalled(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "eve")
    first = _approved(history, item, "eve")
    _submitted(history, _change(history, item, "ann", title="Ambergris"))
    history.recall(first, "rui")
    assert history.said["recall refused"] == 1
    history.recall(item.versions[-1], "ann")
    history.recall(first, "rui")
    assert history.said["recall"] == 2


def test_a_text_that_a_confirmation_keeps_out_is_not_submitted_again(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "ann")
    _publish(history, _approved(history, item))
    history.confirm(item, "mei", MEDICAL, "Still so.")
    _publish(history, item.versions[-1])
    history.submit(item, "ann", "EDITORIAL", "The same.")
    assert history.said["submit refused"] == 1


def test_an_impact_is_signed_by_a_person_once(history: History) -> None:
    first = history.write(Text("amber", "Amber"), "ann")
    _publish(history, _approved(history, first))
    second = history.write(Text("basalt", "Basalt", stands_on=first.key), "ann")
    version = _approved(history, second)
    release = history.open_release("pia")
    assert release
    history.add(release, version, "pia")
    history.sign_off(release, "mei", MEDICAL)
    history.sign_off(release, "mei", MEDICAL)
    assert (history.said["sign_off"], history.said["sign_off refused"]) == (1, 1)
    history.publish(release, "pia")
    assert history.model.number == 2


def test_a_clock_that_was_set_back_holds_up_no_release(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "ann")
    _publish(history, _approved(history, item))
    history.now -= timedelta(hours=1)
    history.pull(item.key, "pia", "SAFETY", "Wrong.")
    assert history.model.number == 2


def test_each_reviewer_must_have_read_what_goes_out(history: History) -> None:
    """Mei read it beside an old name, Rui beside an old fact: one difference in names does not hide the other."""
    first = history.write(Text("amber", "Amber"), "ann")
    _publish(history, _approved(history, first))
    item = history.write(Text("basalt", "Basalt", "DARK", cites=frozenset([first.key])), "ann")
    version = _submitted(history, item)
    history.judge(version, "mei", MEDICAL, approves=True)
    release = history.open_release("pia")
    assert release
    renamed = _approved(history, _change(history, first, title="Ambergris"))
    _publish(history, renamed)
    waiting = history.write(Text("chalk", "Chalk", stands_on=item.key), "ann")
    _submitted(history, waiting)
    history.judge(version, "rui", REGULATORY, approves=True)
    history.add(release, version, "pia")
    history.publish(release, "pia")
    assert history.said["publish refused"] == 1


def test_nobody_approves_what_they_wrote_or_helped_to_write(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "eve")
    history.judge(_submitted(history, item), "mei", MEDICAL, approves=False)
    version = _submitted(history, _change(history, item, "ann", title="Ambergris"))
    history.judge(version, "eve", MEDICAL, approves=True)
    assert history.said["approve refused"] == 1
    history.judge(version, "mei", MEDICAL, approves=True)
    assert version.state == "APPROVED"


def test_an_older_text_does_not_go_out_over_a_newer_one(history: History) -> None:
    """Neither put in once the newer one is out, nor published where it was put in before that."""
    item = history.write(Text("amber", "Amber"), "ann")
    older = _approved(history, item)
    waiting = history.open_release("pia")
    assert waiting
    history.add(waiting, older, "pia")
    _publish(history, _approved(history, _change(history, item, title="Ambergris")))
    history.publish(waiting, "pia")
    late = history.open_release("pia")
    assert late
    history.add(late, older, "pia")
    assert (history.said["publish refused"], history.said["add_version refused"]) == (1, 1)


def test_a_text_goes_out_with_what_it_stands_on_and_not_without(history: History) -> None:
    ground = history.write(Text("amber", "Amber"), "ann")
    item = history.write(Text("basalt", "Basalt", stands_on=ground.key), "ann")
    version = _approved(history, item)
    assert not _publish(history, version)
    assert _publish(history, version, _approved(history, ground), signs="mei")


def test_a_text_may_cite_what_was_taken_down_but_not_what_was_never_out(history: History) -> None:
    gone, never = history.write(Text("amber", "Amber"), "ann"), history.write(Text("chalk", "Chalk"), "ann")
    _publish(history, _approved(history, gone))
    history.pull(gone.key, "pia", "SAFETY", "Wrong.")
    item = history.write(Text("basalt", "Basalt", cites=frozenset([gone.key, never.key])), "ann")
    assert not _publish(history, _approved(history, item))
    version = _approved(history, _change(history, item, cites=frozenset([gone.key])))
    assert _publish(history, version)


def test_a_finished_release_takes_nothing_from_anybody(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "ann")
    release = history.open_release("ann")
    assert release
    history.cancel(release, "ann")
    history.put_in(release, [item.key], "pia")
    assert history.said["put_in refused"] == 1


def test_what_is_sent_back_waits_in_its_set_for_the_next_submission(history: History) -> None:
    items = [history.write(Text(slug, slug.title()), "ann") for slug in ("amber", "basalt")]
    release = _set(history, *items)
    history.submit_set(release, "ann", {})
    back, right = items[0].versions[-1], items[1].versions[-1]
    history.review_set(release, "mei", MEDICAL, {back.key: False, right.key: True}, {})
    history.publish(release, "pia")
    _change(history, items[0], title="Ambergris")
    history.submit_set(release, "ann", {})
    history.review_set(release, "mei", MEDICAL, {items[0].versions[-1].key: True}, {})
    history.publish(release, "pia")
    assert (release.state, history.said["publish refused"]) == ("PUBLISHED", 1)


def test_what_is_recalled_from_a_set_stays_in_it_as_a_working_copy(history: History) -> None:
    item = history.write(Text("amber", "Amber"), "ann")
    release = _set(history, item)
    history.recall(_approved(history, item), "rui")
    history.publish(release, "pia")
    history.submit_set(release, "ann", {})
    assert item.versions[-1] in history.model.in_review(release)
    assert history.said["publish refused"] == 1


def test_what_reads_wrong_beside_the_news_joins_them_and_is_signed_by_nobody(history: History) -> None:
    first = history.write(Text("amber", "Amber"), "ann")
    _publish(history, _approved(history, first))
    release = _set(history, history.write(Text("basalt", "Basalt", stands_on=first.key), "ann"))
    history.submit_set(release, "ann", {})
    (version,) = history.model.in_review(release)
    history.review_set(release, "mei", MEDICAL, {version.key: True}, {})
    history.review_set(release, "mei", MEDICAL, {version.key: True}, {first.key: REWRITE})
    assert (history.said["review_set refused"], release.signed) == (1, [])
    assert release.working_copies.keys() == {first.key}
    history.submit_set(release, "ann", {})
    _change(history, first, title="Ambergris")
    history.submit_set(release, "ann", {first.key: ("CORRECTION", "It read wrong.")})
    history.review_set(release, "mei", MEDICAL, {first.versions[-1].key: True}, {})
    history.publish(release, "pia")
    assert (history.said["submit_set refused"], history.model.number) == (1, 2)


def test_a_verdict_on_a_set_that_reads_otherwise_by_now_is_refused(history: History) -> None:
    first = history.write(Text("amber", "Amber"), "ann")
    _publish(history, _approved(history, first))
    release = _set(history, history.write(Text("basalt", "Basalt", cites=frozenset([first.key])), "ann"))
    history.submit_set(release, "ann", {})
    (version,) = history.model.in_review(release)
    history.read_set(release)
    _publish(history, _approved(history, _change(history, first, title="Ambergris")))
    history.review_set(release, "mei", MEDICAL, {version.key: True}, {}, fresh=False)
    history.review_set(release, "mei", MEDICAL, {version.key: True}, {})
    assert (history.said["review_set"], history.said["review_set refused"]) == (1, 1)
