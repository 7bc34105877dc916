"""Logging in: wrong passwords run out, for one account, from one address, for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from content_api.workplace.lockout import client_address

if TYPE_CHECKING:
    from tests.conftest import People

RIGHT, WRONG = "a-password-of-hers", "another"


@pytest.fixture
def names(people: People) -> list[str]:
    """Give two people a password, and return their names."""
    for person in (people.ann, people.carl):
        person.set_password(RIGHT)
        person.save()
    return ["ann", "carl"]


def log_in(name: str, password: str = WRONG, address: str = "192.0.2.1") -> Any:
    return Client().post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=address)


def test_the_sixth_wrong_password_makes_the_right_one_wait(names: list[str]) -> None:
    wrong = [log_in("ann").status_code for _ in range(6)]
    locked = log_in("ann", RIGHT)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        later = log_in("ann", RIGHT)

    assert wrong == [200] * 5 + [429]
    assert locked.status_code == 429
    assert "again in 15 minutes" in locked.content.decode()
    assert later.status_code == 302


def test_nobody_else_waits_and_she_does_not_elsewhere(names: list[str]) -> None:
    for _ in range(6):
        log_in("ann")

    assert log_in("carl", RIGHT).status_code == 302
    assert log_in("ann", RIGHT, address="192.0.2.2").status_code == 302


def test_a_right_password_starts_the_count_anew(names: list[str]) -> None:
    for _ in range(2):
        for _ in range(5):
            log_in("ann")
        assert log_in("ann", RIGHT).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "made.up, 198.51.100.7", "198.51.100.7"),
        (2, "made.up, 198.51.100.7, 203.0.113.1", "198.51.100.7"),
        (2, "203.0.113.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(
    rf: Any, settings: Any, proxies: int, header: str, address: str
) -> None:
    settings.PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": header})

    assert client_address(request) == address


def test_a_wrong_password_is_told_what_to_do(names: list[str]) -> None:
    page = log_in("ann").content.decode()

    assert "ask an administrator for a new password" in page


@pytest.mark.parametrize("path", ["/admin/nowhere/", "/admin/therapies/nothing/"])
def test_a_page_that_is_not_there_leads_back_to_the_dashboard(people: People, path: str) -> None:
    ann = Client()
    ann.force_login(people.ann)

    answer = ann.get(path, headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "Look for it from the dashboard." in answer.content.decode()
