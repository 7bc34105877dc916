"""Submit, recall, approve, request changes, confirm, restore: who may, who may not, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction

from content_api import shapes
from content_api.editorial import actions, audit, queries
from content_api.editorial.models import Review, State, Transition, Version, VersionContributor
from content_api.refusals import Refused
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.situations import Desk

MEDICAL = "Medical reviewer"


def refusal(call: object, /, **arguments: object) -> str:
    """Return the code with which a call is refused."""
    with pytest.raises(Refused) as refused:
        call(**arguments)  # type: ignore[operator]
    assert refused.value.message[-1] in ".!", "a refusal is a sentence"
    return refused.value.code


class TestSubmitting:
    def test_freezes_the_working_copy_with_its_contributors(self, desk: Desk) -> None:
        item = desk.write("basalt", title="Basalt")
        desk.write("basalt", title="Basalt, dark", by=desk.people.carl)
        version = desk.submit(item)
        desk.write("basalt", title="Something else")
        assert queries.content_of(version)["title"] == "Basalt, dark"
        assert version.state == State.IN_REVIEW
        writers = {one.person for one in version.contributors.all()}
        assert writers == {desk.people.ann, desk.people.carl}

    def test_is_for_editors(self, desk: Desk) -> None:
        item = desk.write("basalt")
        for person in (desk.people.mei, desk.people.pia, desk.people.ada):
            assert refusal(actions.submit, item=item, person=person) == "not-an-editor"

    def test_refuses_a_second_open_review(self, desk: Desk) -> None:
        item = desk.write("basalt")
        desk.submit(item)
        desk.write("basalt", title="More")
        assert refusal(actions.submit, item=item, person=desk.people.ann) == "already-in-review"

    def test_refuses_what_was_changed_behind_the_application_until_it_is_adopted(self, desk: Desk) -> None:
        item = desk.write("basalt")
        Specimen.objects.filter(slug="basalt").update(title="Who wrote this?")
        assert refusal(actions.submit, item=item, person=desk.people.ann) == "changed-behind"
        actions.adopt(item=item, person=desk.people.carl)
        version = desk.submit(item)
        assert version.contributors.filter(person=desk.people.carl).exists()

    def test_refuses_errors_and_passes_warnings_to_the_reviewer(self, desk: Desk) -> None:
        item = desk.write("basalt", title="Forbidden basalt")
        with pytest.raises(Refused) as refused:
            desk.submit(item)
        assert refused.value.errors == [{"pointer": "/title", "detail": "A title may not say forbidden."}]
        version = desk.submit(desk.write("basalt", title="Basalt"))
        assert [one["code"] for one in version.findings] == ["no-note"]

    def test_refuses_prose_that_readers_must_not_get(self, desk: Desk) -> None:
        item = desk.write("basalt", note="See <script>alert(1)</script>")
        assert refusal(actions.submit, item=item, person=desk.people.ann) == "checks-failed"

    def test_asks_what_changed_from_the_second_version_on(self, desk: Desk) -> None:
        item = desk.approved("basalt").item
        desk.write("basalt", title="Basalt again")
        assert refusal(actions.submit, item=item, person=desk.people.ann) == "change-missing"
        assert desk.submit(item).change_type == "EDITORIAL"

    def test_refuses_when_nothing_changed(self, desk: Desk) -> None:
        item = desk.approved("basalt").item
        call = {"item": item, "person": desk.people.ann, "change_type": "EDITORIAL", "change_note": "No."}
        assert refusal(actions.submit, **call) == "nothing-changed"


class TestFourEyes:
    def test_ann_writes_is_sent_back_and_carl_fixes_a_comma_so_ann_may_not_approve(self, desk: Desk) -> None:
        ann = desk.people.make("anna", "Editor", MEDICAL)
        desk.send_back(desk.submit(desk.write("basalt", by=ann), by=ann))
        version = desk.submit(desk.write("basalt", title="Basalt,", by=desk.people.carl), by=desk.people.carl)
        shown = queries.shown(version)
        hashes = {"content_sha256": shown.content_sha256, "substance_sha256": shown.substance_sha256}
        assert refusal(actions.approve, version=version, person=ann, role=MEDICAL, **hashes) == "own-text"
        with pytest.raises(DatabaseError, match="nobody approves what they wrote"), transaction.atomic():
            Review.objects.create(
                version=version,
                reviewer=ann,
                role=MEDICAL,
                verdict="APPROVED",
                substance="{}",
                at=version.submitted_at,
                **hashes,
            )
        assert desk.approve(version).state == State.APPROVED

    def test_a_superuser_is_not_exempt(self, desk: Desk) -> None:
        version = desk.submit(desk.write("basalt"))
        shown = queries.shown(version)
        call = {"version": version, "role": MEDICAL, "content_sha256": shown.content_sha256}
        call["substance_sha256"] = shown.substance_sha256
        assert refusal(actions.approve, person=desk.people.ada, **call) == "not-in-role"

    def test_somebody_deactivated_may_do_nothing(self, desk: Desk) -> None:
        version = desk.submit(desk.write("basalt"))
        desk.people.mei.is_active = False
        desk.people.mei.save()
        with pytest.raises(Refused, match="You do not have that role"):
            desk.approve(version)

    def test_the_contributors_of_an_approved_version_are_free_again(self, desk: Desk) -> None:
        both = desk.people.make("anna", "Editor", MEDICAL)
        desk.approve(desk.submit(desk.write("basalt", by=both)))
        version = desk.submit(desk.write("basalt", title="Basalt II", by=desk.people.carl))
        assert desk.approve(version, by=both).state == State.APPROVED

    def test_restoring_brings_the_old_writers_back(self, desk: Desk) -> None:
        both = desk.people.make("anna", "Editor", MEDICAL)
        first = desk.approve(desk.submit(desk.write("basalt", title="Old", by=both)))
        desk.approve(desk.submit(desk.write("basalt", title="New", by=desk.people.carl)))
        actions.restore(version=first, person=desk.people.carl)
        version = desk.submit(first.item)
        assert queries.content_of(version)["title"] == "Old"
        with pytest.raises(Refused, match="somebody else must approve"):
            desk.approve(version, by=both)

    def test_who_contributed_is_settled_at_submission(self, desk: Desk) -> None:
        version = desk.submit(desk.write("basalt"))
        with pytest.raises(DatabaseError, match="settled when it is submitted"), transaction.atomic():
            VersionContributor.objects.create(version=version, person=desk.people.mei)
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            version.contributors.all().delete()


class TestVerdicts:
    def test_an_approval_is_of_the_text_that_was_shown(self, desk: Desk) -> None:
        version = desk.submit(desk.write("basalt"))
        shown = queries.shown(version)
        call = {"version": version, "person": desk.people.mei, "role": MEDICAL}
        other = "sha256:" + "0" * 64
        wrong_text = {"content_sha256": other, "substance_sha256": shown.substance_sha256}
        wrong_reading = {"content_sha256": shown.content_sha256, "substance_sha256": other}
        assert refusal(actions.approve, **call, **wrong_text) == "not-what-was-shown"
        assert refusal(actions.approve, **call, **wrong_reading) == "not-what-was-shown"
        assert desk.approve(version).reviews.get().substance == shown.rendering.canonical

    def test_a_verdict_keeps_the_name_of_the_day(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.people.mei.last_name = "Married"
        desk.people.mei.save()
        review = version.reviews.get()
        assert (review.reviewer_name, review.reviewer_credentials) == ("Mei Example", "MD, medical oncology")

    def test_requesting_changes_says_what_and_ends_the_version(self, desk: Desk) -> None:
        version = desk.submit(desk.write("basalt"))
        with pytest.raises(Refused, match="Say what must change"):
            desk.send_back(version, comment="  ")
        desk.send_back(version)
        assert version.state == State.CHANGES_REQUESTED
        with pytest.raises(Refused, match="waits for no verdict"):
            desk.approve(version)

    def test_recall_is_for_the_submitter_and_after_approval_for_a_reviewer(self, desk: Desk) -> None:
        version = desk.submit(desk.write("basalt"))
        assert refusal(actions.recall, version=version, person=desk.people.carl) == "not-the-submitter"
        assert actions.recall(version=version, person=desk.people.ann).state == State.RECALLED
        assert refusal(actions.recall, version=version, person=desk.people.ann) == "not-open"
        approved = desk.approve(desk.submit(version.item))
        assert refusal(actions.recall, version=approved, person=desk.people.ann) == "not-a-reviewer"
        assert actions.recall(version=approved, person=desk.people.rui).state == State.RECALLED

    def test_what_went_out_is_not_recalled(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        assert refusal(actions.recall, version=version, person=desk.people.rui) == "already-out"
        with pytest.raises(DatabaseError, match="stays approved"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(state="RECALLED")


class TestConfirming:
    def test_says_of_the_live_text_that_it_still_holds(self, desk: Desk) -> None:
        source = desk.source()
        live = desk.approved("basalt")
        desk.publish(live)
        confirmed = actions.confirm(
            item=live.item, person=desk.people.mei, role=MEDICAL, source=source, note="Still dark."
        )
        assert (confirmed.state, confirmed.change_type) == (State.APPROVED, "CONFIRMED")
        assert confirmed.content == live.content

    def test_leaves_unapproved_writers_contributors(self, desk: Desk) -> None:
        both = desk.people.make("anna", "Editor", MEDICAL)
        live = desk.approved("basalt")
        desk.publish(live)
        desk.write("basalt", title="Half written", by=both)
        actions.confirm(item=live.item, person=desk.people.mei, role=MEDICAL, source=desk.source(), note="Yes.")
        with pytest.raises(Refused, match="somebody else must approve"):
            desk.approve(desk.submit(live.item), by=both)

    def test_is_refused_for_what_is_not_out(self, desk: Desk) -> None:
        item = desk.write("basalt")
        call = {"item": item, "person": desk.people.mei, "role": MEDICAL, "source": desk.source(), "note": "Yes."}
        assert refusal(actions.confirm, **call) == "never-approved"
        desk.approve(desk.submit(item))
        assert refusal(actions.confirm, **call) == "not-live"


class TestSnapshots:
    def test_restoring_a_snapshot_gives_the_same_snapshot(self, desk: Desk) -> None:
        base = desk.write("base")
        item = desk.write(
            "basalt",
            note="*Dark*",
            stands_on=base,
            cites=[base],
            marks=[
                {"key": "b", "text": "B", "seen_with": str(base.pk)},
                {"key": "a", "text": "A", "seen_with": str(base.pk)},
            ],
        )
        before = queries.draft(item)
        desk.write("basalt", note="", stands_on=None, cites=[], marks=[])
        shapes.restore(queries.working_copy(item), before)
        assert queries.draft(item) == before
        assert [mark["key"] for mark in before["marks"]] == ["b", "a"], "rows keep the editors' order"


class TestTheTrail:
    def test_every_move_leaves_a_row_that_carries_the_hash_of_the_one_before(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        rows = list(Transition.objects.order_by("seq"))
        assert [(row.verb, row.from_state, row.to_state) for row in rows] == [
            ("submit", "", "IN_REVIEW"),
            ("approve", "IN_REVIEW", "APPROVED"),
        ]
        assert rows[1].previous_hash == rows[0].hash
        assert {row.subject_sha256 for row in rows} == {version.content_sha256}
        assert audit.first_bad_row() is None

    def test_a_changed_row_is_named(self, desk: Desk, guards_lifted: None) -> None:
        desk.approved("basalt")
        Transition.objects.filter(seq=1).update(verb="forged")
        assert audit.first_bad_row() == (1, "its content is not what its hash says")

    def test_no_row_can_be_changed_or_taken_out(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        statements: list[Callable[[], object]] = [
            lambda: Transition.objects.filter(seq=1).update(verb="forged"),
            lambda: Transition.objects.filter(seq=2).delete(),
            lambda: Version.objects.filter(pk=version.pk).update(content="{}"),
            lambda: Version.objects.filter(pk=version.pk).update(state="IN_REVIEW"),
            lambda: Review.objects.filter(version=version).update(comment="Fine."),
            lambda: Review.objects.filter(version=version).delete(),
        ]
        for statement in statements:
            with pytest.raises(DatabaseError), transaction.atomic():
                statement()
