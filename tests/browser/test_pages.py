"""Every page of the admin in a browser: quiet, within its window, and open to everybody who reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.admin.browser import page_of
from tests.admin.conftest import MODELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.admin.conftest import Shelf
    from tests.browser.window import Window
    from tests.conftest import People

OK = 200
LISTS = [f"/admin/therapies/{kind.replace('_', '')}/" for kind in MODELS]


@pytest.fixture
def pages(shelf: Shelf) -> list[str]:
    """Return pages of every sort, about texts that are there."""
    version = shelf.approve(shelf["therapy_class"])
    working_copies = [page_of(shelf[kind]) for kind in MODELS]
    return ["/admin/", *LISTS, "/admin/therapies/therapy/add/", *working_copies, page_of(version)]


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="looks do not depend on the engine; the journeys run on both"
)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_page_fits_and_bars_nobody(
    pages: list[str], people: People, open_window: Callable[..., Window], width: int, *, dark: bool
) -> None:
    window = open_window(people.ann, width=width, dark=dark)
    found: list[str] = []
    for path in pages:
        status, wide = window.go(path), window.overflow()
        found += [f"{path} answers {status}"] if status != OK else []
        found += [f"{path} is {wide} pixels too wide"] if wide > 0 else []
        found += [f"{path}: {barrier}" for barrier in window.barriers()]

    assert "\n".join(found) == ""
