"""This room as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "content_api.partners"
    label = "partners"

    def ready(self) -> None:
        """Add this room's guards to the registry, and say from which origins browsers may read."""
        from content_api.partners import cross_origin, guards

        guards.register()
        cross_origin.register()
