"""Who may do what to a release: each refusal by its code, beside the same act by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.releases import actions
from content_api.releases.impact import impact_of
from content_api.releases.models import Mark, Release
from tests.refusing import refused

if TYPE_CHECKING:
    from content_api.content_items import ContentItem
    from tests.conftest import People
    from tests.situations import Desk

MEDICAL, REGULATORY = "Medical reviewer", "Regulatory reviewer"
HARM: dict[str, Any] = {"reason": "SAFETY", "public_note": "It harms."}


@pytest.fixture
def base(desk: Desk) -> ContentItem:
    """Return an item that is out."""
    version = desk.approved("base")
    desk.publish(version)
    return version.item


def test_an_impact_is_signed_by_who_may_and_once(desk: Desk, people: People, base: ContentItem) -> None:
    eve = people.make("eve", MEDICAL, "Editor")
    flo = people.make("flo", MEDICAL, "Editor")
    release = desk.compose(desk.approve(desk.submit(desk.write("new", stands_on=base, by=flo))))
    actions.add_version(release=release, version=desk.approved("more"), person=eve)
    sha256 = impact_of(release).sha256

    def sign(person: Any, role: str = MEDICAL, shown: str = sha256) -> None:
        actions.sign_off(release=release, person=person, role=role, impact_sha256=shown)

    for person, role, code in [
        (people.ada, MEDICAL, "not-in-role"),
        (people.ann, "Editor", "not-in-role"),
        (people.mei, REGULATORY, "not-in-role"),
        (eve, MEDICAL, "own-release"),
        (flo, MEDICAL, "own-text"),
    ]:
        with refused(code):
            sign(person, role)
    with refused("role-not-needed", says="signed off by: Medical reviewer"):
        sign(people.rui, REGULATORY)
    for other in "0f":  # before and after every hash there is
        with refused("not-what-was-shown"):
            sign(people.mei, shown="sha256:" + other * 64)
    sign(people.mei)
    with refused("already-signed"):
        sign(people.mei)


def test_a_text_is_marked_once_it_is_on_the_list_and_not_when_it_is_being_rewritten(
    desk: Desk, people: People, base: ContentItem
) -> None:
    release = desk.compose(desk.approved("new", stands_on=base))
    eve = people.make("eve", MEDICAL, credentials="MD")

    def mark(person: Any, **marks: str) -> None:
        given: dict[str, Any] = {"role": MEDICAL, "judgments": {}, "impact_sha256": impact_of(release).sha256}
        marks = {str(base.pk) if one == "base" else one: mark for one, mark in marks.items()}
        actions.review_set(release=release, person=person, marks=marks, comment="Read.", **given)

    cases: list[tuple[dict[str, str], str]] = [
        ({}, "row-not-marked"),
        ({"base": Mark.READS_RIGHT, "00000000-0000-4000-8000-000000000000": Mark.READS_RIGHT}, "not-what-was-shown"),
        ({"base": Mark.READS_RIGHT, "elsewhere": Mark.READS_RIGHT}, "not-what-was-shown"),
        ({"base": "READS_WELL"}, "not-what-was-shown"),
    ]
    for marks, code in cases:
        with refused(code):
            mark(people.mei, **marks)
    mark(people.mei, base=Mark.NEEDS_REWRITING)
    assert [row.item for row in release.working_copies.all()] == [base]
    with refused("in-review-here"):
        mark(eve, base="NEEDS_REWRITING")  # as a form has it
    mark(eve, base="READS_RIGHT")
    assert release.sign_offs.get().person == eve


def test_of_two_texts_one_reads_right_and_one_does_not(desk: Desk, people: People, base: ContentItem) -> None:
    desk.publish(other := desk.approved("other"))
    release = desk.compose(desk.approved("new", stands_on=base), desk.approved("more", stands_on=other.item))
    marks = {str(base.pk): Mark.READS_RIGHT, str(other.item_id): Mark.NEEDS_REWRITING}
    given: dict[str, Any] = {"role": MEDICAL, "judgments": {}, "impact_sha256": impact_of(release).sha256}

    actions.review_set(release=release, person=people.mei, marks=marks, comment="Read.", **given)

    assert [row.item for row in release.working_copies.all()] == [other.item]


def test_what_is_pulled_is_live_and_harms_and_a_second_person_confirms_it(desk: Desk, people: People) -> None:
    version = desk.approved("base")
    with refused("not-live"):
        actions.pull(item=version.item, person=people.mei, **HARM)
    desk.publish(version)

    for person in (people.ann, people.ada):
        with refused("may-not-pull"):
            actions.pull(item=version.item, person=person, **HARM)
    with refused("reason-can-wait"):
        actions.pull(item=version.item, person=people.mei, reason="OUTDATED", public_note="It is old.")
    pulled = Release.objects.get(number=actions.pull(item=version.item, person=people.mei, **HARM).number)

    for person, code in ((people.ann, "may-not-pull"), (people.mei, "same-person")):
        with refused(code):
            actions.confirm_pull(release=pulled, person=person)
    with refused("not-a-pull"):
        actions.confirm_pull(release=Release.objects.get(number=1), person=people.pia)
    actions.confirm_pull(release=pulled, person=people.pia)
    with refused("already-confirmed"):
        actions.confirm_pull(release=Release.objects.get(pk=pulled.pk), person=people.rui)


def test_who_may_compose_publish_and_pull(desk: Desk, people: People) -> None:
    for person in (people.mei, people.ada):
        with refused("not-a-composer"):
            actions.open_release(person=person, title="News")
    for person in (people.ann, people.pia):
        actions.open_release(person=person, title="News")
    for number, person in enumerate((people.mei, people.rui, people.pia)):
        version = desk.approved(f"text-{number}")
        desk.publish(version)
        actions.pull(item=version.item, person=person, **HARM)


def test_a_release_holds_one_thing_of_an_item(desk: Desk, people: People) -> None:
    version = desk.approved("base")
    desk.publish(version)
    leaving = actions.open_release(person=people.ann, title="Taken down")
    said: dict[str, Any] = {"reason": "OUTDATED", "public_note": "It is out of date."}
    actions.add_withdrawal(release=leaving, item=version.item, person=people.pia, **said)

    with refused("withdrawn-here"):
        actions.put_in(release=leaving, items=[version.item], person=people.ann)
    desk.write("base", title="Base, said otherwise")
    coming = actions.open_release(person=people.ann, title="News")
    actions.put_in(release=coming, items=[version.item], person=people.ann)
    with refused("already-here"):
        actions.put_in(release=coming, items=[version.item], person=people.ann)
    with refused("published-here"):
        actions.add_withdrawal(release=coming, item=version.item, person=people.pia, **said)
    better = desk.approved("base")
    with refused("withdrawn-here"):
        actions.add_version(release=leaving, version=better, person=people.ann)


def test_a_finished_release_stays_as_it_is(desk: Desk, people: People) -> None:
    desk.publish(desk.approved("base"))
    out = Release.objects.get(number=1)

    for act in (
        lambda: actions.cancel(release=out, person=people.ann),
        lambda: actions.put_in(release=out, items=[desk.write("more")], person=people.ann),
        lambda: actions.put_in(release=out, items=[desk.write("more")], person=people.pia),
        lambda: actions.publish(release=out, person=people.pia),
    ):
        with refused("not-open"):
            act()
    with refused("not-scheduled"):
        actions.unschedule(release=out, person=people.pia)
