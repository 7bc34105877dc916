"""A person at the admin: opens a page, fills in its form and sends it, with what the page put there."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Fields = dict[str, list[str]]


class Browser:
    """One person, logged in. A form that is sent must carry its token, as in a real browser."""

    def __init__(self, person: User) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person)
        self.script = Client()
        self.script.force_login(person)

    def get(self, url: str) -> Any:
        """Open a page."""
        return self.client.get(url)

    def fields(self, url: str) -> Fields:
        """Return what the forms of a page would send as they stand."""
        page = _Forms()
        page.feed(self.client.get(url).content.decode())
        return page.fields

    def send(self, url: str, *, to: str = "", **changes: Any) -> Any:
        """Fill in the form of a page and send it, and return what comes of it."""
        return self.client.post(to or url, {**self.fields(url), **changes}, follow=True)

    def post(self, url: str, **fields: Any) -> Any:
        """Send fields without opening the page first, token or not: what a rule must refuse, it refuses here too."""
        return self.script.post(url, fields, follow=True)


def page_of(row: Any) -> str:
    """Return the address of a row's page."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def said(response: Any) -> str:
    """Return the messages that a page shows."""
    return " ".join(str(message) for message in response.context["messages"])


class _Forms(HTMLParser):
    """Collects what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag:
            case "input" if name and given.get("type") not in {"submit", "button"}:
                self._input(name, given)
            case "select":
                self._select = name
            case "option" if self._select and "selected" in given:
                self.fields.setdefault(self._select, []).append(given.get("value", ""))
            case "textarea":
                self._textarea = name
                self.fields[name] = [""]

    def _input(self, name: str, given: dict[str, str]) -> None:
        ticked = given.get("type") in {"checkbox", "radio"}
        if not ticked or "checked" in given:
            self.fields.setdefault(name, []).append(given.get("value", "on" if ticked else ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea][0] = (self.fields[self._textarea][0] + data).removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""
