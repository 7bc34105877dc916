"""A set is judged as a whole: one verdict for its versions and for what they change elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.editorial.models import Transition, Version
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.impact import impact_of, reading_of
from content_api.releases.integrity import problems
from content_api.releases.models import Mark, SetVerdict
from content_api.releases.sets import Judgment
from tests.releases.reading import body
from tests.releases.sets import MEDICAL, REGULATORY, a_set, judge, refusal, standings, submit

if TYPE_CHECKING:
    from tests.situations import Desk


class TestReview:
    def test_one_verdict_approves_all_and_is_the_sign_off(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        new = desk.write("new", stands_on=base.item)
        release = a_set(desk, new, desk.write("other", cites=[new]))
        submit(desk, release)
        [row] = impact_of(release).rows
        assert (row.slug, row.needs_sign_off) == ("base", True)
        verdict = judge(release, desk.people.mei)
        assert (len(verdict.reviews), verdict.marks) == (2, {str(base.item_id): "READS_RIGHT"})
        assert release.sign_offs.get().impact_sha256 == verdict.impact_sha256
        assert not release.working_copies.exists()
        actions.publish(release=release, person=desk.people.pia)
        assert [one["slug"] for one in body(base.item)["carries"]] == ["new"]
        assert list(problems()) == []

    def test_each_is_read_as_it_will_read_with_the_others(self, desk: Desk) -> None:
        """Read one by one, the second would be read beside the first one's old name, and be asked for again."""
        first = desk.approved("first", title="Old")
        desk.publish(first, desk.approved("second", cites=[first.item]))
        items = [desk.write("first", title="New"), desk.write("second", note="More.")]
        release = a_set(desk, *items)
        submit(desk, release)
        judge(release, desk.people.mei)
        second = Version.objects.get(item=items[1], number=2)
        assert '"name":"New"' in second.reviews.get().substance
        assert actions.publish(release=release, person=desk.people.pia).number == 2

    def test_is_bound_to_what_was_shown(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        submit(desk, release)
        reading = reading_of(release)
        actions.put_in(release=release, items=[desk.submit(desk.write("two")).item], person=desk.people.ann)
        given: dict[str, Any] = {"person": desk.people.mei, "role": MEDICAL, "marks": {}, "judgments": {}}
        old, now = reading.impact.sha256, impact_of(release).sha256
        refused = refusal(actions.review_set, release=release, **given, impact_sha256=old)
        assert refused.code == "not-what-was-shown"
        assert refusal(actions.review_set, release=release, **given, impact_sha256=now).code == "nothing-judged"

    def test_a_text_of_the_set_that_changed_since_is_refused(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        [version] = submit(desk, release)
        shown = reading_of(release).shown(version)
        other = Judgment("APPROVED", shown.content_sha256, "sha256:0")
        given: dict[str, Any] = {"role": MEDICAL, "marks": {}, "impact_sha256": impact_of(release).sha256}
        judgments = {str(version.pk): other}
        refused = refusal(actions.review_set, release=release, person=desk.people.mei, judgments=judgments, **given)
        assert refused.code == "not-what-was-shown"
        assert not SetVerdict.objects.exists()
        assert not version.reviews.exists()

    def test_who_wrote_one_text_judges_the_others_and_signs_nothing(self, desk: Desk) -> None:
        desk.publish(base := desk.approved("base"))
        eve = desk.people.make("eve", "Editor", MEDICAL, credentials="MD")
        mine, others = desk.write("mine", by=eve), desk.write("others", stands_on=base.item)
        release = a_set(desk, mine, others)
        versions = {one.item_id: one for one in submit(desk, release)}
        with pytest.raises(Refused) as refused:
            judge(release, eve)
        assert refused.value.code == "own-text"
        judge(release, eve, only=[versions[others.pk]])
        assert standings(release) == {"Mine": "in review"}
        assert not release.sign_offs.exists()
        assert refusal(actions.publish, release=release, person=desk.people.pia).code == "set-not-ready"
        judge(release, desk.people.mei)
        assert actions.publish(release=release, person=desk.people.pia).number == 2

    def test_what_another_reviewer_judged_meanwhile_is_not_judged_again(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        [version] = submit(desk, release)
        shown = reading_of(release).shown(version)
        judge(release, desk.people.mei)
        eve = desk.people.make("eve", MEDICAL, credentials="MD")
        judgments = {str(version.pk): Judgment("APPROVED", shown.content_sha256, shown.substance_sha256)}
        given: dict[str, Any] = {"role": MEDICAL, "marks": {}, "impact_sha256": impact_of(release).sha256}
        refused = refusal(actions.review_set, release=release, person=eve, judgments=judgments, **given)
        assert (refused.code, version.reviews.count()) == ("not-in-review", 1)

    def test_every_text_of_the_impact_is_marked(self, desk: Desk) -> None:
        desk.publish(base := desk.approved("base"))
        release = a_set(desk, desk.write("new", stands_on=base.item))
        submit(desk, release)
        given: dict[str, Any] = {"role": MEDICAL, "judgments": {}, "impact_sha256": impact_of(release).sha256}
        mei = desk.people.mei
        assert refusal(actions.review_set, release=release, person=mei, marks={}, **given).code == "row-not-marked"
        strange = {str(base.item_id): "READS_RIGHT", str(desk.write("x").pk): "READS_RIGHT"}
        refused = refusal(actions.review_set, release=release, person=mei, marks=strange, **given)
        assert refused.code == "not-what-was-shown"

    def test_what_needs_rewriting_joins_the_set_and_nothing_is_signed(self, desk: Desk) -> None:
        desk.publish(base := desk.approved("base"))
        release = a_set(desk, desk.write("new", stands_on=base.item))
        submit(desk, release)
        judge(release, desk.people.mei, marks={str(base.item_id): Mark.NEEDS_REWRITING})
        assert standings(release) == {"Base": "to be submitted"}
        assert not release.sign_offs.exists()
        desk.write("base", note="It carries something new.")
        submit(desk, release)
        judge(release, desk.people.mei)
        actions.publish(release=release, person=desk.people.pia)
        assert body(base.item)["version"] == 2

    @pytest.mark.parametrize(("mark", "standing"), [("NEEDS_REWRITING", {"A": "to be submitted"}), ("READS_RIGHT", {})])
    def test_an_approved_text_that_needs_rewriting_makes_room_for_its_working_copy(
        self, desk: Desk, mark: str, standing: dict[str, str]
    ) -> None:
        desk.publish(base := desk.approved("base", title="Old"))
        approved = desk.approved("a", cites=[base.item])
        release = a_set(desk, desk.write("base", title="New"))
        actions.add_version(release=release, version=approved, person=desk.people.ann)
        submit(desk, release)
        stands_on_it = {row.content_id for row in impact_of(release).rows}
        assert str(approved.item_id) in stands_on_it, "it was approved beside the old name"
        judge(release, desk.people.mei, marks=dict.fromkeys(stands_on_it, Mark(mark)))
        approved.refresh_from_db()
        assert standings(release) == standing
        assert release.items.filter(version=approved).exists() == (mark == "READS_RIGHT")
        assert approved.state == "APPROVED"

    def test_two_roles_give_a_verdict_each(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        submit(desk, release)
        with pytest.raises(Refused) as refused:
            judge(release, desk.people.mei, REGULATORY)
        assert refused.value.code == "not-in-role"
        judge(release, desk.people.mei)
        assert [one.role for one in release.verdicts.all()] == [MEDICAL]

    def test_a_sign_off_by_who_wrote_in_the_set_afterwards_does_not_count(self, desk: Desk) -> None:
        desk.publish(base := desk.approved("base"))
        eve = desk.people.make("eve", "Editor", MEDICAL, credentials="MD")
        item = desk.write("new", stands_on=base.item)
        release = a_set(desk, item)
        submit(desk, release)
        judge(release, eve)
        assert release.sign_offs.count() == 1
        actions.remove(release=release, item=item, person=eve)
        actions.put_in(release=release, items=[item], person=eve)
        assert refusal(actions.publish, release=release, person=desk.people.pia).code == "impact-not-signed-off"
        desk.sign(release)
        assert actions.publish(release=release, person=desk.people.pia).number == 2

    def test_is_written_into_the_trail(self, desk: Desk) -> None:
        release = a_set(desk, desk.write("one"))
        submit(desk, release)
        judge(release, desk.people.mei)
        verbs = (
            Transition.objects.filter(subject=f"release:{release.pk}").order_by("seq").values_list("verb", flat=True)
        )
        assert list(verbs) == ["open", "submit_set", "review_set"]
