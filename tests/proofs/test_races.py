"""Two people at the same moment: one outcome, nothing lost, no number skipped, and whoever came second is told why."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from content_api import kinds, shapes
from content_api.editions.models import Edition, PublishedRelease
from content_api.editorial import actions as editorial
from content_api.editorial import queries
from content_api.editorial.models import State, Version
from content_api.releases import actions as releases
from content_api.releases.models import PullConfirmation, Release
from tests.proofs.races import DONE, Race, compete, one_of, verdict
from tests.specimens.kinds import SPECIMEN
from tests.specimens.models import Specimen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from content_api.content_items import ContentItem
    from tests.situations import Desk

HARM: dict[str, Any] = {"reason": "SAFETY", "public_note": "It harms."}
MEDICAL, REGULATORY = "Medical reviewer", "Regulatory reviewer"
_numbers = itertools.count(1)

pytestmark = pytest.mark.django_db(transaction=True)


def new_slug() -> str:
    return f"text-{next(_numbers)}"


def save(item: ContentItem, person: User, **content: str) -> Callable[[], object]:
    """Return what the form of a working copy does."""

    def act() -> None:
        with transaction.atomic():
            row = Specimen.objects.get(pk=item.pk)
            shapes.restore(row, {**shapes.snapshot(row), **content})
            editorial.record_edit(item=item, person=person)

    return act


def test_two_approvals_in_one_role(desk: Desk) -> None:
    eve = desk.people.make("eve", MEDICAL, credentials="MD")

    def prepare() -> Race:
        version = desk.submit(desk.write(new_slug()))
        acts = verdict(version, desk.people.mei, MEDICAL), verdict(version, eve, MEDICAL)

        def holds(_ending: tuple[str, str]) -> None:
            version.refresh_from_db()
            assert (version.state, version.reviews.count()) == (State.APPROVED, 1)

        return Race(*acts, one_of("not-in-review"), holds)

    compete("approve/approve", prepare)


def test_two_approvals_in_two_roles(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    roles: frozenset[Any] = frozenset({MEDICAL, REGULATORY})
    both = replace(SPECIMEN, required_roles=lambda _content: roles)

    def prepare() -> Race:
        with monkeypatch.context() as patch:
            patch.setitem(kinds._registry, SPECIMEN.name, both)
            version = desk.submit(desk.write(new_slug()))
        acts = verdict(version, desk.people.mei, MEDICAL), verdict(version, desk.people.rui, REGULATORY)

        def holds(_ending: tuple[str, str]) -> None:
            version.refresh_from_db()
            assert (version.state, version.reviews.count()) == (State.APPROVED, 2)

        return Race(*acts, {(DONE, DONE)}, holds)

    compete("approve/approve, two roles", prepare)


def test_an_approval_and_a_request_for_changes(desk: Desk) -> None:
    adam = desk.people.make("adam", MEDICAL, credentials="MD")

    def prepare() -> Race:
        version = desk.submit(desk.write(new_slug()))
        acts = verdict(version, desk.people.mei, MEDICAL), verdict(version, adam, MEDICAL, comment="Say where.")

        def holds(ending: tuple[str, str]) -> None:
            version.refresh_from_db()
            assert version.state == (State.APPROVED if ending[0] == DONE else State.CHANGES_REQUESTED)
            assert version.reviews.count() == 1

        return Race(*acts, one_of("not-in-review"), holds)

    compete("approve/request changes", prepare)


def test_a_save_and_an_approval(desk: Desk) -> None:
    def prepare() -> Race:
        version = desk.submit(desk.write(new_slug(), note="As read."))
        item = version.item

        def holds(_ending: tuple[str, str]) -> None:
            version.refresh_from_db()
            assert (version.state, queries.content_of(version)["note"]) == (State.APPROVED, "As read.")
            after = desk.submit(item)
            assert queries.content_of(after)["note"] == "As saved."
            assert set(after.contributors.values_list("person__username", flat=True)) == {"carl"}

        acts = save(item, desk.people.carl, note="As saved."), verdict(version, desk.people.mei, MEDICAL)
        return Race(*acts, {(DONE, DONE)}, holds)

    compete("save/approve", prepare)


def test_a_save_and_a_submission(desk: Desk) -> None:
    def prepare() -> Race:
        item = desk.write(new_slug(), note="As written.")

        def holds(_ending: tuple[str, str]) -> None:
            version = Version.objects.get(item=item)
            wrote = set(version.contributors.values_list("person__username", flat=True))
            is_saved = queries.content_of(version)["note"] == "As saved."
            assert wrote == ({"ann", "carl"} if is_saved else {"ann"})

        submit = partial(editorial.submit, item=item, person=desk.people.ann)
        return Race(save(item, desk.people.carl, note="As saved."), submit, {(DONE, DONE)}, holds)

    compete("save/submit", prepare)


def test_two_submissions(desk: Desk) -> None:
    def prepare() -> Race:
        item = desk.write(new_slug())
        acts = [partial(editorial.submit, item=item, person=one) for one in (desk.people.ann, desk.people.carl)]

        def holds(_ending: tuple[str, str]) -> None:
            assert list(Version.objects.filter(item=item).values_list("number", "state")) == [(1, State.IN_REVIEW)]

        return Race(acts[0], acts[1], one_of("already-in-review"), holds)

    compete("submit/submit", prepare)


def test_two_releases_at_once(desk: Desk) -> None:
    def prepare() -> Race:
        before = PublishedRelease.objects.count()
        waiting = [desk.compose(desk.approved(new_slug())) for _ in range(2)]
        acts = [partial(releases.publish, release=one, person=desk.people.pia) for one in waiting]

        def holds(_ending: tuple[str, str]) -> None:
            out = {Release.objects.get(pk=one.pk).number for one in waiting}
            assert out == {before + 1, before + 2}

        return Race(acts[0], acts[1], {(DONE, DONE)}, holds)

    compete("publish/publish", prepare)


def test_one_release_twice(desk: Desk) -> None:
    def prepare() -> Race:
        before = PublishedRelease.objects.count()
        release = desk.compose(desk.approved(new_slug()))
        acts = [
            partial(releases.publish, release=Release.objects.get(pk=release.pk), person=desk.people.pia)
            for _ in range(2)
        ]

        def holds(_ending: tuple[str, str]) -> None:
            assert PublishedRelease.objects.count() == before + 1

        return Race(acts[0], acts[1], one_of("not-open"), holds)

    compete("publish/publish, the same", prepare)


def test_a_release_and_a_pull_of_what_it_changes(desk: Desk) -> None:
    def prepare() -> Race:
        slug = new_slug()
        desk.publish(desk.approved(slug))
        before = PublishedRelease.objects.count()
        better = desk.compose(desk.approved(slug, title="Said better"))
        item = Specimen.objects.get(slug=slug).item

        def holds(ending: tuple[str, str]) -> None:
            """Whoever comes first, nothing of it can be read any more: a release that comes after the pull is refused."""
            assert PublishedRelease.objects.count() == before + ending.count(DONE)
            assert not Edition.objects.readable().filter(content_id=item.pk).exclude(until_release=None).exists()
            assert not Edition.objects.filter(content_id=item.pk, until_release=None).exists()

        pull = partial(releases.pull, item=item, person=desk.people.mei, **HARM)
        publish = partial(releases.publish, release=better, person=desk.people.pia)
        return Race(publish, pull, {(DONE, DONE), ("taken-down-since", DONE)}, holds)

    compete("publish/pull", prepare)


def test_a_release_and_a_pull_of_what_it_stands_on(desk: Desk) -> None:
    def prepare() -> Race:
        base = desk.approved(new_slug())
        desk.publish(base)
        waiting = desk.compose(desk.approved(new_slug(), stands_on=base.item))
        desk.sign(waiting)

        def holds(_ending: tuple[str, str]) -> None:
            live = Edition.objects.filter(until_release=None)
            gone = [base.item_id, *waiting.items.values_list("item_id", flat=True)]
            assert not live.filter(content_id__in=gone).exists()

        pull = partial(releases.pull, item=base.item, person=desk.people.mei, **HARM)
        publish = partial(releases.publish, release=waiting, person=desk.people.pia)
        return Race(publish, pull, {(DONE, DONE), ("open-references", DONE)}, holds)

    compete("publish/pull of its ground", prepare)


def test_two_pulls(desk: Desk) -> None:
    def prepare() -> Race:
        version = desk.approved(new_slug())
        desk.publish(version)
        before = PublishedRelease.objects.count()
        acts = [
            partial(releases.pull, item=version.item, person=one, **HARM) for one in (desk.people.mei, desk.people.pia)
        ]

        def holds(_ending: tuple[str, str]) -> None:
            assert PublishedRelease.objects.count() == before + 1

        return Race(acts[0], acts[1], one_of("not-live"), holds)

    compete("pull/pull", prepare)


def test_two_confirmations_of_a_pull(desk: Desk) -> None:
    def prepare() -> Race:
        version = desk.approved(new_slug())
        desk.publish(version)
        pulled = releases.pull(item=version.item, person=desk.people.mei, **HARM)
        acts = [
            partial(releases.confirm_pull, release=Release.objects.get(number=pulled.number), person=one)
            for one in (desk.people.pia, desk.people.rui)
        ]

        def holds(_ending: tuple[str, str]) -> None:
            assert PullConfirmation.objects.filter(release__number=pulled.number).count() == 1
            assert PublishedRelease.objects.count() == pulled.number + 1

        return Race(acts[0], acts[1], one_of("already-confirmed"), holds)

    compete("confirm/confirm a pull", prepare)
