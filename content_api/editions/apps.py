"""This room as a Django app."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "content_api.editions"
    label = "editions"

    def ready(self) -> None:
        """Add this room's guards to the registry."""
        from content_api.editions import guards

        guards.register()
