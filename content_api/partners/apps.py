"""This room as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "content_api.partners"
    label = "partners"

    def ready(self) -> None:
        """Say from which origins browsers may read."""
        from content_api.partners import cross_origin

        cross_origin.register()
