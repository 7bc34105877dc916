"""The commands that an operator runs to know that everything still agrees."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from content_api import progress
from content_api.editions.models import Edition, EditionReference, PublicSlug, PublishedRelease
from content_api.editions.searching import SearchWord
from content_api.editorial import actions as editorial
from content_api.editorial.models import Review, Transition, Version, VersionContributor
from content_api.releases.models import ReleaseCounter

if TYPE_CHECKING:
    from tests.conftest import People
    from tests.situations import Desk


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def failed(command: str) -> str:
    """Return the problems that a command names on its way to failing."""
    complaints = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command(command, stdout=StringIO(), stderr=complaints)
    return complaints.getvalue().strip() or str(failure.value)


@pytest.fixture
def published(desk: Desk) -> Version:
    base = desk.approved("base", title="Base")
    desk.publish(base, desk.approved("top", stands_on=base.item))
    desk.publish(desk.approved("base", title="Base II"))
    return base


def test_all_agrees_after_publishing(published: Version) -> None:
    assert run("check_integrity") == "Everything agrees."
    assert run("verify_editions") == "4 editions are what they were when they went out."
    assert run("verify_audit").endswith("rows, one unbroken chain.")
    assert run("rebuild_indexes") == "4 editions looked at, 0 indexes made again."


class Terminal(StringIO):
    """A terminal that remembers what was shown on it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", ["check_integrity", "verify_audit", "verify_editions", "rebuild_indexes"])
def test_whoever_waits_sees_how_far_it_is(published: Version, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    shown: list[str] = []
    for patience, stream in ((0, Terminal()), (600, Terminal()), (0, StringIO())):
        monkeypatch.setattr(progress, "PATIENCE", patience)
        monkeypatch.setattr("sys.stderr", stream)
        run(command)
        shown.append(stream.getvalue())

    rows = "transitions" if command == "verify_audit" else "editions"
    assert re.search(rf"{rows}: .*\b\d+/\d+\b", shown[0])
    assert shown[1:] == ["", ""], "somebody was told who did not wait, or who reads a file"


def test_what_was_changed_is_found_and_named(published: Version, guards_lifted: None) -> None:
    edition = Edition.objects.get(slug="base", from_release=1)
    Edition.objects.filter(pk=edition.pk).update(body=edition.body.replace('"Base"', '"Bass"', 1))
    assert failed("verify_editions").startswith(f"Edition {edition.pk} (specimen base, release 1): its bytes")


def test_lost_indexes_are_found_and_made_again(published: Version) -> None:
    EditionReference.objects.filter(edition__slug="top").delete()
    assert "its facets, references or words are not those of its content" in failed("check_integrity")
    assert run("rebuild_indexes") == "4 editions looked at, 2 indexes made again."
    assert run("check_integrity") == "Everything agrees."


@pytest.mark.parametrize(
    ("model", "change", "problem"),
    [
        (Version, {"content": "{}"}, "its text is not what its hash says"),
        (Review, {"substance": "{}"}, "what the reviewer read is not what its hash says"),
        (Review, {"verdict": "CHANGES_REQUESTED"}, "without a verdict of every role"),
        (PublishedRelease, {"hash": "sha256:" + "0" * 64}, "its hash is not that of what was live in it"),
        (Edition, {"version_id": "00000000-0000-4000-8000-000000000000"}, "not that of an approved version"),
        (Edition, {"card": "{}"}, "Edition"),
        (Edition, {"body": "{"}, "it cannot be read"),
        (ReleaseCounter, {"number": 9}, "The release counter is not at 2."),
        (Transition, {"verb": "forged"}, "Audit row 1"),
        (Transition, {"details": "forged"}, "The check of recorded rows could not go on"),
        (Transition, {"seq": 0}, "Audit row 0: the trail begins with row 1"),
        (Review, {"reviewer_name": "Somebody Else"}, "it is not what was written"),
        (VersionContributor, {"version_id": "00000000-0000-4000-8000-000000000000"}, "it is missing"),
        (Version, {"change_note": "Another reason."}, "it is not what was written"),
        (Version, {"state": "RECALLED"}, "is RECALLED; the audit trail left it APPROVED"),
        (Version, {"id": "00000000-0000-4000-8000-000000000000"}, "is unknown to the audit trail"),
        (PublishedRelease, {"title": "Other news"}, "Published release 1 of release:"),
        (PublicSlug, {"slug": "elsewhere"}, "it is not what was written"),
        (Edition, {"facts": '{"title": "Forged"}'}, "it is not what was written"),
        (SearchWord, {"word": b"forged"}, "its facets, references or words are not those of its content"),
        (SearchWord, {"rank": 3}, "its facets, references or words are not those of its content"),
    ],
)
def test_integrity_names_what_does_not_agree(
    published: Version, guards_lifted: None, model: type, change: dict[str, object], problem: str
) -> None:
    row = model.objects.order_by("pk").first()  # type: ignore[attr-defined]
    with transaction.atomic():
        model.objects.filter(pk=row.pk).update(**change)  # type: ignore[attr-defined]
        assert problem in failed("check_integrity")
        transaction.set_rollback(True)  # some of the damage no engine would commit


def test_a_row_that_no_move_wrote_is_found(published: Version, guards_lifted: None, people: People) -> None:
    written = VersionContributor.objects.create(version=published, person=people.carl)
    assert f"Version contributor {written.pk} of version:{published.pk}: it was written by no recorded move" in failed(
        "check_integrity"
    )


def test_an_approval_by_somebody_who_wrote_in_it_is_found(
    published: Version, guards_lifted: None, people: People
) -> None:
    VersionContributor.objects.create(version=published, person=people.mei)
    assert f"Version {published.pk}: it is approved by somebody who wrote in it." in failed("check_integrity")


def test_a_change_is_not_made_good_by_another_move(published: Version, guards_lifted: None, people: People) -> None:
    Review.objects.filter(version=published).update(comment="Never said.")
    editorial.restore(version=published, person=people.ann)
    assert "it is not what was written" in failed("check_integrity")
