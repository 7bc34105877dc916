"""Mail about what waits for a person, derived from what is committed: what was told to somebody is never told again.

A letter is written down together with what it tells, then sent, then marked as sent. So a crash loses none; one between
the sending and the marking sends the letter once more, under the same Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse

from content_api.editions.models import Urgency
from content_api.editorial.models import Transition
from content_api.models import Letter, Told
from content_api.people import EDITOR, PUBLISHER, REVIEWER_ROLES, roles_of
from content_api.releases.queries import release_of
from content_api.workplace import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from content_api.editorial.models import Version
    from content_api.releases.models import Release

_REVIEWERS, _PULLERS = frozenset(REVIEWER_ROLES), frozenset({PUBLISHER, *REVIEWER_ROLES})
_QUESTIONS: tuple[tuple[frozenset[str], str, Callable[[User], Iterable[Version]], str], ...] = (
    (_REVIEWERS, "review", waiting.to_review, "waits for your review"),
    (frozenset({EDITOR}), "sent-back", waiting.sent_back, "was sent back to you"),
    (frozenset({PUBLISHER}), "approved", lambda _: waiting.approved_and_not_out(), "is approved, and can go out"),
)
STUCK = timedelta(minutes=10)  # after which a letter that somebody began to send is sent by another


@dataclass(frozen=True)
class News:
    """One thing that waits for a person; `about` is the name by which it is told once."""

    about: str
    line: str
    is_urgent: bool


def write_letters(*, now: datetime, urgent_only: bool = False) -> int:
    """Write down a letter for everybody for whom something new waits, and return how many."""
    people = User.objects.filter(is_active=True).exclude(email="").prefetch_related("groups").order_by("pk")
    return sum(_write(person, now, urgent_only=urgent_only) for person in people)


def send_letters(*, now: datetime) -> tuple[int, list[str]]:
    """Send what was written and not sent, and return how many went and what the mail server said of the others."""
    sent, refusals = 0, []
    waiting_letters = Letter.objects.filter(sent_at=None).filter(_may_be_claimed(now)).order_by("pk")
    for letter in waiting_letters.select_related("person"):
        if not Letter.objects.filter(pk=letter.pk, sent_at=None).filter(_may_be_claimed(now)).update(claimed_at=now):
            continue  # another process sends it
        try:
            _message(letter).send()
        except OSError as error:
            Letter.objects.filter(pk=letter.pk).update(claimed_at=None)
            refusals.append(f"{letter.person}: {error}")
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=now)
            sent += 1
    return sent, refusals


def _may_be_claimed(now: datetime) -> Q:
    return Q(claimed_at=None) | Q(claimed_at__lt=now - STUCK)


@transaction.atomic
def _write(person: User, now: datetime, *, urgent_only: bool) -> bool:
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)  # two senders write one letter
    told = set(Told.objects.filter(person=person).values_list("about", flat=True))
    news = [one for one in _news(person) if one.about not in told and (one.is_urgent or not urgent_only)]
    if not news:
        return False
    Told.objects.bulk_create(Told(person=person, about=one.about, at=now) for one in news)
    Letter.objects.create(person=person, subject=_subject(news), text=_text(news), written_at=now)
    return True


def _news(person: User) -> Iterator[News]:
    """Yield what waits for a person now, as the dashboard shows it."""
    held = roles_of(person)
    for role, what, question, said in _QUESTIONS:
        if held & role:
            yield from (_of_version(what, version, said) for version in question(person))
    if PUBLISHER in held:
        yield from map(_of_refused, waiting.refused_when_due())
    if held & _PULLERS:
        yield from map(_of_pull, waiting.pulls_to_confirm(person))


def _of_version(what: str, version: Version, said: str) -> News:
    release = release_of(version)
    is_urgent = release is not None and release.urgency == Urgency.URGENT
    return News(
        f"{what}:{version.pk}", _line(waiting.name_of(version), said, "editorial_version", version.pk), is_urgent
    )


def _of_refused(release: Release) -> News:
    refused = Transition.objects.filter(subject=f"release:{release.pk}", verb="refuse").aggregate(seq=Max("seq"))["seq"]
    said = f"was due and did not go out ({release.refusal})"
    return News(f"refused:{refused}", _line(release.title, said, "releases_release", release.pk), is_urgent=True)


def _of_pull(release: Release) -> News:
    line = _line(release.title, "waits for a second person, within 24 hours", "releases_release", release.pk)
    return News(f"pull:{release.pk}", line, is_urgent=True)


def _line(name: str, said: str, page: str, key: object) -> str:
    return f"{name} {said}:\n{settings.PUBLIC_BASE_URL}{reverse(f'admin:{page}_change', args=[key])}"


def _subject(news: list[News]) -> str:
    count = "One thing waits" if len(news) == 1 else f"{len(news)} things wait"
    return f"{'Urgent: ' if any(one.is_urgent for one in news) else ''}{count} for you"


def _text(news: list[News]) -> str:
    ordered = sorted(news, key=lambda one: not one.is_urgent)
    return "\n\n".join([*(one.line for one in ordered), f"Your dashboard: {settings.PUBLIC_BASE_URL}/admin/"])


def _message(letter: Letter) -> EmailMessage:
    headers = {"Message-ID": f"<letter-{letter.key}@{settings.PUBLIC_BASE_URL.partition('://')[2].partition(':')[0]}>"}
    return EmailMessage(letter.subject, letter.text, to=[letter.person.email], headers=headers)
