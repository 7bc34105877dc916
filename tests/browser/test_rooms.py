"""The pages on which something is done, in a browser: forms of prose and trials, taking down, putting in, comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import resolve, reverse

from content_api.editorial.actions import park
from content_api.editorial.models import Transition, Version
from content_api.partners.actions import create_site, issue_key
from content_api.partners.models import ApiKey
from content_api.releases import actions
from content_api.releases.models import Release
from tests.admin.browser import page_of
from tests.admin.test_permissions import TABLE, entry_of
from tests.faqs.shelf import Shelf
from tests.situations import Desk
from therapies.models import ApprovalEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.window import Window
    from tests.conftest import People

OK = 200
NO_PAGES = {"autocomplete", "jsi18n", "editorial_transition_csv", "editorial_transition_json"}  # data, for a script


@pytest.fixture
def shelf(people: People) -> Shelf:
    """Publish a library, and leave work in it on every desk."""
    shelf = Shelf(Desk(people))
    shelf.published()
    shelf.faq("why-harder", short_answer="The cells must first reach the tumor.")
    shelf.desk.send_back(shelf.submit("why-harder"), "Say it in one sentence.")
    shelf.write("tumor_type", "gastric", name="stomach cancer")
    park(item=shelf.items["gastric"], person=people.ann)
    actions.pull(item=shelf.items["ct041"], person=people.rui, reason="SAFETY", public_note="It is wrong.")
    news = actions.open_release(person=people.ann, title="What comes next")
    actions.put_in(release=news, items=[shelf.items["general"], shelf.items["why-harder"]], person=people.ann)
    issue_key(site=create_site(slug="site", name="A site"))
    return shelf


@pytest.fixture
def rooms(shelf: Shelf, people: People) -> dict[str, list[str]]:
    """Return the pages of each person by their name."""
    therapy, pull = shelf.id_of("satri-cel"), Release.objects.get(is_pull=True)
    news, version = Release.objects.get(title="What comes next"), Version.objects.get(state="CHANGES_REQUESTED")
    event, key = ApprovalEvent.objects.all()[0], ApiKey.objects.get()
    return {
        "": ["/admin/login/"],
        "ann": [*_of_an_editor(shelf), f"{page_of(news)}?find=satri", *_pages_of(event)],
        "mei": [
            "/admin/",
            f"/admin/therapies/therapy/confirm/?id={therapy}",
            reverse("admin:releases_release_pull", args=[therapy]),
            reverse("admin:releases_release_confirm", args=[pull.pk]),
            *_pages_of(version),
            *_pages_of(Transition.objects.order_by("-seq")[0]),
            "/admin/password_change/",
            "/admin/password_change/done/",
        ],
        "pia": [reverse("admin:releases_release_withdraw", args=[therapy]), *_pages_of(pull), page_of(news)],
        "ada": [
            *_pages_of(people.ann),
            "/admin/auth/user/add/",
            f"/admin/auth/user/{people.ann.pk}/password/",
            "/admin/partners/partnersite/add/",
            *_pages_of(key.site),
            *_pages_of(key),
        ],
    }


def _of_an_editor(shelf: Shelf) -> list[str]:
    question, therapy = f"/admin/faqs/faq/{shelf.id_of('why-harder')}", shelf.id_of("satri-cel")
    return [
        "/admin/",
        "/admin/therapies/",
        "/admin/faqs/faq/",
        "/admin/faqs/faq/add/",
        "/admin/faqs/disclaimer/add/",
        "/admin/therapies/trial/add/",
        f"/admin/faqs/disclaimer/{shelf.id_of('general')}/change/",
        f"/admin/therapies/trial/{shelf.id_of('ct041')}/change/",
        *(f"{question}/{side}/" for side in ("change", "checks", "preview", "history", "compare")),
        f"{question}/compare/?from=1&to=2",
        f"/admin/faqs/faq/submit/?id={shelf.id_of('why-harder')}",
        *(f"/admin/therapies/tumortype/{shelf.id_of('gastric')}/{side}/" for side in ("change", "parked")),
        f"/admin/therapies/therapy/{therapy}/correct/",
        f"/admin/facts/?item={therapy}",
        f"{reverse('admin:releases_release_put_in')}?id={therapy}",
        "/admin/releases/release/add/",
    ]


def _pages_of(row: Any) -> list[str]:
    """Return the list that a row stands in, its page and its history."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    return [reverse(f"{name}_changelist"), page_of(row), reverse(f"{name}_history", args=[row.pk])]


def test_no_page_of_the_admin_is_left_out(rooms: dict[str, list[str]]) -> None:
    """What somebody may open, by the table of permissions, is among the pages that are looked at."""
    seen = {entry_of(str(resolve(path.partition("?")[0]).url_name)) for paths in rooms.values() for path in paths}

    assert sorted({name for name, who in TABLE.items() if who} - NO_PAGES - seen) == []


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
