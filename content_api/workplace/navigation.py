"""The navigation of the admin: by what people do, and not by the app that a table lives in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import capfirst

from content_api.content_items import WorkingCopy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from content_api.canonical_json import Json

RECORDS = {"version": ("Reviews", "review"), "release": ("Releases", "release"), "transition": ("Audit trail", "trail")}
ACCOUNTS = {"user": ("People", "people"), "partnersite": ("Partner sites", "site"), "apikey": ("Keys", "key")}


def navigation(apps: Iterable[Json], path: str) -> list[Json]:
    """Return groups of links to the lists that a person may open, the one that the path is below marked."""
    models = [one for app in apps for one in app["models"] if one["admin_url"]]
    groups = [
        {"name": "Work", "links": [_home(path), *_named(models, RECORDS, path)]},
        {"name": "Content", "links": [_content(one, path) for one in models if _is_content(one)]},
        {"name": "Accounts", "links": _named(models, ACCOUNTS, path)},
        {"name": "More", "links": [_link(one, one["name"], "list", path) for one in models if _is_other(one)]},
    ]
    return [group for group in groups if group["links"]]


def here(groups: Iterable[Json]) -> str:
    """Return the name of the list that is marked."""
    return next((str(link["name"]) for group in groups for link in group["links"] if link["is_current"]), "")


def _home(path: str) -> Json:
    home = reverse("admin:index")
    return {"name": "Dashboard", "url": home, "icon": "home", "add_url": None, "is_current": path == home}


def _named(models: Iterable[Json], names: dict[str, tuple[str, str]], path: str) -> list[Json]:
    found = {_name_of(one["model"]): one for one in models}
    return [_link(found[key], name, icon, path) for key, (name, icon) in names.items() if key in found]


def _content(one: Json, path: str) -> Json:
    """Return the link of a kind, whose icon has the name of its table."""
    return _link(one, capfirst(one["name"]), _name_of(one["model"]), path)


def _link(one: Json, name: str, icon: str, path: str) -> Json:
    url = one["admin_url"]
    return {"name": name, "url": url, "icon": icon, "add_url": one["add_url"], "is_current": path.startswith(url)}


def _is_content(one: Json) -> bool:
    return issubclass(one["model"], WorkingCopy)


def _is_other(one: Json) -> bool:
    return not _is_content(one) and _name_of(one["model"]) not in {*RECORDS, *ACCOUNTS}


def _name_of(model: type[Model] | Any) -> str:
    return str(model._meta.model_name)
