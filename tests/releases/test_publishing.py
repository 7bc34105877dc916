"""Publishing: whole or not at all, chained, and costing what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from content_api.canonical_json import sha256
from content_api.editions.models import Edition, PublishedRelease, Tombstone
from content_api.editorial import actions as editorial
from content_api.editorial.models import Version
from content_api.refusals import Refused
from content_api.releases import actions, publishing
from content_api.releases.models import Release, ReleaseCounter, ReleaseItem
from tests.releases.reading import body, live
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_api.canonical_json import Json
    from tests.situations import Desk


class TestWhatGoesOut:
    def test_is_whole_however_few_texts_are_written_at_once(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(publishing, "_BATCH", 2)
        names = [f"stone-{number}" for number in range(5)]
        desk.publish(*[desk.approved(name) for name in names])

        found = Edition.objects.filter(until_release=None, facets__name="shade", slug__in=names)
        assert sorted(found.values_list("slug", flat=True)) == names

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

    def test_is_not_what_was_changed_after_it_was_approved(self, desk: Desk, guards_lifted: None) -> None:
        version = desk.approved("basalt", title="Basalt")
        release = desk.compose(version)
        stored = Version.objects.filter(pk=version.pk)
        for forged in (
            {"content": version.content.replace("Basalt", "Bassalt")},
            {"content_sha256": "sha256:" + "0" * 64},
        ):
            before = stored.values(*forged).get()
            stored.update(**forged)
            with pytest.raises(Refused, match="not the one that was approved"):
                actions.publish(release=release, person=desk.people.pia)
            stored.update(**before)
        assert actions.publish(release=release, person=desk.people.pia).number == 1

    def test_has_an_address_of_its_own_for_ever(self, desk: Desk) -> None:
        older = desk.approved("basalt")
        row = Specimen.objects.get(slug="basalt")
        row.slug = "dark-rock"
        row.save()
        desk.record(row)
        other = desk.approved("basalt", title="Another")
        both = desk.compose(older, other)
        with pytest.raises(Refused, match="Two items of this release want the same address"):
            actions.publish(release=both, person=desk.people.pia)
        actions.cancel(release=both, person=desk.people.pia)
        assert desk.publish(older).number == 1
        with pytest.raises(Refused, match="belongs to another specimen for ever"):
            actions.publish(release=desk.compose(other), person=desk.people.pia)

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
