"""Correcting what is live while the next text is half written: nothing is lost, and nobody's words pass unread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from content_api import kinds
from content_api.editorial import actions, queries
from content_api.editorial.models import ParkedText, Transition, Version
from content_api.refusals import Refused
from content_api.releases import actions as releases
from content_api.releases import integrity
from tests.specimens.kinds import SPECIMEN
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from tests.situations import Desk

MEDICAL = "Medical reviewer"


@pytest.fixture
def item(desk: Desk) -> ContentItem:
    """Publish a text, and leave its next version half written by Carl."""
    desk.publish(desk.approved("basalt", title="Basalt", note="Wrong."))
    return desk.write("basalt", title="Basalt, half writ", by=desk.people.carl)


def park(desk: Desk, item: ContentItem) -> ParkedText:
    return actions.park(item=item, person=desk.people.ann)


def bring_back(desk: Desk, parked: ParkedText, *keep: str, **given: Any) -> ContentItem:
    seen = {"draft_sha256": queries.draft_sha256(parked.item), "person": desk.people.ann, **given}
    return actions.bring_back(parked=parked, keep=keep, **seen).item


def corrected(desk: Desk, **content: Any) -> Version:
    """Correct the live text, and let the correction go out."""
    version = desk.approve(desk.submit(desk.write("basalt", **{"note": "Right.", **content}), change="CORRECTION"))
    desk.publish(version)
    return version


def move(desk: Desk, item: ContentItem) -> None:
    """Give a working copy another address."""
    Specimen.objects.filter(pk=item.pk).update(slug="basalt-2")
    actions.record_edit(item=item, person=desk.people.ann)


def says(item: ContentItem) -> tuple[str, str]:
    """Return the title and the note of a working copy."""
    content = queries.draft(item)
    return content["title"], content["note"]


def refusal(action: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as caught:
        action(**arguments)
    return caught.value.code


class TestParking:
    def test_puts_what_is_live_into_the_working_copy_and_keeps_the_other_whole(
        self, desk: Desk, item: ContentItem
    ) -> None:
        half = queries.draft(item)
        parked = park(desk, item)

        assert says(item) == ("Basalt", "Wrong.")
        assert queries.parked_draft(parked).content == half
        assert [one.person.username for one in queries.writers_of(parked)] == ["carl"]

    def test_sets_a_text_aside_that_was_sent_back(self, desk: Desk, item: ContentItem) -> None:
        desk.send_back(desk.submit(item))

        assert says(park(desk, item).item) == ("Basalt", "Wrong.")

    def test_is_for_editors(self, desk: Desk, item: ContentItem) -> None:
        for person in (desk.people.mei, desk.people.pia, desk.people.ada):
            assert refusal(actions.park, item=item, person=person) == "not-an-editor"

    def test_a_second_is_refused_while_one_is_parked(self, desk: Desk, item: ContentItem) -> None:
        park(desk, item)
        desk.write("basalt", title="Something else")

        assert refusal(actions.park, item=item, person=desk.people.ann) == "already-parked"
        assert says(item)[0] == "Something else"

    def test_is_refused_where_nothing_is_live(self, desk: Desk, item: ContentItem) -> None:
        new = desk.write("granite")
        desk.withdraw(item)

        assert refusal(actions.park, item=new, person=desk.people.ann) == "not-live"
        assert refusal(actions.park, item=item, person=desk.people.ann) == "not-live"

    def test_is_refused_while_a_submission_is_in_review(self, desk: Desk, item: ContentItem) -> None:
        desk.submit(item)

        assert refusal(actions.park, item=item, person=desk.people.ann) == "already-in-review"

    def test_is_refused_where_nothing_is_half_written(self, desk: Desk, item: ContentItem) -> None:
        desk.write("basalt", title="Basalt")

        assert refusal(actions.park, item=item, person=desk.people.ann) == "nothing-to-park"

    def test_is_refused_for_what_nobody_is_recorded_to_have_written(self, desk: Desk, item: ContentItem) -> None:
        Specimen.objects.update(note="By nobody.")

        assert refusal(actions.park, item=item, person=desk.people.ann) == "changed-behind"
        actions.adopt(item=item, person=desk.people.ann)
        assert queries.parked_draft(park(desk, item)).content["note"] == "By nobody."

    def test_is_refused_where_another_text_took_the_live_address(self, desk: Desk, item: ContentItem) -> None:
        move(desk, item)
        desk.write("basalt")

        assert refusal(actions.park, item=item, person=desk.people.ann) == "slug-in-use"


class TestBringingBack:
    def test_merges_what_was_corrected_with_what_was_half_written(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        version = corrected(desk)

        assert queries.is_live(version)
        assert queries.content_of(version)["title"] == "Basalt", "nothing half-written went out"
        assert says(bring_back(desk, parked)) == ("Basalt, half writ", "Right.")
        assert queries.parked_text(item) is None

    @pytest.mark.parametrize(("keep", "title"), [((), "Basalt, right"), (("title",), "Basalt, half writ")])
    def test_lets_the_person_choose_where_both_changed_the_same(
        self, desk: Desk, item: ContentItem, keep: tuple[str, ...], title: str
    ) -> None:
        parked = park(desk, item)
        corrected(desk, title="Basalt, right")

        assert queries.brought_back(parked)[1] == ["title"]
        assert says(bring_back(desk, parked, *keep)) == (title, "Right.")

    def test_follows_rows_by_their_key(self, desk: Desk, item: ContentItem) -> None:
        desk.write("basalt", marks=[{"key": "a", "text": "A mark", "seen_with": str(item.pk)}], by=desk.people.carl)
        parked = park(desk, item)
        corrected(desk, marks=[{"key": "b", "text": "B mark", "seen_with": str(item.pk)}])
        bring_back(desk, parked)

        assert [one["key"] for one in queries.draft(item)["marks"]] == ["b", "a"]

    def test_gives_the_very_text_back_where_nothing_was_corrected(self, desk: Desk, item: ContentItem) -> None:
        half = queries.draft(item)

        assert queries.draft(bring_back(desk, park(desk, item))) == half

    def test_waits_until_the_correction_is_submitted_or_given_up(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        desk.write("basalt", note="Right.")
        assert refusal(bring_back, desk=desk, parked=parked) == "unsubmitted-work"
        desk.submit(item, change="CORRECTION")

        assert says(bring_back(desk, parked)) == ("Basalt, half writ", "Right.")

    def test_works_after_the_correction_was_sent_back_or_the_item_withdrawn(
        self, desk: Desk, item: ContentItem
    ) -> None:
        parked = park(desk, item)
        desk.write("basalt", note="Right.")
        desk.send_back(desk.submit(item, change="CORRECTION"))
        desk.withdraw(item)

        assert says(bring_back(desk, parked)) == ("Basalt, half writ", "Right.")

    def test_works_after_a_pull(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        releases.pull(item=item, person=desk.people.mei, reason="SAFETY", public_note="Unsafe.")

        assert says(bring_back(desk, parked)) == ("Basalt, half writ", "Wrong.")

    def test_happens_once_and_then_another_may_be_parked(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        bring_back(desk, parked)

        assert refusal(bring_back, desk=desk, parked=parked) == "not-parked"
        assert park(desk, item).pk != parked.pk

    def test_is_for_editors_and_of_what_was_shown(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)

        assert refusal(bring_back, desk=desk, parked=parked, person=desk.people.mei) == "not-an-editor"
        assert refusal(bring_back, desk=desk, parked=parked, draft_sha256="sha256:0") == "not-what-was-shown"
        assert says(item) == ("Basalt", "Wrong.")

    def test_refuses_what_nobody_is_recorded_to_have_written(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        Specimen.objects.update(note="By nobody.")

        assert refusal(bring_back, desk=desk, parked=parked) == "changed-behind"

    def test_refuses_an_address_that_another_text_took(self, desk: Desk, item: ContentItem) -> None:
        move(desk, item)
        parked = park(desk, item)
        desk.write("basalt-2")

        assert refusal(bring_back, desk=desk, parked=parked) == "slug-in-use"

    def test_refuses_what_is_no_valid_text_any_more(
        self, desk: Desk, item: ContentItem, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parked = park(desk, item)
        monkeypatch.setattr(Specimen._meta.get_field("title"), "validators", [_refuse_half])

        assert refusal(bring_back, desk=desk, parked=parked) == "no-valid-text"
        assert says(item) == ("Basalt", "Wrong.")


class TestFourEyes:
    def test_who_wrote_what_was_parked_may_not_approve_it_when_it_is_back(self, desk: Desk) -> None:
        both = desk.people.make("anna", "Editor", MEDICAL)
        desk.publish(desk.approved("basalt", note="Wrong."))
        item = desk.write("basalt", title="By Anna", by=both)
        parked = park(desk, item)
        corrected(desk)
        bring_back(desk, parked, person=desk.people.carl)
        version = desk.submit(item)

        assert {one.person.username for one in version.contributors.all()} == {"anna", "carl"}
        with pytest.raises(Refused, match="somebody else must approve"):
            desk.approve(version, by=both)
        assert desk.approve(version).state == "APPROVED"

    def test_who_corrected_wrote_in_the_correction(self, desk: Desk, item: ContentItem) -> None:
        both = desk.people.make("anna", "Editor", MEDICAL)
        actions.park(item=item, person=both)
        version = desk.submit(desk.write("basalt", note="Right.", by=both), change="CORRECTION")

        with pytest.raises(Refused, match="somebody else must approve"):
            desk.approve(version, by=both)


class TestTheRecord:
    def test_both_moves_are_in_the_trail_and_all_agrees(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        corrected(desk, title="Basalt, right")
        bring_back(desk, parked, "title")
        moves = Transition.objects.filter(subject=parked.subject).order_by("seq")

        assert [(one.verb, one.from_state, one.to_state) for one in moves] == [
            ("park", "", "PARKED"),
            ("bring_back", "PARKED", "BROUGHT_BACK"),
        ]
        assert moves[0].details["item"] == str(item.pk)
        assert (moves[1].details["both"], moves[1].details["kept"]) == (["title"], ["title"])
        assert list(integrity.problems()) == []

    def test_the_database_keeps_it_as_it_was(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        rows = ParkedText.objects.filter(pk=parked.pk)
        for change in ({"content": "{}"}, {"base": parked.base_id, "parked_by": desk.people.carl}):
            with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
                rows.update(**change)
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            rows.delete()
        bring_back(desk, parked)
        with pytest.raises(DatabaseError, match="parked no more"), transaction.atomic():
            rows.update(state="PARKED")

    def test_the_database_takes_no_text_that_its_writers_did_not_leave(self, desk: Desk, item: ContentItem) -> None:
        parked = park(desk, item)
        bring_back(desk, parked)
        parked.pk, parked.state = None, "PARKED"

        with pytest.raises(IntegrityError, match="as its last contributor left it"), transaction.atomic():
            parked.save(force_insert=True)


def test_a_text_that_was_parked_under_an_older_schema_comes_back_in_todays(
    desk: Desk, item: ContentItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    parked = park(desk, item)
    monkeypatch.setitem(kinds._registry, "specimen", replace(SPECIMEN, schema_version=2, upcasters={1: _in_version_2}))
    Specimen.objects.update(title="Basalt (checked)")  # as a migration changes the rows
    actions.adopt(item=item, person=desk.people.ann)

    assert says(bring_back(desk, parked)) == ("Basalt, half writ (checked)", "Wrong.")


def _in_version_2(content: Json) -> Json:
    return {**content, "title": f"{content['title']} (checked)"}


def _refuse_half(value: str) -> None:
    if "half" in value:
        raise ValidationError("Write it out.")
