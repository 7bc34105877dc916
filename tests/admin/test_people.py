"""Roles are groups that the code makes; a role is what counts, and being a superuser is not one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.auth.models import AnonymousUser, Group, User
from django.urls import reverse

from content_api import people as roster
from content_api.demo import DEMO_GROUP
from tests.admin.browser import Browser, page_of

if TYPE_CHECKING:
    from tests.conftest import People

USERS = reverse("admin:auth_user_changelist")
HELD = [
    ("ann", roster.EDITOR),
    ("mei", roster.MEDICAL_REVIEWER),
    ("rui", roster.REGULATORY_REVIEWER),
    ("pia", roster.PUBLISHER),
    ("ada", roster.ADMINISTRATOR),
]


@pytest.mark.parametrize(("name", "held"), HELD)
class TestRole:
    def test_is_held_by_the_members_of_its_group_and_no_other(self, people: People, name: str, held: str) -> None:
        person = getattr(people, name)

        assert [role for role in roster.ROLES if roster.has_role(person, role)] == [held]
        assert roster.roles_of(person) == {held}

    def test_ends_with_the_account(self, people: People, name: str, held: str) -> None:
        person = getattr(people, name)
        User.objects.filter(pk=person.pk).update(is_active=False)

        assert not roster.has_role(person, held)
        assert not roster.roles_of(User.objects.get(pk=person.pk))


def test_nobody_has_no_role(people: People) -> None:
    assert not any(roster.has_role(AnonymousUser(), role) for role in roster.ROLES)
    assert not roster.roles_of(AnonymousUser())


class TestGroups:
    def test_are_made_again_without_a_change(self, people: People) -> None:
        before = permissions()
        Group.objects.get(name=roster.EDITOR).permissions.clear()
        Group.objects.get(name=roster.PUBLISHER).delete()

        for _ in range(2):
            for config in apps.get_app_configs():
                roster.make_roles(config)

        assert permissions() == before

    def test_are_not_made_where_there_are_no_accounts_yet(self, people: People) -> None:
        roster.make_roles(apps.get_app_config("therapies"), apps=Apps())

        assert set(permissions()) == set(roster.ROLES)

    def test_only_editors_may_write_drafts(self, people: People) -> None:
        writers = {name for name, held in permissions().items() if "change_therapy" in held}

        assert writers == {roster.EDITOR}

    def test_only_administrators_may_change_accounts(self, people: People) -> None:
        keepers = {name for name, held in permissions().items() if "change_user" in held}

        assert keepers == {roster.ADMINISTRATOR}

    def test_nobody_may_delete_a_text_or_write_a_record(self, people: People) -> None:
        held = set().union(*permissions().values())

        assert "delete_therapy" not in held
        assert "add_version" not in held
        assert "change_edition" not in held


def permissions() -> dict[str, set[str]]:
    """Return what each group may do in the admin."""
    return {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}


class TestAccounts:
    def test_are_kept_by_an_administrator(self, people: People) -> None:
        amy = Browser(people.make("amy", roster.ADMINISTRATOR))
        roles = [Group.objects.get(name=roster.EDITOR).pk]

        amy.send(page_of(people.carl), first_name="Carlo", groups=roles)

        people.carl.refresh_from_db()
        assert people.carl.first_name == "Carlo"

    def test_show_their_roles_and_keep_the_demo_that_is_none(self, people: People) -> None:
        people.carl.groups.add(Group.objects.create(name=DEMO_GROUP))
        ada, page = Browser(people.ada), page_of(people.carl)
        publisher = Group.objects.get(name=roster.PUBLISHER).pk

        ada.send(page, groups=[publisher])

        assert DEMO_GROUP not in ada.get(page).content.decode()
        assert {group.name for group in people.carl.groups.all()} == {roster.PUBLISHER, DEMO_GROUP}

    def test_are_found_by_the_role_that_they_hold(self, people: People) -> None:
        ada, held = Browser(people.ada), (people.pia, people.mei)
        found = {
            role: {one.username for one in ada.get(f"{USERS}?role={role}").context["cl"].result_list}
            for role in (roster.PUBLISHER, roster.MEDICAL_REVIEWER)
        }

        assert found == {roster.PUBLISHER: {held[0].username}, roster.MEDICAL_REVIEWER: {held[1].username}}

    def test_carry_credentials(self, people: People) -> None:
        typed = {"reviewer-TOTAL_FORMS": "1", "reviewer-0-credentials": "MD, oncology"}

        Browser(people.ada).send(page_of(people.carl), to="", **typed)

        assert User.objects.get(username="carl").reviewer.credentials == "MD, oncology"

    @pytest.mark.parametrize("name", ["ann", "mei", "rui", "pia"])
    def test_are_closed_to_everybody_else(self, people: People, name: str) -> None:
        browser = Browser(getattr(people, name))

        assert browser.get(USERS).status_code == 403
        assert browser.post(page_of(people.carl), first_name="Carlo").status_code == 403

    def test_of_superusers_are_closed_to_administrators(self, people: People) -> None:
        amy = Browser(people.make("amy", roster.ADMINISTRATOR))
        password = reverse("admin:auth_user_password_change", args=[people.ada.pk])

        assert amy.post(page_of(people.ada), first_name="Eve").status_code == 403
        assert amy.post(password, password1="long-and-secret", password2="long-and-secret").status_code == 403

    def test_become_superusers_only_by_a_superuser(self, people: People) -> None:
        amy = Browser(people.make("amy", roster.ADMINISTRATOR))

        amy.send(page_of(people.carl), is_superuser="on")
        as_administrator = User.objects.get(username="carl").is_superuser
        Browser(people.ada).send(page_of(people.carl), is_superuser="on")

        assert not as_administrator
        assert User.objects.get(username="carl").is_superuser

    def test_are_never_deleted(self, people: People) -> None:
        ada = Browser(people.ada)

        assert ada.post(page_of(people.carl).replace("/change/", "/delete/"), post="yes").status_code == 403
        assert User.objects.filter(username="carl").exists()

    def test_show_their_roles_in_the_list(self, people: People) -> None:
        people.make("mo", roster.MEDICAL_REVIEWER)

        assert "Medical reviewer" in Browser(people.ada).get(USERS).content.decode()
