"""Composing a release: what may go in and come out, and each refusal beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.refusals import Refused
from content_api.releases import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.situations import Desk


def refusal(act: Callable[..., Any], **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.code


def test_what_went_in_comes_out_again(desk: Desk) -> None:
    version, ann, pia = desk.approved("one"), desk.people.ann, desk.people.pia
    release = desk.compose(version)
    assert refusal(actions.add_version, release=release, version=version, person=ann) == "already-here"
    actions.remove(release=release, item=version.item, person=ann)
    assert refusal(actions.remove, release=release, item=version.item, person=ann) == "not-here"
    assert refusal(actions.publish, release=release, person=pia) == "empty-release"
    actions.add_version(release=release, version=version, person=ann)
    assert actions.publish(release=release, person=pia).item_count == 1


def test_a_release_is_opened_by_a_composer_and_has_a_title(desk: Desk) -> None:
    assert refusal(actions.open_release, person=desk.people.ann, title=" ") == "title-missing"
    assert refusal(actions.open_release, person=desk.people.mei, title="News") == "not-a-composer"
    assert actions.open_release(person=desk.people.ann, title=" News ").title == "News"


def test_only_approved_versions_go_in(desk: Desk) -> None:
    release = desk.compose()
    version = desk.submit(desk.write("one"))
    assert refusal(actions.add_version, release=release, version=version, person=desk.people.ann) == "not-approved"
    actions.add_version(release=release, version=desk.approve(version), person=desk.people.ann)


def test_a_canceled_release_takes_nothing_and_its_versions_go_out_in_another(desk: Desk) -> None:
    version = desk.approved("one")
    release = actions.cancel(release=desk.compose(version), person=desk.people.ann)
    assert refusal(actions.add_version, release=release, version=version, person=desk.people.ann) == "not-open"
    assert refusal(actions.cancel, release=release, person=desk.people.ann) == "not-open"
    assert desk.publish(version).number == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": "BORED"}, "unknown-reason"),
        ({"partner_action": "WAIT"}, "unknown-action"),
        ({"partner_action": "REPLACE"}, "replacement-missing"),
        ({"public_note": " "}, "note-missing"),
    ],
)
def test_a_withdrawal_says_why_and_what_to_do(desk: Desk, said: dict[str, str], code: str) -> None:
    version = desk.approved("one")
    desk.publish(version)
    assert refusal(desk.withdraw, item=version.item, **said) == code
    assert desk.withdraw(version.item).withdrawn[0]["slug"] == "one"


def test_an_item_is_published_or_withdrawn_and_not_both(desk: Desk) -> None:
    desk.publish(desk.approved("one"))
    version = desk.approved("one", title="One, said better")
    said: dict[str, Any] = {"item": version.item, "person": desk.people.pia, "reason": "LEGAL", "public_note": "No."}
    publishing, withdrawing = desk.compose(version), desk.compose()
    assert refusal(actions.add_withdrawal, release=publishing, **said) == "published-here"
    assert refusal(actions.add_withdrawal, release=withdrawing, **said, replaced_by=version.item) == "replaces-itself"
    actions.add_withdrawal(release=withdrawing, **said)
    assert refusal(actions.add_withdrawal, release=withdrawing, **said) == "already-here"
    assert (
        refusal(actions.add_version, release=withdrawing, version=version, person=desk.people.ann) == "withdrawn-here"
    )


def test_only_a_publisher_publishes_and_only_a_pull_is_confirmed(desk: Desk) -> None:
    release = desk.compose(desk.approved("one"))
    assert refusal(actions.publish, release=release, person=desk.people.ann) == "not-a-publisher"
    actions.publish(release=release, person=desk.people.pia)
    release.refresh_from_db()
    assert refusal(actions.confirm_pull, release=release, person=desk.people.mei) == "not-a-pull"
