"""What a release does to the texts that it does not hold, and who must have read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.impact import impact_of
from tests.releases.reading import body, live

if TYPE_CHECKING:
    from tests.situations import Desk


class TestUnchangedTexts:
    def test_keep_their_edition(self, desk: Desk) -> None:
        stays = desk.approved("stays")
        desk.publish(stays)
        before = live(stays.item).pk
        desk.publish(desk.approved("other"))
        assert live(stays.item).pk == before


class TestTextsThatReferToOthers:
    def test_are_rendered_again_when_what_they_name_changes_its_name(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        top = desk.approved("top", stands_on=base.item)
        desk.publish(base, top)
        desk.publish(desk.approved("base", title="Renamed"))
        edition = live(top.item)
        assert (edition.cause, edition.version) == ("RERENDER", 1)
        assert body(top.item)["stands_on"]["name"] == "Renamed"
        assert body(top.item)["change"] == {"type": "EDITORIAL", "note": "Follows from: Renamed."}

    def test_a_set_changes_when_a_member_appears_that_did_not_exist_when_it_was_written(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        assert body(base.item)["carries"] == []
        newcomer = desk.approved("newcomer", stands_on=base.item)
        release = desk.compose(newcomer)
        impact = impact_of(release)
        assert [(row.slug, row.needs_sign_off) for row in impact.rows] == [("base", True)]
        desk.sign(release)
        actions.publish(release=release, person=desk.people.pia)
        assert [one["slug"] for one in body(base.item)["carries"]] == ["newcomer"]

    def test_a_set_changes_when_a_member_leaves_or_changes(self, desk: Desk) -> None:
        base = desk.approved("base")
        top = desk.approved("top", stands_on=base.item, shade="PALE")
        desk.publish(base, top)
        desk.publish(desk.approved("top", shade="DARK"))
        assert body(base.item)["carries"][0]["shade"] == "DARK"
        desk.withdraw(top.item)
        assert body(base.item)["carries"] == []

    def test_items_that_refer_to_each_other_go_out_together(self, desk: Desk) -> None:
        one, two = desk.write("one"), desk.write("two")
        desk.write("one", cites=[two])
        desk.write("two", cites=[one])
        desk.publish(*[desk.approve(version) for version in (desk.submit(one), desk.submit(two))])
        assert body(one)["cites"][0]["slug"] == "two"
        assert body(two)["cites"][0]["slug"] == "one"

    def test_a_reference_to_what_is_not_live_is_refused_and_named(self, desk: Desk) -> None:
        base = desk.write("base")
        top = desk.approved("top", stands_on=base)
        with pytest.raises(
            Refused, match="The specimen “top” refers to something that is not live: the specimen at /stands_on"
        ):
            desk.publish(top)


class TestImpact:
    def test_is_signed_off_by_somebody_who_made_nothing_of_the_release(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        writer = desk.people.make("anna", "Editor", "Medical reviewer")
        newcomer = desk.approve(desk.submit(desk.write("newcomer", stands_on=base.item, by=writer)))
        release = desk.compose(newcomer)
        with pytest.raises(Refused, match="wait for a sign-off by: Medical reviewer"):
            actions.publish(release=release, person=desk.people.pia)
        impact = impact_of(release)
        call: dict[str, Any] = {"release": release, "role": "Medical reviewer", "impact_sha256": impact.sha256}
        with pytest.raises(Refused, match="You contributed to a text"):
            actions.sign_off(person=writer, **call)
        with pytest.raises(Refused, match="do not have that role"):
            actions.sign_off(person=desk.people.ada, **call)
        with pytest.raises(Refused, match="not the one you were shown"):
            actions.sign_off(person=desk.people.mei, **{**call, "impact_sha256": "sha256:" + "0" * 64})
        actions.sign_off(person=desk.people.mei, **call)
        actions.publish(release=release, person=desk.people.pia)
        assert body(base.item)["reviewed_by"][0]["name"] == "Mei Example"

    def test_a_changed_list_voids_the_sign_off(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        release = desk.compose(desk.approved("newcomer", stands_on=base.item))
        desk.sign(release)
        more = desk.approved("another", stands_on=base.item)
        actions.add_version(release=release, version=more, person=desk.people.ann)
        with pytest.raises(Refused, match="sign-off"):
            actions.publish(release=release, person=desk.people.pia)

    def test_an_entering_text_that_reads_otherwise_than_it_was_approved_is_in_it(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        changed = desk.approved("base", title="Base II")
        desk.publish(desk.approved("newcomer", stands_on=base.item))
        rows = impact_of(desk.compose(changed)).rows
        assert [(row.slug, row.needs_sign_off) for row in rows if row.slug == "base"] == [("base", True)]
