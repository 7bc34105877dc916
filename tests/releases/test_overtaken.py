"""What happened to an item after its version was approved: it was taken down, or something newer is live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from content_api.editorial import actions as editorial
from content_api.editorial.models import Transition, Version
from content_api.releases import actions
from tests.releases.reading import body
from tests.releases.sets import MEDICAL, refusal, submit
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    import pytest

    from content_api.releases.models import Release
    from tests.situations import Desk


class TestTakenDownSince:
    def test_what_was_taken_down_after_its_approval_is_approved_anew(self, desk: Desk) -> None:
        desk.publish(desk.approved("one"))
        waiting = desk.approved("one", title="Better")
        release = desk.compose(waiting)
        desk.withdraw(waiting.item)
        refused = refusal(actions.publish, release=release, person=desk.people.pia)
        assert (refused.code, "release 2" in refused.message) == ("taken-down-since", True)
        other = actions.open_release(person=desk.people.ann, title="Other")
        given: dict[str, Any] = {"version": waiting, "person": desk.people.ann}
        assert refusal(actions.add_version, release=other, **given).code == "taken-down-since"
        anew = desk.approve(desk.submit(waiting.item))
        assert desk.publish(anew).number == 3

    def test_a_confirmation_that_waits_is_refused_too(self, desk: Desk) -> None:
        version = desk.approved("one")
        desk.publish(version)
        said: dict[str, Any] = {"source": desk.source(), "note": "Still so.", "role": MEDICAL}
        confirmed = editorial.confirm(item=version.item, person=desk.people.mei, **said)
        release = desk.compose(confirmed)
        actions.pull(item=version.item, person=desk.people.mei, reason="SAFETY", public_note="It harms.")
        assert refusal(actions.publish, release=release, person=desk.people.pia).code == "taken-down-since"


class TestRebase:
    def overtaken(self, desk: Desk) -> tuple[Release, Version]:
        """Return a release with a version that said one thing, and that another one overtook which says another."""
        desk.publish(old := desk.approved("one", title="Old", note="Old."))
        held = desk.approved("one", note="Mine.")
        release = desk.compose(held)
        editorial.restore(version=old, person=desk.people.carl)
        desk.publish(desk.approved("one", title="Theirs"))
        return release, held

    def test_merges_what_is_live_with_what_the_version_changed(self, desk: Desk) -> None:
        release, held = self.overtaken(desk)
        assert refusal(actions.publish, release=release, person=desk.people.pia).code == "newer-is-live"
        assert actions.rebase(release=release, item=held.item, person=desk.people.ann) == []
        row = Specimen.objects.get(slug="one")
        assert (row.title, row.note) == ("Theirs", "Mine.")
        [again] = submit(desk, release)
        desk.approve(again)
        actions.publish(release=release, person=desk.people.pia)
        assert body(held.item)["note_markdown"] == "Mine."

    def test_keeps_what_is_live_where_both_changed_and_says_so(self, desk: Desk) -> None:
        desk.publish(old := desk.approved("one", title="Old", note="Old."))
        held = desk.approved("one", title="Mine", note="Mine.")
        release = desk.compose(held)
        editorial.restore(version=old, person=desk.people.carl)
        desk.publish(desk.approved("one", title="Theirs"))
        assert actions.rebase(release=release, item=held.item, person=desk.people.ann) == ["title"]
        row = Specimen.objects.get(slug="one")
        assert (row.title, row.note) == ("Theirs", "Mine.")

    def test_is_refused_where_the_two_make_no_valid_text(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        release, held = self.overtaken(desk)
        monkeypatch.setattr(Specimen._meta.get_field("note"), "validators", [_refuse_mine])

        refused = refusal(actions.rebase, release=release, item=held.item, person=desk.people.ann)

        assert (refused.code, "Nothing of mine." in refused.message) == ("no-valid-text", True)
        assert (Specimen.objects.get(slug="one").note, release.items.count()) == ("Old.", 1)

    def test_who_wrote_the_version_counts_again(self, desk: Desk) -> None:
        release, held = self.overtaken(desk)
        actions.rebase(release=release, item=held.item, person=desk.people.carl)
        [again] = submit(desk, release)
        assert set(again.contributors.values_list("person__username", flat=True)) == {"ann", "carl"}

    def test_loses_no_work_that_nobody_submitted(self, desk: Desk) -> None:
        release, held = self.overtaken(desk)
        desk.write("one", title="Half")
        refused = refusal(actions.rebase, release=release, item=held.item, person=desk.people.ann)
        assert refused.code == "unsubmitted-work"
        assert release.items.count() == 1

    def test_is_refused_where_nothing_is_newer_or_nothing_is_left(self, desk: Desk) -> None:
        release = desk.compose(held := desk.approved("one"))
        ann = desk.people.ann
        assert refusal(actions.rebase, release=release, item=held.item, person=ann).code == "nothing-newer"
        assert refusal(actions.rebase, release=release, item=desk.write("x"), person=ann).code == "not-here"
        desk.publish(held)  # with another release
        assert refusal(actions.rebase, release=release, item=held.item, person=ann).code == "nothing-newer"
        desk.publish(desk.approved("one", title="Newer"))
        assert refusal(actions.rebase, release=release, item=held.item, person=ann).code == "nothing-left"


class TestOneClick:
    def test_publishes_one_version_that_changes_nothing_else(self, desk: Desk) -> None:
        version = desk.approved("one")
        given: dict[str, Any] = {"version": version}
        assert refusal(actions.publish_version, **given, person=desk.people.ann).code == "not-a-publisher"
        published = actions.publish_version(**given, person=desk.people.pia)
        assert (published.number, published.title) == (1, "One")

    def test_leaves_nothing_behind_where_others_must_read_first(self, desk: Desk) -> None:
        desk.publish(base := desk.approved("base"))
        version = desk.approved("new", stands_on=base.item)
        before = Transition.objects.count()
        refused = refusal(actions.publish_version, version=version, person=desk.people.pia)
        assert refused.code == "impact-not-signed-off"
        assert (version.release_items.count(), Transition.objects.count()) == (0, before)


def _refuse_mine(value: str) -> None:
    if value == "Mine.":
        msg = "Nothing of mine."
        raise ValidationError(msg)
