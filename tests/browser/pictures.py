"""The pictures of the documentation, taken of seeded data by `make screenshots`. Not a test: look at each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from content_api.editorial import queries
from content_api.editorial.actions import comment, record_edit, request_changes, submit
from content_api.management.commands.demo import make_people
from content_api.releases.actions import open_release, put_in, submit_set
from faqs.models import Faq
from therapies.models import Approval, Therapy, TherapyClass

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_api.releases.models import Release
    from tests.browser.window import Window
    from tests.conftest import People

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


@pytest.fixture
def seeded(people: People) -> dict[str, str]:
    """Seed the real content, and put some work on people's desks; return the addresses of the pages."""
    make_people()
    call_command("seed", verbosity=0)
    approval, therapy = Approval.objects.get(slug="satri-cel-nmpa"), Therapy.objects.get(slug="satri-cel")
    kind = TherapyClass.objects.order_by("slug").first()
    assert kind
    version = _changed(
        people, approval, indication_summary=approval.indication_summary.replace("At least two", "Two or more")
    )
    _changed(people, therapy, summary=f"{therapy.summary} It is given once.")
    _sent_back(people, _changed(people, kind, definition=f"{kind.definition} It is made for one patient."))
    return {
        "dashboard": "/admin/",
        "list": "/admin/therapies/approval/",
        "review": f"/admin/editorial/version/{version.pk}/change/",
        "working-copy": f"/admin/therapies/therapyclass/{kind.pk}/change/",
        "history": f"/admin/therapies/approval/{approval.pk}/history/",
        "release": f"/admin/releases/release/{_set(people).pk}/change/",
        "collision": f"/admin/therapies/therapyclass/{TherapyClass.objects.get(slug='til').pk}/change/",
    }


def _changed(people: People, row: Any, **words: str) -> Any:
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    record_edit(item=row.item, person=people.ann)
    return submit(item=row.item, person=people.ann, change_type="EDITORIAL", change_note="Said in plainer words.")


def _set(people: People) -> Release:
    """Put two texts into a release and submit them together."""
    question, therapy = Faq.objects.get(slug="what-are-red-flags"), Therapy.objects.get(slug="c-car031")
    question.question = "Which promises about a cell therapy should make me careful?"
    therapy.summary = f"{therapy.summary} It is studied in one trial."
    release = open_release(person=people.ann, title="What to be careful about, in plainer words")
    for row in (question, therapy):
        row.save()
        record_edit(item=row.item, person=people.ann)
    put_in(release=release, items=[question.item, therapy.item], person=people.ann)
    said = ("EDITORIAL", "Said in plainer words.")
    submit_set(release=release, person=people.ann, changes={str(row.pk): said for row in (question, therapy)})
    return release


def _collide(window: Window, people: People) -> None:
    """Save what somebody else changed while the window had it open."""
    row, definition = TherapyClass.objects.get(slug="til"), window.page.get_by_label("Definition")
    definition.fill(f"{definition.input_value()} Growing them takes about six weeks.")
    row.definition = f"{row.definition} They are grown for weeks before they are given back."
    row.save()
    record_edit(item=row.item, person=people.carl)
    window.press("Save")
    row.definition = row.definition.removesuffix(" They are grown for weeks before they are given back.")
    row.save()
    record_edit(item=row.item, person=people.carl)


def _sent_back(people: People, version: Any) -> None:
    shown = queries.shown(version)
    comment(version=version, person=people.mei, pointer="/definition", text="Not every one is: some come from a donor.")
    request_changes(
        version=version,
        person=people.mei,
        role="Medical reviewer",
        content_sha256=shown.content_sha256,
        substance_sha256=shown.substance_sha256,
        comment="One question about the definition.",
    )


def test_pictures(seeded: dict[str, str], people: People, open_window: Callable[..., Window]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, path in seeded.items():
        person = people.mei if name in {"review", "history", "release"} else people.ann
        for suffix, width, dark in (("", 1280, False), ("-dark", 1280, True), ("-phone", 390, False)):
            window = open_window(person, width=width, dark=dark)
            window.go(path)
            if name == "collision":
                _collide(window, people)
            window.page.wait_for_timeout(300)
            window.page.screenshot(path=FOLDER / f"{name}{suffix}.png")
