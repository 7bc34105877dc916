"""The pages on which something is done, in a browser: forms of prose and trials, taking down, putting in, comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse

from content_api.releases import actions
from content_api.releases.models import Release
from tests.admin.browser import page_of
from tests.faqs.shelf import Shelf
from tests.situations import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.window import Window
    from tests.conftest import People

OK = 200


@pytest.fixture
def rooms(people: People) -> dict[str, list[str]]:
    """Publish a library, leave work in it on every desk, and return the pages of each person by their name."""
    shelf = Shelf(Desk(people))
    shelf.published()
    shelf.faq("why-harder", short_answer="The cells must first reach the tumor.")
    shelf.desk.send_back(shelf.submit("why-harder"), "Say it in one sentence.")
    pulled = actions.pull(item=shelf.items["ct041"], person=people.rui, reason="SAFETY", public_note="It is wrong.")
    news = actions.open_release(person=people.ann, title="News")
    actions.put_in(release=news, items=[shelf.items["general"], shelf.items["why-harder"]], person=people.ann)
    question, therapy = f"/admin/faqs/faq/{shelf.id_of('why-harder')}", shelf.id_of("satri-cel")
    return {
        "": ["/admin/login/"],
        "ann": [
            "/admin/faqs/faq/",
            "/admin/faqs/faq/add/",
            "/admin/faqs/disclaimer/add/",
            "/admin/therapies/trial/add/",
            f"/admin/faqs/disclaimer/{shelf.id_of('general')}/change/",
            f"/admin/therapies/trial/{shelf.id_of('ct041')}/change/",
            *(f"{question}/{side}/" for side in ("change", "checks", "preview", "history", "compare")),
            f"{question}/compare/?from=1&to=2",
            f"/admin/faqs/faq/submit/?id={shelf.id_of('why-harder')}",
            f"/admin/facts/?item={therapy}",
            f"{reverse('admin:releases_release_put_in')}?id={therapy}",
            f"{page_of(news)}?find=satri",
            "/admin/releases/release/",
            "/admin/releases/release/add/",
        ],
        "mei": [
            "/admin/",
            f"/admin/therapies/therapy/confirm/?id={therapy}",
            reverse("admin:releases_release_pull", args=[therapy]),
            reverse("admin:releases_release_confirm", args=[_release(pulled).pk]),
            "/admin/editorial/version/",
            "/admin/editorial/transition/",
            "/admin/password_change/",
        ],
        "pia": [reverse("admin:releases_release_withdraw", args=[therapy]), page_of(_release(pulled)), page_of(news)],
        "ada": ["/admin/auth/user/", f"/admin/auth/user/{people.ann.pk}/change/", "/admin/partners/partnersite/add/"],
    }


def _release(published: Any) -> Any:
    return Release.objects.get(number=published.number)


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="looks do not depend on the engine; the journeys run on both"
)
@pytest.mark.parametrize(("width", "dark"), [(1280, True), (390, False)])
def test_a_room_fits_and_bars_nobody(
    rooms: dict[str, list[str]], people: People, open_window: Callable[..., Window], width: int, *, dark: bool
) -> None:
    found: list[str] = []
    for name, paths in rooms.items():
        window = open_window(getattr(people, name) if name else None, width=width, dark=dark)
        for path in paths:
            status, wide = window.go(path), window.overflow()
            found += [f"{path} answers {status}"] if status != OK else []
            found += [f"{path} is {wide} pixels too wide"] if wide > 0 else []
            found += [f"{path}: {barrier}" for barrier in window.barriers()]

    assert "\n".join(found) == ""
