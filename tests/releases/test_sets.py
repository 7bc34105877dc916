"""A release as a change set: working copies are put in, submitted together, and enter as what was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api.editorial import actions as editorial
from content_api.editorial.models import Version
from content_api.releases import actions
from content_api.releases.integrity import problems
from content_api.releases.sets import items_of, members_of
from tests.releases.sets import MEDICAL, a_set, refusal, standings, submit
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from tests.situations import Desk


class TestPutIn:
    def test_a_working_copy_waits_in_the_set(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        assert standings(release) == {"One": "to be submitted"}
        refused = refusal(actions.publish, release=release, person=desk.people.pia)
        assert (refused.code, "One (to be submitted)" in refused.message) == ("set-not-ready", True)

    def test_what_was_approved_and_not_changed_goes_in_as_its_version(self, desk: Desk) -> None:
        release = a_set(desk, desk.approved("one").item)
        assert (release.items.count(), members_of(release)) == (1, [])

    def test_what_was_changed_since_its_approval_goes_in_as_a_working_copy(self, desk: Desk) -> None:
        desk.approved("one")
        release = a_set(desk, desk.write("one", title="Better"))
        assert standings(release) == {"Better": "to be submitted"}

    def test_what_is_in_review_goes_in_with_its_version(self, desk: Desk) -> None:
        version = desk.submit(desk.write("one"))
        release = a_set(desk, version.item)
        assert [one.version for one in members_of(release)] == [version]

    def test_a_working_copy_is_in_one_release(self, desk: Desk) -> None:
        item = desk.write("one")
        first = a_set(desk, item, title="First")
        second = actions.open_release(person=desk.people.ann, title="Second")
        refused = refusal(actions.put_in, release=second, items=[item], person=desk.people.ann)
        assert (refused.code, "“First”" in refused.message) == ("in-another-set", True)
        actions.remove(release=first, item=item, person=desk.people.ann)
        actions.put_in(release=second, items=[item], person=desk.people.ann)

    def test_all_of_them_go_in_or_none(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        both = [desk.write("two"), desk.write("one")]
        assert refusal(actions.put_in, release=release, items=both, person=desk.people.ann).code == "already-here"
        assert list(standings(release)) == ["One"]

    def test_is_for_who_composes(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        given: dict[str, Any] = {"release": release, "items": [desk.write("two")]}
        assert refusal(actions.put_in, **given, person=desk.people.mei).code == "not-a-composer"

    def test_what_leaves_is_withdrawn_or_rewritten_and_not_both(self, desk: Desk) -> None:
        desk.publish(desk.approved("one"))
        item = desk.write("one", title="Better")
        release = a_set(desk, item)
        said: dict[str, Any] = {"release": release, "item": item, "reason": "LEGAL", "public_note": "No."}
        assert refusal(actions.add_withdrawal, **said, person=desk.people.pia).code == "published-here"


class TestSubmit:
    def test_sends_everything_to_review_together(self, desk: Desk) -> None:
        base = desk.write("base")
        release = a_set(desk, base, desk.write("top", stands_on=base))
        versions = submit(desk, release)
        assert {one.state for one in versions} == {"IN_REVIEW"}
        assert standings(release) == {"Base": "in review", "Top": "in review"}

    def test_sends_nothing_if_one_cannot_go_and_names_each(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"), desk.write("two", title="Forbidden"), desk.write("three"))
        refused = refusal(actions.submit_set, release=release, person=desk.people.ann, changes={})
        assert refused.code == "set-not-submitted"
        assert [line["detail"][:10] for line in refused.errors] == ["Forbidden:"]
        assert not Version.objects.exists()

    def test_asks_what_changed_in_what_was_approved_before(self, desk: Desk) -> None:
        desk.publish(desk.approved("one"))
        item = desk.write("one", title="Better")
        release = a_set(desk, item, desk.write("new"))
        refused = refusal(actions.submit_set, release=release, person=desk.people.ann, changes={})
        assert (refused.code, "Readers are told what changed" in refused.message) == ("set-not-submitted", True)
        assert {one.change_type for one in submit(desk, release)} == {"FIRST", "WORLD_CHANGED"}

    def test_of_what_is_there_already_is_refused(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        submit(desk, release)
        given: dict[str, Any] = {"release": release, "changes": {}}
        assert refusal(actions.submit_set, **given, person=desk.people.ann).code == "nothing-to-submit"
        assert refusal(actions.submit_set, **given, person=desk.people.pia).code == "not-an-editor"


class TestApproval:
    def test_a_version_enters_the_release_by_itself_when_it_is_approved(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        [version] = submit(desk, release)
        desk.approve(version)
        assert [one.version for one in items_of(release)] == [version]
        assert actions.publish(release=release, person=desk.people.pia).item_count == 1
        assert not release.working_copies.exists()
        assert list(problems()) == []

    def test_what_is_sent_back_stays_and_its_correction_belongs_to_the_set(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        [version] = submit(desk, release)
        desk.send_back(version)
        assert standings(release) == {"One": "needs rewriting"}
        desk.write("one", title="Better")
        [again] = submit(desk, release)
        desk.approve(again)
        assert actions.publish(release=release, person=desk.people.pia).published[0]["version"] == 1

    def test_a_confirmation_of_an_item_in_the_set_does_not_stand_for_its_working_copy(self, desk: Desk) -> None:
        desk.publish(desk.approved("one"))
        release = a_set(desk, desk.write("one", title="Better"))
        said: dict[str, Any] = {"source": desk.source(), "note": "Still so.", "role": MEDICAL}
        editorial.confirm(item=Specimen.objects.get(slug="one").item, person=desk.people.mei, **said)
        assert standings(release) == {"Better": "to be submitted"}
