"""Publishing: whole or not at all, closed, chained, and costing what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from content_api.canonical_json import sha256
from content_api.editions.models import Edition, EditionReference, PublishedRelease, Redaction, Tombstone
from content_api.editorial import actions as editorial
from content_api.refusals import Refused
from content_api.releases import actions, integrity, publishing
from content_api.releases.impact import impact_of
from content_api.releases.models import Release, ReleaseCounter, ReleaseItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem
    from tests.situations import Desk


def live(item: ContentItem) -> Edition:
    return Edition.objects.get(content_id=item.pk, until_release=None)


def body(item: ContentItem) -> Json:
    item_out: Json = orjson.loads(live(item).body)
    return item_out


class TestWhatGoesOut:
    def test_is_what_was_approved_in_the_envelope_of_its_release(self, desk: Desk) -> None:
        version = desk.approved("basalt", title="Basalt", note="Dark *rock*.")
        release = desk.publish(version)
        item = body(version.item)
        assert (item["release"], item["version"], item["title"]) == (release.number, 1, "Basalt")
        assert item["note_html"] == "<p>Dark <em>rock</em>.</p>"
        assert item["change"] is None, "a first version changes nothing"
        assert item["reviewed_by"] == [
            {"role": "Medical reviewer", "name": "Mei Example", "credentials": "MD, medical oncology"}
        ]
        assert item["published_at"] == item["first_published_at"]

    def test_carries_a_checksum_that_anyone_can_recompute(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        item = body(version.item)
        assert item.pop("checksum") == sha256(item)

    def test_is_nothing_that_was_not_approved(self, desk: Desk) -> None:
        in_review = desk.submit(desk.write("basalt"))
        release = desk.compose()
        with pytest.raises(Refused, match="Only an approved version"):
            actions.add_version(release=release, version=in_review, person=desk.people.ann)
        with pytest.raises(DatabaseError, match="approved versions only"), transaction.atomic():
            ReleaseItem.objects.create(release=release, item=in_review.item, version=in_review)

    def test_is_not_what_was_recalled_meanwhile(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        release = desk.compose(version)
        editorial.recall(version=version, person=desk.people.rui)
        with pytest.raises(Refused, match="Only an approved version"):
            actions.publish(release=release, person=desk.people.pia)
        assert not PublishedRelease.objects.exists()

    def test_goes_out_by_a_publisher_only(self, desk: Desk) -> None:
        release = desk.compose(desk.approved("basalt"))
        for person in (desk.people.ann, desk.people.mei, desk.people.ada):
            with pytest.raises(Refused, match="Only a publisher"):
                actions.publish(release=release, person=person)

    def test_is_never_an_older_version_over_a_newer_one(self, desk: Desk) -> None:
        old = desk.approved("basalt", title="Old")
        late = desk.compose(old)
        desk.publish(desk.approved("basalt", title="New"))
        with pytest.raises(Refused, match="live and newer"):
            actions.publish(release=late, person=desk.people.pia)

    def test_an_empty_release_is_refused(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="holds nothing"):
            actions.publish(release=desk.compose(), person=desk.people.pia)


class TestTheChain:
    def test_numbers_have_no_gap_and_each_release_carries_the_hash_before(self, desk: Desk) -> None:
        for slug in ("a", "b", "c"):
            desk.publish(desk.approved(slug))
        releases = list(PublishedRelease.objects.order_by("number"))
        assert [one.number for one in releases] == [1, 2, 3]
        assert [one.previous_hash for one in releases] == [None, releases[0].hash, releases[1].hash]

    def test_a_refused_release_takes_no_number(self, desk: Desk) -> None:
        desk.publish(desk.approved("a"))
        with pytest.raises(Refused):
            actions.publish(release=desk.compose(), person=desk.people.pia)
        assert ReleaseCounter.objects.get().number == 1
        assert desk.publish(desk.approved("b")).number == 2

    def test_the_hash_is_recomputable_from_manifest_and_release(self, desk: Desk) -> None:
        desk.publish(desk.approved("a"), desk.approved("b"))
        version = desk.approved("c")
        desk.publish(version)
        last = desk.withdraw(version.item)
        items = [[one["id"], one["version"], one["checksum"]] for one in _manifest(last.number)]
        withdrawn = [one["id"] for one in last.withdrawn]
        assert withdrawn == [str(version.item_id)]
        again = publishing.release_hash(last.number, last.previous_hash, last.published_at, items, withdrawn)
        assert again == last.hash

    def test_an_edition_and_a_release_never_change(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        edition = live(version.item)
        statements: list[Callable[[], object]] = [
            lambda: Edition.objects.update(body="{}"),
            lambda: Edition.objects.update(until_release=1),
            lambda: Edition.objects.filter(pk=edition.pk).delete(),
            lambda: PublishedRelease.objects.update(title="Other"),
            lambda: Release.objects.update(title="Other"),
            lambda: ReleaseCounter.objects.update(number=7),
            lambda: Tombstone.objects.create(
                content_id=version.item_id, release_id=1, withdrawn_at=edition.published_at, reason="LEGAL"
            ),
        ]
        for statement in statements:
            with pytest.raises(DatabaseError), transaction.atomic():
                statement()


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
        with pytest.raises(Refused, match=r"specimen “top” refers to a specimen that is not live \(/stands_on\)"):
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
        actions.confirm_pull(release=release, person=desk.people.rui)
        with pytest.raises(Refused, match="confirmed already"):
            actions.confirm_pull(release=release, person=desk.people.pia)

    def test_is_not_for_editors_nor_for_reasons_that_can_wait(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        with pytest.raises(Refused, match="Only a reviewer or a publisher"):
            actions.pull(item=version.item, person=desk.people.ann, reason="SAFETY", public_note="No.")
        with pytest.raises(Refused, match="Withdraw it in a release"):
            actions.pull(item=version.item, person=desk.people.mei, reason="OUTDATED", public_note="No.")


class TestConfirmations:
    def test_renew_the_review_and_keep_the_version_and_text(self, desk: Desk) -> None:
        version = desk.approved("basalt")
        desk.publish(version)
        before = body(version.item)
        confirmed = editorial.confirm(
            item=version.item, person=desk.people.mei, role="Medical reviewer", source=desk.source(), note="Still so."
        )
        desk.publish(confirmed)
        after = body(version.item)
        assert (live(version.item).cause, after["version"], after["release"]) == ("CONFIRM", 1, 2)
        assert after["change"] == {"type": "CONFIRMED", "note": "Still so."}
        assert after["title"] == before["title"]


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


class TestCost:
    def test_publishing_costs_what_it_touches_and_not_what_is_there(self, desk: Desk) -> None:
        few = self._queries_of_one_release(desk, "a")
        desk.publish(*[desk.approved(f"bystander-{number}") for number in range(20)])
        assert self._queries_of_one_release(desk, "b") == few

    @staticmethod
    def _queries_of_one_release(desk: Desk, slug: str) -> int:
        base = desk.approved(slug)
        desk.publish(base)
        release = desk.compose(desk.approved(f"{slug}-top", stands_on=base.item))
        desk.sign(release)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.publish(release=release, person=desk.people.pia)
        return len(queries)


def _manifest(number: int) -> list[Json]:
    rows = Edition.objects.live_in(number).values_list("content_id", "version", "checksum")
    return [{"id": str(one), "version": version, "checksum": checksum} for one, version, checksum in rows]
