"""A wrong word is live while the next text is half written: it is corrected first, and the rest comes back with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from content_api.editorial.actions import record_edit
from content_api.editorial.models import Version
from content_api.releases.actions import publish_version
from tests.admin.browser import page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.admin.conftest import Shelf
    from tests.browser.window import Window
    from tests.conftest import People


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_what_is_live_is_corrected_and_nothing_is_lost(
    shelf: Shelf, people: People, open_window: Callable[..., Window], width: int, *, dark: bool
) -> None:
    row = shelf["therapy_class"]
    publish_version(version=shelf.approve(row), person=people.pia)
    row.name, row.definition = "CAR-T of tomorrow", "Half of a new sentence."
    row.save()
    record_edit(item=row.item, person=people.ann)
    ann, mei = open_window(people.ann, width=width, dark=dark), open_window(people.mei)

    ann.go(page_of(row))
    ann.follow("Correct what is live")
    assert "What is half written is parked, whole" in ann.text()
    _fits(ann)
    ann.press("Park it, and correct what is live")
    assert ann.page.get_by_label("Name", exact=True).input_value() == "CAR-T"

    ann.page.get_by_label("Definition").fill("Engineered T cells of the patient.")
    ann.press("Save and submit for review")
    assert ann.page.get_by_label("We were wrong").is_checked()
    ann.page.get_by_label("Public note").fill("Whose cells they are.")
    ann.press("Submit for review")
    _approve(mei)
    publish_version(version=Version.objects.get(item=row.item, number=2), person=people.pia)

    ann.go("/admin/")
    _fits(ann)
    ann.follow("car-t")
    assert "Definition: both changed it" in ann.text()
    _fits(ann)
    assert ann.page.get_by_label("Keep the correction").is_checked()
    ann.press("Bring it back")

    ann.page.get_by_text("with what was corrected meanwhile").first.wait_for()
    assert ann.page.get_by_label("Name", exact=True).input_value() == "CAR-T of tomorrow"
    assert ann.page.get_by_label("Definition").input_value() == "Engineered T cells of the patient."


def _approve(mei: Window) -> None:
    mei.go(reverse("admin:index"))
    mei.follow("CAR-T")
    shown = mei.page.get_by_role("region", name="What readers will see differently").inner_text()
    assert "of the patient" in shown
    assert "CAR-T of tomorrow" not in mei.text()
    mei.press("Approve this text")


def _fits(window: Window) -> None:
    assert window.overflow() <= 0
    assert window.barriers() == []
