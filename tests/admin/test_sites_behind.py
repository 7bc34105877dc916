"""Which sites are behind: on the dashboard, in the list of sites and on the page of each; for publishers too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content_api.partners.actions import acknowledge, create_site, issue_key, revoke_key
from content_api.partners.models import ApiKey, PartnerSite
from content_api.releases import actions as releases
from content_api.workplace.dashboard import dashboard
from tests.admin.browser import Browser

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from content_api.editions.models import PublishedRelease
    from content_api.workplace.sections import Row
    from tests.conftest import People
    from tests.situations import Desk

TITLE = "Sites that are behind"
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def published(desk: Desk, slug: str, *, act_by: datetime | None = None) -> PublishedRelease:
    """Publish a release, which may say by when sites must act."""
    release = releases.open_release(person=desk.people.ann, title=slug, act_by=act_by)
    releases.add_version(release=release, version=desk.approved(slug), person=desk.people.ann)
    desk.sign(release)
    return releases.publish(release=release, person=desk.people.pia)


def a_site(slug: str, *, serves: PublishedRelease | None = None) -> PartnerSite:
    """Return a site that reads, and that said what it serves if anything is given."""
    site = create_site(slug=slug, name=slug.title())
    issue_key(site=site)
    if serves:
        acknowledge(site=site, release=serves.number, release_hash=serves.hash)
    return site


def rows(person: User, later: timedelta = timedelta()) -> list[Row]:
    """Return the rows of the section as they stand some time from now."""
    sections = {one.title: one for one in dashboard(person, timezone.now() + later)}
    return sections[TITLE].rows


def page_of(site: PartnerSite) -> str:
    return reverse("admin:partners_partnersite_change", args=[site.pk])


def test_only_a_site_that_reads_and_lacks_what_is_out_is_behind(desk: Desk, people: People) -> None:
    first, second = published(desk, "first"), published(desk, "second")
    a_site("current", serves=second)
    a_site("older", serves=first)
    a_site("silent")
    create_site(slug="keyless", name="Keyless")
    revoke_key(key=ApiKey.objects.get(site=a_site("revoked", serves=first)))

    found = rows(people.pia)

    assert [(row.title, row.what, row.state_label) for row in found] == [
        ("Older", "Serves release 1, 1 release behind", "Behind"),
        ("Silent", "Has not said what it serves; 2 releases out", "Behind"),
    ]
    assert found[0].at == second.published_at
    assert found[1].at == ApiKey.objects.get(site__slug="silent").created_at, "it cannot be behind before it can read"


@pytest.mark.parametrize(("who", "sees"), [("pia", True), ("ada", True), ("ann", False), ("mei", False)])
def test_publishers_and_administrators_are_told(desk: Desk, people: People, who: str, *, sees: bool) -> None:
    published(desk, "first")
    site = a_site("silent")

    page = Browser(getattr(people, who)).get("/admin/").content.decode()

    assert (TITLE in page) is sees
    assert (page_of(site) in page) is sees


def test_nobody_is_behind_where_nothing_is_out(desk: Desk, people: People) -> None:
    a_site("silent")

    assert rows(people.pia) == []
    assert "No site is behind." in Browser(people.pia).get("/admin/").content.decode()


@pytest.mark.parametrize(("later", "state"), [(WEEK - HOUR, "Behind"), (WEEK + HOUR, "Overdue")])
@pytest.mark.parametrize("said", [True, False])
def test_a_site_has_seven_days(desk: Desk, people: People, later: timedelta, state: str, *, said: bool) -> None:
    first = published(desk, "first")
    a_site("slow", serves=first if said else None)
    published(desk, "second")

    assert [row.state_label for row in rows(people.pia, later)] == [state]


@pytest.mark.parametrize("by", ["the release", "a withdrawal in it"])
def test_a_site_has_until_the_time_that_a_release_names(desk: Desk, people: People, by: str) -> None:
    soon = timezone.now() + 2 * HOUR
    first = published(desk, "first")
    a_site("slow", serves=first)
    if by == "the release":
        published(desk, "second", act_by=soon)
    else:
        desk.withdraw(desk.write("first"), partner_action="REMOVE", act_by=soon)

    before, after = rows(people.pia, HOUR), rows(people.pia, 3 * HOUR)

    assert [row.state_label for row in (*before, *after)] == ["Behind", "Overdue"]
    assert "Sites act by" in before[0].what


def test_a_site_that_came_later_is_not_asked_to_have_acted_before(desk: Desk, people: People) -> None:
    published(desk, "first", act_by=timezone.now() - HOUR)
    a_site("new")

    assert [(row.state_label, "act by" in row.what) for row in rows(people.pia)] == [("Behind", False)]


def test_the_most_pressing_comes_first(desk: Desk, people: People) -> None:
    a_site("z-urgent", serves=published(desk, "first"))
    a_site("a-later", serves=published(desk, "second", act_by=timezone.now() + HOUR))
    published(desk, "third")

    assert [row.title for row in rows(people.pia)] == ["Z-Urgent", "A-Later"]


def test_it_takes_the_same_queries_however_many_sites_there_are(desk: Desk, people: People) -> None:
    first = published(desk, "first")
    published(desk, "second")
    costs = []
    for many in (2, 12):
        for number in range(many):
            a_site(f"site-{many}-{number}", serves=first if number % 2 else None)
        costs.append([_queries(people.pia, path) for path in ("/admin/", reverse(LIST))])

    assert costs[0] == costs[1]


LIST = "admin:partners_partnersite_changelist"


def _queries(person: Any, path: str) -> int:
    browser = Browser(person)
    browser.get(path)
    with CaptureQueriesContext(connection) as taken:
        browser.get(path)
    return len(taken)


class TestPages:
    def test_the_list_says_what_each_site_serves(self, desk: Desk, people: People) -> None:
        a_site("older", serves=published(desk, "first"))
        a_site("silent")

        page = Browser(people.pia).get(reverse(LIST)).content.decode()

        assert 'class="field-serves">release 1<' in page
        assert 'class="field-serves">has not said<' in page

    def test_the_page_of_a_site_shows_what_it_said_and_how_far_it_is_behind(self, desk: Desk, people: People) -> None:
        first = published(desk, "first")
        site = a_site("guide", serves=first)
        level = _text(people.pia, site)
        published(desk, "second")
        behind = _text(people.pia, site)

        assert "It serves release 1 since" in level
        assert "That is the current one." in level
        assert "Up to date" in level
        assert "It is 1 release behind, since" in behind
        assert ">Behind<" in behind
        assert first.hash[:20] in behind

    def test_the_page_of_a_silent_site_says_so(self, desk: Desk, people: People) -> None:
        published(desk, "first")
        site = a_site("silent")

        page = _text(people.pia, site)

        assert "It has not said which release it serves." in page
        assert "1 release is out, since" in page

    def test_a_publisher_reads_and_changes_nothing(self, desk: Desk, people: People) -> None:
        site = a_site("guide")
        script = Browser(people.pia).script
        page = _text(people.pia, site)

        assert str(ApiKey.objects.get()) not in page
        assert "Its keys" not in page
        assert 'name="_save"' not in page
        assert script.post(page_of(site), {"name": "Another", "slug": "guide"}).status_code == 403
        assert script.post(reverse("admin:partners_partnersite_key", args=[site.pk])).status_code == 403
        assert script.get(reverse("admin:partners_apikey_changelist")).status_code == 403
        assert "Its keys" in _text(people.ada, site)


def _text(person: User, site: PartnerSite) -> str:
    return " ".join(Browser(person).get(page_of(site)).content.decode().split())
