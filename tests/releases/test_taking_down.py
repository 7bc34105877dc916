"""Withdrawing and pulling, and that everything agrees afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from django.db import DatabaseError, transaction

from content_api.editions.models import Edition, EditionReference, OpenPull, Redaction, Tombstone
from content_api.refusals import Refused
from content_api.releases import actions, integrity
from content_api.releases.models import PullConfirmation, Release
from tests.releases.reading import body, live

if TYPE_CHECKING:
    from tests.situations import Desk


class TestWithdrawing:
    def test_leaves_a_tombstone_and_drops_the_reference(self, desk: Desk) -> None:
        cited = desk.approved("cited")
        text = desk.approved("text", cites=[cited.item])
        desk.publish(cited, text)
        release = desk.withdraw(cited.item, public_note="Superseded.")
        tombstone = Tombstone.objects.get(content_id=cited.item_id)
        assert (tombstone.release_id, tombstone.public_note) == (release.number, "Superseded.")
        assert body(text.item)["cites"] == []
        assert not Edition.objects.filter(content_id=cited.item_id, until_release=None).exists()

    def test_takes_what_makes_no_sense_without_it(self, desk: Desk) -> None:
        base = desk.approved("base")
        top = desk.approved("top", stands_on=base.item)
        desk.publish(base, top)
        release = desk.withdraw(base.item)
        assert {one["slug"] for one in release.withdrawn} == {"base", "top"}

    def test_drops_a_child_row_that_is_nothing_without_its_reference(self, desk: Desk) -> None:
        seen = desk.approved("seen")
        text = desk.approved("text", marks=[{"key": "m", "text": "M", "seen_with": str(seen.item_id)}])
        desk.publish(seen, text)
        desk.withdraw(seen.item)
        assert body(text.item)["marks"] == []

    def test_needs_a_publisher_a_reason_a_note_and_what_replaces_it(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        release = actions.open_release(person=desk.people.ann, title="Down")
        call: dict[str, Any] = {"release": release, "item": version.item, "reason": "OUTDATED", "public_note": "Old."}
        with pytest.raises(Refused, match="Only a publisher"):
            actions.add_withdrawal(person=desk.people.ann, **call)
        for wrong in ({"public_note": " "}, {"reason": "BOREDOM"}, {"partner_action": "REPLACE"}):
            with pytest.raises(Refused):
                actions.add_withdrawal(person=desk.people.pia, **{**call, **wrong})

    def test_what_was_withdrawn_comes_back_as_a_new_version(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        desk.withdraw(version.item)
        with pytest.raises(Refused, match="went out before"):
            desk.compose(version)
        again = desk.approve(desk.submit(version.item, change="CORRECTION"))
        desk.publish(again)
        assert body(version.item)["version"] == 2


class TestPulling:
    def test_takes_one_person_and_redacts_every_edition_that_showed_it(self, desk: Desk) -> None:
        cited = desk.approved("cited", title="Wrong")
        text = desk.approved("text", cites=[cited.item])
        desk.publish(cited, text)
        release = actions.pull(
            item=cited.item, person=desk.people.mei, reason="ENTERED_IN_ERROR", public_note="It was never so."
        )
        redacted = set(Redaction.objects.values_list("edition__slug", "edition__from_release"))
        assert redacted == {("cited", 1), ("text", 1)}
        assert body(text.item)["cites"] == []
        assert body(text.item)["release"] == release.number

    def test_is_confirmed_by_a_second_person(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        actions.pull(item=version.item, person=desk.people.mei, reason="SAFETY", public_note="Not safe.")
        release = Release.objects.get(is_pull=True)
        with pytest.raises(Refused, match="A second person"):
            actions.confirm_pull(release=release, person=desk.people.mei)
        with pytest.raises(DatabaseError, match="a second person"), transaction.atomic():
            PullConfirmation.objects.create(release=release, person=desk.people.mei, at=release.created_at)
        actions.confirm_pull(release=release, person=desk.people.rui)
        with pytest.raises(Refused, match="confirmed already"):
            actions.confirm_pull(release=release, person=desk.people.pia)

    def test_keeps_what_it_showed_and_was_found_by_until_it_is_confirmed(self, desk: Desk) -> None:
        """A set that it belonged to says meanwhile that something in it is being corrected."""
        version = desk.approved("unsafe", shade="DARK")
        desk.publish(version)
        card = Edition.objects.get(content_id=version.item_id).card
        pulled = actions.pull(item=version.item, person=desk.people.mei, reason="SAFETY", public_note="Unsafe.")

        kept = OpenPull.objects.get(content_id=version.item_id)
        assert orjson.loads(kept.card) == orjson.loads(card)
        assert kept.facets["shade"] == ["DARK"]
        assert (kept.from_release_id, kept.until_release_id) == (pulled.number, None)

    def test_is_not_for_editors_nor_for_reasons_that_can_wait(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        with pytest.raises(Refused, match="Only a reviewer or a publisher"):
            actions.pull(item=version.item, person=desk.people.ann, reason="SAFETY", public_note="No.")
        with pytest.raises(Refused, match="Withdraw it in a release"):
            actions.pull(item=version.item, person=desk.people.mei, reason="OUTDATED", public_note="No.")


class TestIntegrity:
    def test_everything_agrees_after_a_long_story(self, desk: Desk) -> None:
        base = desk.approved("base")
        top = desk.approved("top", stands_on=base.item)
        desk.publish(base, top)
        desk.publish(desk.approved("base", title="Base II"))
        actions.pull(item=top.item, person=desk.people.mei, reason="LEGAL", public_note="A court said so.")
        desk.publish(desk.approve(desk.submit(top.item, change="CORRECTION")))
        assert list(integrity.problems()) == []

    def test_a_changed_byte_is_found_and_named(self, desk: Desk, guards_lifted: None) -> None:
        version = desk.approved("basalt", title="Basalt")
        desk.publish(version)
        edition = live(version.item)
        Edition.objects.filter(pk=edition.pk).update(body=edition.body.replace("Basalt", "Bassalt"))
        found = [one for one in integrity.editions() if f"Edition {edition.pk}" in one]
        assert found == [f"Edition {edition.pk} ({edition}): its bytes are not what its checksum says."]

    def test_indexes_can_be_made_again(self, desk: Desk) -> None:
        base = desk.approved("base")
        top = desk.approved("top", stands_on=base.item)
        desk.publish(base, top)
        EditionReference.objects.all().delete()
        assert len(list(integrity.indexes())) == 2
        for edition in Edition.objects.all():
            integrity.rebuild_index(edition)
        assert list(integrity.indexes()) == []
