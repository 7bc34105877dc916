"""A browser for the tests: the system's Chromium, one for each worker, and a window for each person."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.admin.conftest import Shelf
from tests.browser.window import AXE, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.auth.models import User
    from playwright.sync_api import Browser

    from tests.conftest import People

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
NO_BROWSER = "The browser tests need Chromium and found none. Install it (Debian: apt-get install chromium)."
NO_AXE = "The browser tests need axe-core. Install it: npm ci --prefix tests (`make test` does that)."


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser of this machine, which nobody has to download."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    if not Path(AXE).exists():
        pytest.fail(NO_AXE, pytrace=False)
    # The browser's driver keeps an event loop running in the thread of the tests until the session ends, and its last
    # flush. Nothing here is async, so Django may be asked all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": found, "args": quiet}


@pytest.fixture
def people(transactional_db: None, people: People) -> People:
    """Offer the roster in a database that the server's thread sees too."""
    return people


@pytest.fixture
def shelf(people: People) -> Shelf:
    """Offer working copies: shelf["therapy"]."""
    return Shelf(people)


@pytest.fixture
def open_window(live_server: Any, browser: Browser) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a person's window; at the end each must have been quiet."""
    opened: list[Window] = []

    def open_one(person: User | None = None, *, width: int = 1280, dark: bool = False) -> Window:
        opened.append(Window(browser, str(live_server.url), person, width=width, dark=dark))
        return opened[-1]

    yield open_one
    assert "\n".join(complaint for window in opened for complaint in window.close()) == ""
