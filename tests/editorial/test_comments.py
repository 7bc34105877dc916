"""Comments on the fields of a version: who may say what, and that what was said stays as it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, transaction
from django.utils import timezone

from content_api.editorial import queries
from content_api.editorial.actions import comment
from content_api.editorial.models import ReviewComment
from content_api.refusals import Refused
from content_api.releases import integrity

if TYPE_CHECKING:
    from tests.conftest import People
    from tests.situations import Desk

DATABASE_SAYS_NO = (IntegrityError, OperationalError, ProgrammingError)


def test_a_reviewer_comments_and_the_author_answers(desk: Desk, people: People) -> None:
    version = desk.submit(desk.write("rose"))
    said = comment(version=version, person=people.mei, pointer="/title", text="Which rose?")
    comment(version=version, person=people.ann, pointer="/title", text="The red one.", answers=said)

    (found,) = queries.open_comments(version.item)
    assert (found.pointer, found.text, found.person_name) == ("/title", "Which rose?", "Mei Example")
    assert [one.text for one in found.answered_by.all()] == ["The red one."]


def test_what_came_back_is_still_discussed_until_the_next_submission(desk: Desk, people: People) -> None:
    item = desk.write("rose")
    version = desk.submit(item)
    comment(version=version, person=people.mei, pointer="/title", text="Which rose?")
    desk.send_back(version)
    after = [one.text for one in queries.open_comments(item)]
    desk.write("rose", title="Red rose")
    desk.submit(item)

    assert after == ["Which rose?"]
    assert queries.open_comments(item) == []


@pytest.mark.parametrize(
    ("who", "pointer", "text", "code"),
    [
        ("mei", "/nowhere", "What?", "no-such-field"),
        ("mei", "title", "What?", "no-such-field"),
        ("mei", "/title", "  ", "comment-missing"),
        ("mei", "/title", "a" * 4_001, "comment-missing"),
        ("ada", "/title", "I own this.", "not-in-review-team"),
        ("pia", "/title", "Hurry.", "not-in-review-team"),
    ],
)
def test_what_is_refused(desk: Desk, people: People, who: str, pointer: str, text: str, code: str) -> None:
    version = desk.submit(desk.write("rose"))

    with pytest.raises(Refused) as refused:
        comment(version=version, person=getattr(people, who), pointer=pointer, text=text)
    assert refused.value.code == code
    assert not ReviewComment.objects.exists()


def test_an_approved_version_is_discussed_no_more(desk: Desk, people: People) -> None:
    version = desk.approved("rose")

    with pytest.raises(Refused, match="Comment on the version that is in review"):
        comment(version=version, person=people.mei, pointer="/title", text="Too late.")


def test_an_answer_is_to_a_comment_on_the_same_version(desk: Desk, people: People) -> None:
    first, second = desk.submit(desk.write("rose")), desk.submit(desk.write("lily"))
    said = comment(version=first, person=people.mei, pointer="/title", text="Which rose?")
    answer = comment(version=first, person=people.ann, pointer="/title", text="The red one.", answers=said)

    for version, answered in [(second, said), (first, answer)]:
        with pytest.raises(Refused) as refused:
            comment(version=version, person=people.ann, pointer="/title", text="Well.", answers=answered)
        assert refused.value.code == "not-that-comment"


def test_the_database_keeps_what_was_said_and_lets_nothing_in_beside(desk: Desk, people: People) -> None:
    approved, version = desk.approved("lily"), desk.submit(desk.write("rose"))
    said = comment(version=version, person=people.mei, pointer="/title", text="Which rose?")
    late = {"person": people.mei, "pointer": "/title", "text": "Late.", "person_name": "Mei", "at": timezone.now()}
    attempts = [
        lambda: ReviewComment.objects.filter(pk=said.pk).update(text="Fine."),
        lambda: ReviewComment.objects.filter(pk=said.pk).delete(),
        lambda: ReviewComment.objects.create(version=approved, **late),
    ]

    for attempt in attempts:
        with pytest.raises(DATABASE_SAYS_NO), transaction.atomic():
            attempt()
    assert list(integrity.problems()) == []


def test_a_comment_that_no_move_wrote_is_found(desk: Desk, people: People) -> None:
    version = desk.submit(desk.write("rose"))
    ReviewComment.objects.create(
        version=version, person=people.mei, pointer="/title", text="Slipped in.", person_name="Mei", at=timezone.now()
    )

    assert [one for one in integrity.problems() if "was written by no recorded move" in one]
