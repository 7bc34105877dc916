"""Two editors at one text, each in a window: nobody's words are lost, and whoever saves second is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.browser import page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.admin.conftest import Shelf
    from tests.browser.window import Window
    from tests.conftest import People


def test_two_editors_at_once_lose_nothing(shelf: Shelf, people: People, open_window: Callable[..., Window]) -> None:
    row = shelf["therapy_class"]
    ann, carl = open_window(people.ann), open_window(people.carl, width=390, dark=True)
    for one in (ann, carl):
        one.go(page_of(row))

    ann.page.get_by_label("Name", exact=True).fill("CAR-T cell therapy")
    ann.page.get_by_label("Definition").fill("T cells, engineered.")
    ann.press("Save")
    carl.page.get_by_label("Abbreviation").fill("CAR-T")
    carl.page.get_by_label("Definition").fill("Cells that find a tumor.")
    carl.press("Save")
    asked = carl.text()
    assert "Ann Example changed this text while you had it open: name, definition." in asked
    assert carl.overflow() <= 0
    assert carl.barriers() == []
    carl.page.get_by_label("Keep theirs").check()
    carl.press("Save what I chose")

    row.refresh_from_db()
    assert (row.name, row.abbreviation, row.definition) == ("CAR-T cell therapy", "CAR-T", "T cells, engineered.")
