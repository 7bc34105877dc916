"""The pictures of the documentation, taken of seeded data by `make screenshots`. Not a test: look at each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from content_api.editorial import queries
from content_api.editorial.actions import comment, record_edit, request_changes, submit
from content_api.management.commands.demo import make_people
from therapies.models import Approval, Therapy, TherapyClass

if TYPE_CHECKING:
    from collections.abc import Callable

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
    }


def _changed(people: People, row: Any, **words: str) -> Any:
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    record_edit(item=row.item, person=people.ann)
    return submit(item=row.item, person=people.ann, change_type="EDITORIAL", change_note="Said in plainer words.")


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
        person = people.mei if name in {"review", "history"} else people.ann
        for suffix, width, dark in (("", 1280, False), ("-dark", 1280, True), ("-phone", 390, False)):
            window = open_window(person, width=width, dark=dark)
            window.go(path)
            window.page.wait_for_timeout(300)
            window.page.screenshot(path=FOLDER / f"{name}{suffix}.png")
