"""A person's browser window: it opens pages, and remembers whatever a page complained about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from playwright.sync_api import Browser, ConsoleMessage, Request

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = {"serious", "critical"}
HEIGHT = 900


class Window:
    """One window, signed in as a person. A console error, a broken policy or a request elsewhere is a complaint."""

    def __init__(self, browser: Browser, address: str, person: User | None, *, width: int, dark: bool) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        if person:
            self._sign_in(person)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._asked)

    def go(self, path: str) -> int:
        """Open a page and return its status."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    def text(self) -> str:
        """Return what can be read on the page, once all of it is there."""
        self.page.wait_for_load_state()
        return self.page.inner_text("main")

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link of that name in the page's main part."""
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def barriers(self) -> list[str]:
        """Return what axe finds serious: the rule, and the first elements that break it."""
        heard = len(self.complaints)
        self.page.evaluate(AXE.read_text())
        found: list[Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(r => r.violations)", RULES
        )
        del self.complaints[heard:]  # axe tries styles of its own, which the page's policy refuses
        return [_said(one) for one in found if one["impact"] in SERIOUS]

    def close(self) -> list[str]:
        """Close the window, and return what its pages complained about."""
        self.context.close()
        return self.complaints

    def _sign_in(self, person: User) -> None:
        client = Client()
        client.force_login(person)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        self.context.add_cookies([{**cookie, "url": self.address}])  # type: ignore[typeddict-item] # as documented

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"{self.page.url} asked for {request.url}")


def _said(violation: Any) -> str:
    places = [node["target"][0] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {places} {violation['nodes'][0].get('failureSummary', '')[:300]}"
