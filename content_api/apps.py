"""The platform as a Django app: it owns content items, the guards and the roles."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from content_api import guards


class ContentApiConfig(AppConfig):
    default = True
    name = "content_api"
    verbose_name = "Content"

    def ready(self) -> None:
        """Make the roles, and install the guards, after every migrate and flush; make way for a migration."""
        from content_api import people

        post_migrate.connect(people.make_roles, dispatch_uid="content_api.people.make_roles")
        pre_migrate.connect(remove_guards, sender=self, dispatch_uid="content_api.guards.remove")
        post_migrate.connect(install_guards, sender=self, dispatch_uid="content_api.guards.install")


class WorkplaceConfig(admin.AdminConfig):
    default = False  # it stands in the settings by its name
    default_site = "content_api.workplace.site.Site"


def remove_guards(plan: list[Any], **_signal: Any) -> None:
    """Take the guards out before migrations run on SQLite; if one fails, `/readyz` says that they are missing."""
    if plan and connection.vendor == "sqlite":
        guards.remove()


def install_guards(**_signal: Any) -> None:
    """Install the guards of every room; all migrations have run when the signal comes."""
    guards.install()
