"""Who may do what to a version: refusals by their code, beside the same act when it may happen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from content_api import kinds
from content_api.content_items import ContentItem
from content_api.editorial import actions, policies, queries
from content_api.refusals import Refused
from tests.refusing import refused
from tests.specimens.kinds import SPECIMEN
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from tests.conftest import People
    from tests.situations import Desk

MEDICAL, REGULATORY = "Medical reviewer", "Regulatory reviewer"


def _ask_for_both_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    roles: frozenset[Any] = frozenset({MEDICAL, REGULATORY})
    monkeypatch.setitem(kinds._registry, SPECIMEN.name, replace(SPECIMEN, required_roles=lambda _content: roles))


@pytest.mark.parametrize("change", ["WORLD_CHANGED", "CORRECTION", "EDITORIAL", "CONFIRMED"])
def test_a_first_version_changes_nothing_and_every_other_says_what(desk: Desk, people: People, change: str) -> None:
    item = desk.write("rose")
    with refused("first-version"):
        actions.submit(item=item, person=people.ann, change_type=change, change_note="New.")
    desk.publish(desk.approve(actions.submit(item=item, person=people.ann)))
    desk.write("rose", title="Red rose")

    unsaid: list[dict[str, Any]] = [
        {},
        {"change_type": "FIRST", "change_note": "New."},
        {"change_type": "EDITORIAL", "change_note": " "},
    ]
    for told in unsaid:
        with refused("change-missing"):
            actions.submit(item=item, person=people.ann, **told)
    if change == "CONFIRMED":
        with refused("change-missing"):
            actions.submit(item=item, person=people.ann, change_type=change, change_note="New.")
    else:
        actions.submit(item=item, person=people.ann, change_type=change, change_note="New.")


def test_only_who_submitted_it_recalls_it(desk: Desk, people: People) -> None:
    version = desk.submit(desk.write("rose"), by=people.carl)

    for person in (people.ann, people.make("zoe", "Editor")):  # who came before Carl, and after
        with refused("not-the-submitter"):
            actions.recall(version=version, person=person)
    actions.recall(version=version, person=people.carl)


@pytest.mark.parametrize("recorded", "0f")  # before and after every hash there is
def test_what_changed_behind_is_not_submitted(desk: Desk, people: People, recorded: str) -> None:
    item = desk.write("rose")
    ContentItem.objects.filter(pk=item.pk).update(draft_sha256="sha256:" + recorded * 64)

    with refused("changed-behind"):
        desk.submit(item)
    actions.adopt(item=item, person=people.ann)
    desk.submit(item)


def test_an_approval_stays_while_something_was_written_upon_it(desk: Desk, people: People) -> None:
    version = desk.approved("rose")
    desk.write("rose", title="Red rose")
    later = desk.submit(version.item)

    with refused("written-upon"):
        actions.recall(version=version, person=people.mei)
    desk.send_back(later)
    actions.recall(version=version, person=people.mei)


def test_a_version_takes_one_verdict_of_a_role_and_one_of_a_person(
    desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask_for_both_roles(monkeypatch)
    version = desk.submit(desk.write("rose"))
    eve = people.make("eve", MEDICAL, credentials="MD")
    rob = people.make("rob", MEDICAL, REGULATORY, credentials="RAC")
    desk.approve(version, by=rob)

    with refused("already-reviewed", says="Another role needs another person"):
        desk.approve(version, by=rob, role=REGULATORY)
    with refused("already-reviewed", says="A medical reviewer gave a verdict"):
        desk.approve(version, by=eve)
    assert desk.approve(version, by=people.rui, role=REGULATORY).state == "APPROVED"


def test_an_address_that_another_working_copy_has_is_refused(desk: Desk, people: People) -> None:
    old = desk.approved("rose")
    desk.write("rose", title="A rose")
    specimen = queries.content_of(old)
    policies.check_address_is_free(old.item, specimen["slug"])
    other = desk.write("tulip")

    with refused("slug-in-use"):
        policies.check_address_is_free(other, specimen["slug"])


def test_what_its_own_form_would_refuse_is_not_submitted_either(desk: Desk, people: People) -> None:
    item = desk.write("rose")
    row = Specimen.objects.get(item=item)
    row.title = ""
    row.save()
    desk.record(row)
    with pytest.raises(Refused) as refusal:
        actions.submit(item=item, person=people.ann)
    assert refusal.value.code == "checks-failed"
    assert [one["pointer"] for one in refusal.value.errors] == ["/title"]
    assert desk.submit(desk.write("rose", title="Rose")).number == 1


def test_an_address_stays_with_the_item_that_had_it_in_public(desk: Desk, people: People) -> None:
    desk.publish(first := desk.approved("rose"))
    row = Specimen.objects.get(item=first.item)
    row.slug = "red-rose"
    row.save()
    desk.record(row)
    other = desk.write("rose", title="Another rose")
    with pytest.raises(Refused, match="was another item's once") as refusal:
        actions.submit(item=other, person=people.ann)
    assert [one["pointer"] for one in refusal.value.errors] == ["/slug"]
    assert desk.submit(row.item).number == 2


def test_a_verdict_is_on_what_waits_for_one(desk: Desk, people: People) -> None:
    recalled = desk.submit(desk.write("recalled"))
    shown = queries.shown(recalled)
    actions.recall(version=recalled, person=people.ann)
    ended = [recalled, desk.approved("approved"), desk.send_back(desk.submit(desk.write("back")))]
    hashes: dict[str, Any] = {"content_sha256": shown.content_sha256, "substance_sha256": shown.substance_sha256}

    for version in ended:
        version.refresh_from_db()
        with refused("not-in-review"):
            actions.approve(version=version, person=people.mei, role=MEDICAL, **hashes)


def test_a_verdict_is_on_what_was_shown(desk: Desk, people: People) -> None:
    version = desk.submit(desk.write("rose"))
    shown = queries.shown(version)
    right: dict[str, Any] = {"content_sha256": shown.content_sha256, "substance_sha256": shown.substance_sha256}

    for name in right:
        for other in "0f":  # before and after every hash there is
            with refused("not-what-was-shown"):
                wrong = {**right, name: "sha256:" + other * 64}
                actions.approve(version=version, person=people.mei, role=MEDICAL, **wrong)
    actions.approve(version=version, person=people.mei, role=MEDICAL, **right)


def test_each_role_gives_one_verdict_and_each_person_too(desk: Desk, people: People) -> None:
    version = desk.submit(desk.write("rose"))

    with refused("role-not-needed"):
        policies.check_can_review(version, people.rui, REGULATORY)
    with refused("not-in-role"):
        policies.check_can_review(version, people.mei, REGULATORY)
    with refused("not-in-role"):
        policies.check_can_review(version, people.ann, "Editor")
    policies.check_can_review(version, people.mei, MEDICAL)


class TestConfirming:
    def test_is_of_what_is_out_and_of_nothing_that_is_in_review(self, desk: Desk, people: People) -> None:
        item = desk.write("rose")
        with refused("never-approved"):
            confirm(desk, item)
        version = desk.approve(desk.submit(item))
        with refused("not-live"):
            confirm(desk, item)
        desk.publish(version)
        desk.write("rose", title="Red rose")
        opened = desk.submit(item)
        with refused("already-in-review"):
            confirm(desk, item)
        actions.recall(version=opened, person=people.ann)
        assert confirm(desk, item).change_type == "CONFIRMED"

    def test_takes_a_person_for_each_role(self, desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        version = desk.approved("rose")
        desk.publish(version)
        _ask_for_both_roles(monkeypatch)

        first = confirm(desk, version.item)
        second = confirm(desk, version.item, person=people.rui, role=REGULATORY)

        assert (first.pk, first.state, second.state) == (second.pk, "IN_REVIEW", "APPROVED")

    def test_is_for_who_reviews_it_and_names_a_source(self, desk: Desk, people: People) -> None:
        version = desk.approved("rose")
        desk.publish(version)

        for person, role, code in [
            (people.ann, MEDICAL, "not-in-role"),
            (people.ada, MEDICAL, "not-in-role"),
            (people.rui, REGULATORY, "role-not-needed"),
        ]:
            with refused(code):
                confirm(desk, version.item, person=person, role=role)
        for missing in ({"note": "  "}, {"source": version.item}):
            with refused("source-missing"):
                confirm(desk, version.item, **missing)
        assert confirm(desk, version.item).state == "APPROVED"


def confirm(desk: Desk, item: ContentItem, **given: Any) -> Any:
    call = {"person": desk.people.mei, "role": MEDICAL, "source": desk.source(), "note": "It still holds."}
    return actions.confirm(item=item, **{**call, **given})
