"""The pages that need no key, in a browser: quiet under their policies, within their window, and open to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api.delivery import guide
from tests.journeys.dossier import Dossier
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.window import Window
    from tests.conftest import People

OK = 200


@pytest.fixture
def dossier(people: People) -> Dossier:
    """Publish a release."""
    return Dossier(Desk(people)).published()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_landing_page_and_the_guide_fit_and_bar_nobody(
    dossier: Dossier, open_window: Callable[..., Window], width: int, *, dark: bool
) -> None:
    window = open_window(width=width, dark=dark)
    found: list[str] = []
    for path in ("/", *(page.url for page in guide.pages().values()), "/problems/"):
        status, wide = window.go(path), window.overflow()
        found += [f"{path} answers {status}"] if status != OK else []
        found += [f"{path} is {wide} pixels too wide"] if wide > 0 else []
        found += [f"{path}: {barrier}" for barrier in window.barriers()]

    assert "\n".join(found) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_landing_page_says_all_in_one_screen(
    dossier: Dossier, open_window: Callable[..., Window], width: int
) -> None:
    window = open_window(width=width)
    window.go("/")

    text = " ".join(window.text().split())
    assert "Release 1 News" in text
    assert "6 items" in text
    assert window.page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    window.follow("Guide")
    window.page.wait_for_url("**/api/v1/guide/")


def test_the_documentation_draws_itself_without_a_word(dossier: Dossier, open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.go("/api/v1/docs/")
    window.page.get_by_text("What changed since a release").wait_for()
    window.go("/api/v1/redoc/")
    window.page.get_by_role("heading", name="What changed since a release").first.wait_for()

    search = window.page.get_by_role("searchbox").or_(window.page.locator("input[type=text]")).first
    search.fill("withdrawn")
    window.page.locator("[data-role='search:results'] [role=menuitem]").first.wait_for()
