"""This app registers its kinds when it is ready."""

from django.apps import AppConfig


class TherapiesConfig(AppConfig):
    name = "therapies"

    def ready(self) -> None:
        """Make the kinds of this app known to the platform."""
        from therapies.kinds import register_kinds

        register_kinds()
