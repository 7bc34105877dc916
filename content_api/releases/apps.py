"""This room as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class ReleasesConfig(AppConfig):
    name = "content_api.releases"
    label = "releases"

    def ready(self) -> None:
        """Add this room's guards to the registry, and make its single row after every migrate and flush."""
        from content_api.releases import guards

        guards.register()
        post_migrate.connect(self.make_single_row, sender=self, dispatch_uid="releases.make_single_row")

    def make_single_row(self, **_signal: Any) -> None:
        """Make the one row that publishing locks first."""
        model = self.get_model("ReleaseCounter")
        if model._meta.db_table in connection.introspection.table_names():
            model._default_manager.get_or_create(pk=1)
