"""Every address of the admin, found in the resolver and not in a list of ours: closed to whoever has no role."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, converters, reverse

from tests.admin.browser import Browser, page_of
from tests.admin.conftest import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.admin.conftest import Shelf
    from tests.conftest import People

OPEN = {"login", "logout", "jsi18n"}  # to everybody
OF_THE_PERSON = {"index", "password_change", "password_change_done", "view_on_site"}  # to everybody logged in
VALUES: dict[type, str] = {
    converters.UUIDConverter: str(uuid.uuid4()),
    converters.PathConverter: str(uuid.uuid4()),
    converters.SlugConverter: "publish",
    converters.IntConverter: "1",
    converters.StringConverter: "1",
}


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the name and path of every address of the admin, its parameters filled in."""
    yield from _named(admin.site.get_urls())


def _named(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns)
        elif pattern.name and pattern.name not in OPEN | OF_THE_PERSON:
            yield pattern.name, reverse(f"admin:{pattern.name}", args=_arguments(pattern))


def _arguments(pattern: URLPattern) -> list[str]:
    if pattern.name == "app_list":
        return ["therapies"]
    return [VALUES[type(converter)] for converter in pattern.pattern.converters.values()]


NAMED = dict(addresses())


def test_the_addresses_of_every_kind_are_among_them() -> None:
    assert len(NAMED) > 60
    assert {"therapies_approval_submit", "editorial_version_verdict", "releases_release_step"} <= NAMED.keys()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_login(db: None, method: str) -> None:
    answers = {name: getattr(Client(), method)(path) for name, path in NAMED.items()}

    let_in = {name for name, answer in answers.items() if not answer.get("Location", "").startswith("/admin/login/")}
    assert let_in == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_role_finds_every_door_closed(people: People, method: str) -> None:
    client = Browser(people.make("stranger")).script
    answers = {name: getattr(client, method)(path) for name, path in NAMED.items()}

    assert {name: answer.status_code for name, answer in answers.items() if not _is_closed(answer)} == {}


def _is_closed(answer: Any) -> bool:
    """Tell whether an answer shows nothing: Django sends whoever asks for the history of nothing to the index."""
    return answer.status_code in {403, 404, 405} or answer.get("Location") == reverse("admin:index")


@pytest.mark.parametrize("kind", MODELS)
def test_nothing_of_a_text_is_open_to_staff_without_a_role(shelf: Shelf, people: People, kind: str) -> None:
    stranger, page = Browser(people.make("stranger")), page_of(shelf[kind])
    sides = [page, page.replace("/change/", "/history/"), page.replace("/change/", "/delete/")]
    chooser = f"/admin/autocomplete/?app_label=therapies&model_name=approval&field_name={kind}&term=a"

    assert [stranger.get(side).status_code for side in [*sides, chooser]] == [403] * 4
    assert [shelf.ann.get(side).status_code for side in sides] == [200, 200, 403]


def test_the_chooser_finds_what_is_typed(shelf: Shelf) -> None:
    chooser = "/admin/autocomplete/?app_label=therapies&model_name=approval&field_name=therapy&term=satri"

    assert shelf["therapy"]
    assert [one["text"] for one in shelf.ann.get(chooser).json()["results"]] == ["satri-cel"]
