"""Who may open which address of the admin, in one table: an address that is not in it fails, side views included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

from content_api import kinds
from content_api.editorial.actions import submit
from content_api.partners.actions import create_site, issue_key
from content_api.partners.models import ApiKey
from content_api.releases.actions import open_release
from tests.admin.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.admin.conftest import Shelf
    from tests.conftest import People

EVERYBODY = {"ann", "mei", "rui", "pia", "ada"}  # who holds any role; ada is an administrator and a superuser
EDITORS, REVIEWERS, COMPOSERS, ADMINISTRATORS, NOBODY = {"ann"}, {"mei", "rui"}, {"ann", "pia"}, {"ada"}, set[str]()

# Of each kind of content (KIND) and of each row with a page of its own (ROW): who may open it, with an object there.
TABLE: dict[str, set[str]] = {
    "index": EVERYBODY,
    "facts": EVERYBODY,
    "app_list": EVERYBODY,
    "KIND_changelist": EVERYBODY,
    "KIND_add": EDITORS,
    "KIND_change": EVERYBODY,
    "KIND_delete": NOBODY,
    "KIND_submit": EDITORS,
    "KIND_confirm": REVIEWERS,
    "KIND_checks": EVERYBODY,
    "KIND_preview": EVERYBODY,
    "KIND_history": EVERYBODY,
    "KIND_compare": EVERYBODY,
    "KIND_restore": NOBODY,  # it is posted to
    "KIND_correct": EVERYBODY,  # who may not is told why, and offered nothing
    "KIND_parked": EVERYBODY,
    "ROW_changelist": EVERYBODY,
    "ROW_add": NOBODY,
    "ROW_change": EVERYBODY,
    "ROW_delete": NOBODY,
    "ROW_history": EVERYBODY,
    **{
        f"editorial_{record}_{page}": EVERYBODY
        for record in ("version", "transition")
        for page in ("changelist", "change", "history")
    },
    **{f"editorial_{record}_{page}": NOBODY for record in ("version", "transition") for page in ("add", "delete")},
    **{f"editorial_transition_{form}": EVERYBODY for form in ("csv", "json")},
    "editorial_version_verdict": NOBODY,  # they are posted to
    "editorial_version_comment": NOBODY,
    "editorial_version_recall": NOBODY,
    "releases_release_changelist": EVERYBODY,
    "releases_release_add": COMPOSERS,
    "releases_release_change": EVERYBODY,
    "releases_release_history": EVERYBODY,
    "releases_release_delete": NOBODY,
    "releases_release_step": NOBODY,  # they are posted to
    "releases_release_publish_version": NOBODY,
    "releases_release_put_in": COMPOSERS,
    "releases_release_withdraw": EVERYBODY,  # who may not is told why, and offered nothing
    "releases_release_pull": EVERYBODY,
    "releases_release_confirm": NOBODY,  # of a release that is no pull
    **{f"auth_user_{page}": ADMINISTRATORS for page in ("changelist", "add", "change", "history")},
    "auth_user_password_change": ADMINISTRATORS,
    "auth_user_delete": NOBODY,
    **{f"partners_partnersite_{page}": {"ada", "pia"} for page in ("changelist", "change", "history")},
    "partners_partnersite_add": ADMINISTRATORS,
    "partners_partnersite_delete": NOBODY,  # of a site that has a key
    "partners_partnersite_key": NOBODY,  # they are posted to
    "partners_apikey_revoke": NOBODY,
    **{f"partners_apikey_{page}": ADMINISTRATORS for page in ("changelist", "change", "history")},
    **{f"partners_apikey_{page}": NOBODY for page in ("add", "delete")},
    "autocomplete": EVERYBODY,
    "login": EVERYBODY,
    "logout": NOBODY,  # it is posted to
    "jsi18n": EVERYBODY,
    "password_change": EVERYBODY,
    "password_change_done": EVERYBODY,
    "view_on_site": NOBODY,  # nothing has an address of its own there
}
KINDS = {f"{kind.model._meta.app_label}_{kind.model._meta.model_name}" for kind in kinds.all_kinds()}
ROWS = {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry if hasattr(m, "parent")} - KINDS


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        elif pattern.name:
            yield pattern


def entry_of(name: str) -> str:
    """Return the row of the table that an address falls under."""
    table, _, page = name.rpartition("_")
    sort = "KIND" if table in KINDS else "ROW" if table in ROWS else ""
    return f"{sort}_{page}" if sort else name


NAMES = {pattern.name: pattern for pattern in _patterns(admin.site.get_urls()) if pattern.name}


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert {entry_of(name) for name in NAMES} == TABLE.keys()


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_the_table_holds(shelf: Shelf, people: People, who: str) -> None:
    paths = dict(_openable(shelf, people))
    script = Browser(getattr(people, who)).script
    answers = {name: script.get(path).status_code for name, path in paths.items()}

    opened = {name for name, status in answers.items() if status == 200}
    assert len(paths) > 45
    assert opened ^ {name for name in paths if who in TABLE[entry_of(name)]} == set(), (
        "opened, or closed, against the table"
    )
    assert set(answers.values()) <= {200, 302, 403, 404, 405}


def _openable(shelf: Shelf, people: People) -> Iterator[tuple[str, str]]:
    """Yield addresses with objects that are there: one kind, one sort of row, and every record and account."""
    event = shelf.add_event()
    version = submit(item=shelf["therapy_class"].item, person=people.ann)
    issue_key(site=create_site(slug="site", name="A site"))
    objects: dict[str, Any] = {
        "therapies_therapyclass": shelf["therapy_class"].pk,
        "therapies_approvalevent": event.pk,
        "editorial_version": version.pk,
        "editorial_transition": 1,
        "releases_release": open_release(person=people.ann, title="News").pk,
        "auth_user": people.make("someone").pk,
        "partners_partnersite": ApiKey.objects.get().site_id,
        "partners_apikey": ApiKey.objects.get().pk,
    }
    for name, pattern in NAMES.items():
        table = next((one for one in objects if re.fullmatch(rf"{one}_[a-z_]+", name)), None)
        if table:
            yield name, _address(name, pattern, objects[table], version.item_id)
        elif entry_of(name) == name and name not in {"login", "view_on_site", "app_list", "autocomplete"}:
            yield name, reverse(f"admin:{name}")
    yield "app_list", reverse("admin:app_list", args=["therapies"])
    chooser = "?app_label=therapies&model_name=approval&field_name=therapy&term=a"
    yield "autocomplete", reverse("admin:autocomplete") + chooser


def _address(name: str, pattern: URLPattern, key: object, item: object) -> str:
    keys = dict.fromkeys(["object_id", "id", "version_id", "release_id", "site_id", "key_id"], key)
    wanted = {**keys, "item_id": item, "name": "publish"}
    return reverse(f"admin:{name}", kwargs={one: wanted[one] for one in pattern.pattern.converters})
