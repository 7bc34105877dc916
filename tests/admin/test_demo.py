"""`manage.py demo` makes a demo that works, the same one each time, and only where a demo may be."""

from __future__ import annotations

import stat
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import HttpRequest
from django.test import Client

from content_api.demo import refuse_demo_rows_outside_a_demo
from content_api.editions.models import PublishedRelease
from content_api.partners.actions import issue_key, revoke_key
from content_api.partners.models import Acknowledgement, ApiKey, PartnerSite
from content_api.people import roles_of

if TYPE_CHECKING:
    from pathlib import Path

STORY = {"release.yaml": "title: One regulator", "organizations.yaml": "nmpa: {name: NMPA, roles: [REGULATOR]}"}


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Path) -> Any:
    """Offer the command, on a machine where a demo may be, with a story of one text."""
    settings.DEMO, settings.DEMO_KEY = True, ""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nothing here is a secret
    settings.BASE_DIR, settings.ENV_FILE = tmp_path, tmp_path / ".env"
    stage = tmp_path / "fixtures" / "1-one-regulator"
    stage.mkdir(parents=True)
    for name, text in STORY.items():
        (stage / name).write_text(text)

    def run() -> str:
        """Run the command, as a process that reads its settings anew, and return what it says."""
        settings.DEMO_KEY = kept_key(settings.ENV_FILE)
        said = StringIO()
        call_command("demo", stdout=said)
        return said.getvalue()

    return run


def kept_key(env_file: Path) -> str:
    """Return the key in a file of settings."""
    lines = env_file.read_text().splitlines() if env_file.exists() else []
    return next((line.removeprefix("DEMO_KEY=") for line in lines if line.startswith("DEMO_KEY=")), "")


def reads(key: str) -> bool:
    """Tell whether the API answers this key."""
    return Client().get("/api/v1/organizations/nmpa/", headers={"Authorization": f"Bearer {key}"}).status_code == 200


class TestFirstRun:
    def test_makes_an_account_for_every_role(self, demo: Any) -> None:
        said = demo()

        for name, role in [
            ("editor", "Editor"),
            ("medical", "Medical reviewer"),
            ("regulatory", "Regulatory reviewer"),
            ("publisher", "Publisher"),
            ("administrator", "Administrator"),
        ]:
            person = authenticate(HttpRequest(), username=name, password="cell-therapy-demo")
            assert isinstance(person, User)
            assert roles_of(person) == {role}
            assert person.is_staff
            assert f"{name:<14} {role}" in said

    def test_makes_one_superuser_who_has_no_editorial_role(self, demo: Any) -> None:
        demo()

        assert [one.username for one in User.objects.filter(is_superuser=True)] == ["administrator"]

    def test_publishes_the_story(self, demo: Any) -> None:
        demo()

        assert PublishedRelease.objects.get().title == "One regulator"

    def test_prints_a_line_that_works_with_the_key_in_it(self, demo: Any, settings: Any) -> None:
        said = demo()

        key = kept_key(settings.ENV_FILE)
        line = f'curl -H "Authorization: Bearer {key}" http://testserver/api/v1/approvals/satri-cel-nmpa/'
        assert line in said.splitlines()
        assert reads(key)

    def test_keeps_the_key_where_nobody_else_reads_it(self, demo: Any, settings: Any) -> None:
        demo()

        assert stat.S_IMODE(settings.ENV_FILE.stat().st_mode) == 0o600

    def test_leaves_the_other_settings_as_they_are(self, demo: Any, settings: Any) -> None:
        settings.ENV_FILE.write_text("SECRET_KEY=abc\nDEMO_KEY=old\nDEMO=1\n")

        demo()

        assert settings.ENV_FILE.read_text().splitlines()[:2] == ["SECRET_KEY=abc", "DEMO=1"]
        assert reads(kept_key(settings.ENV_FILE))

    def test_has_sites_that_say_what_they_serve_as_far_as_there_is_anything(self, demo: Any) -> None:
        demo()

        assert {
            site.name: [one.release for one in site.acknowledgements.all()] for site in PartnerSite.objects.all()
        } == {
            "Demo site": [],
            "Demo clinic": [1],
            "Demo magazine": [],  # it is one release behind, and there is but one
        }


class TestLaterRun:
    def test_shows_the_same_key_and_makes_nothing_new(self, demo: Any, settings: Any) -> None:
        demo()
        key = kept_key(settings.ENV_FILE)

        assert key in demo()
        assert Acknowledgement.objects.count() == 1
        assert (User.objects.count(), ApiKey.objects.count(), PublishedRelease.objects.count()) == (5, 3, 1)

    def test_makes_another_key_where_the_old_one_was_revoked(self, demo: Any, settings: Any) -> None:
        demo()
        key = kept_key(settings.ENV_FILE)
        revoke_key(key=ApiKey.objects.get(site__slug="demo"))

        demo()

        assert not reads(key)
        assert reads(kept_key(settings.ENV_FILE))

    def test_makes_room_for_its_key(self, demo: Any, settings: Any) -> None:
        demo()
        issue_key(site=PartnerSite.objects.get(slug="demo"))
        settings.ENV_FILE.unlink()

        demo()

        assert reads(kept_key(settings.ENV_FILE))

    def test_leaves_a_password_that_was_changed(self, demo: Any) -> None:
        demo()
        editor = User.objects.get(username="editor")
        editor.set_password("something-of-my-own")
        editor.save()

        demo()

        assert authenticate(HttpRequest(), username="editor", password="something-of-my-own")


class TestElsewhere:
    def test_is_refused_with_what_to_do_instead(self, demo: Any, settings: Any) -> None:
        settings.DEMO = False

        with pytest.raises(CommandError, match="createsuperuser"):
            demo()

        assert not User.objects.exists()

    def test_a_server_starts_without_them(self, db: None, settings: Any) -> None:
        settings.DEMO = False

        refuse_demo_rows_outside_a_demo()

    def test_a_server_refuses_to_start_with_what_a_demo_left(self, demo: Any, settings: Any) -> None:
        demo()
        refuse_demo_rows_outside_a_demo()
        settings.DEMO = False

        with pytest.raises(ImproperlyConfigured, match="5 active demo accounts and 3 demo sites"):
            refuse_demo_rows_outside_a_demo()
