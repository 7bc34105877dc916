"""Make a demo that anybody can try: accounts for every role, partner sites, a key of one, and the seed content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from content_api import people
from content_api.demo import DEMO_GROUP
from content_api.editions.queries import current_number, hash_of
from content_api.editorial.models import Reviewer
from content_api.partners.actions import acknowledge, create_site, issue_key, revoke_key
from content_api.partners.keys import read_key
from content_api.partners.models import PartnerSite
from content_api.partners.policies import MOST_ACTIVE_KEYS
from content_api.partners.queries import active_keys

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "cell-therapy-demo"  # noqa: S105 - public on purpose; production refuses to start with these accounts
SITE = "demo"
CAST = {  # user name: (role, last name, credentials)
    "editor": (people.EDITOR, "Editor", ""),
    "medical": (people.MEDICAL_REVIEWER, "Medical", "MD (demo account)"),
    "regulatory": (people.REGULATORY_REVIEWER, "Regulatory", "PharmD (demo account)"),
    "publisher": (people.PUBLISHER, "Publisher", ""),
    "administrator": (people.ADMINISTRATOR, "Administrator", ""),
}
FOLLOWERS = {  # slug: (name, how many releases it is behind); nobody holds their keys
    "demo-clinic": ("Demo clinic", 0),
    "demo-magazine": ("Demo magazine", 1),
}
WELCOME = """
  API     {base}/api/v1/
  Docs    {base}/api/v1/docs/
  Admin   {base}/admin/

  Log in to the admin with the password {password} as
{logins}

  The key of the demo site: {key}
  Try it, once the server is up:

curl -H "Authorization: Bearer {key}" {base}/api/v1/approvals/satri-cel-nmpa/
"""


class Command(BaseCommand):
    help = (
        "Make the demo accounts, the demo sites, a key of one, and the seed content, then say where everything is. "
        "Run it again at any time: what is there already stays. Only where DEMO is set."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            msg = (
                "Demo accounts have a public password, so they are made only where DEMO=1 is set, on a machine of "
                "your own. `make run` sets it; in production use `manage.py createsuperuser`."
            )
            raise CommandError(msg)
        make_people()
        key = make_key(settings.ENV_FILE)
        call_command("seed", stdout=self.stdout, stderr=self.stderr)
        make_followers()
        self.stdout.write(_welcome(key))


@transaction.atomic
def make_people() -> None:
    """Make the accounts that are missing, and give each its role; a password that was changed stays."""
    demo, _ = Group.objects.get_or_create(name=DEMO_GROUP)
    missing = CAST.keys() - set(User.objects.filter(username__in=CAST).values_list("username", flat=True))
    password = make_password(PASSWORD) if missing else ""
    for username in sorted(missing):
        _make_person(username, password)
    for username, (role, _, _) in CAST.items():
        User.objects.get(username=username).groups.set([demo, Group.objects.get(name=role)])


def _make_person(username: str, password: str) -> None:
    role, last_name, credentials = CAST[username]
    person = User.objects.create(
        username=username,
        password=password,
        first_name="Dr. Demo" if credentials else "Demo",
        last_name=last_name,
        is_staff=True,
        is_superuser=role == people.ADMINISTRATOR,
    )
    if credentials:
        Reviewer.objects.create(person=person, credentials=credentials)


def make_key(env_file: Path) -> str:
    """Return a key of the demo site that works: the one kept in the file of settings, or a new one, then kept there."""
    site = PartnerSite.objects.filter(slug=SITE).first() or create_site(slug=SITE, name="Demo site", is_demo=True)
    if _works(site, settings.DEMO_KEY):
        return str(settings.DEMO_KEY)
    held = active_keys(site, timezone.now())
    if held.count() >= MOST_ACTIVE_KEYS:
        revoke_key(key=held[0])
    key = issue_key(site=site)
    _keep(env_file, key)
    return key


@transaction.atomic
def make_followers() -> None:
    """Make the sites that are missing of those that say what they serve: one that keeps up, and one that is behind."""
    there = set(PartnerSite.objects.filter(slug__in=FOLLOWERS).values_list("slug", flat=True))
    for slug in FOLLOWERS.keys() - there:
        name, behind = FOLLOWERS[slug]
        site = create_site(slug=slug, name=name, is_demo=True)
        issue_key(site=site)
        number = (current_number() or 0) - behind
        if release_hash := hash_of(number):
            acknowledge(site=site, release=number, release_hash=release_hash)


def _works(site: PartnerSite, text: str) -> bool:
    key = read_key(text)
    stored = active_keys(site, timezone.now()).filter(key_id=key.key_id).first() if key else None
    return bool(key and stored and key.opens(stored.secret_sha256))


def _keep(env_file: Path, key: str) -> None:
    """Write the key into the file of settings, in place of an older one; nobody else may read the file."""
    if not env_file.exists():
        env_file.touch(mode=0o600)
    lines = [line for line in env_file.read_text().splitlines() if not line.startswith("DEMO_KEY=")]
    env_file.write_text("\n".join([*lines, f"DEMO_KEY={key}", ""]))


def _welcome(key: str) -> str:
    logins = "\n".join(f"    {username:<14} {role}" for username, (role, _, _) in CAST.items())
    return WELCOME.format(base=settings.PUBLIC_BASE_URL, key=key, logins=logins, password=PASSWORD)
