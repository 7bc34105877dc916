"""This app registers its kinds when it is ready."""

from django.apps import AppConfig


class FaqsConfig(AppConfig):
    name = "faqs"
    verbose_name = "Questions and disclaimers"

    def ready(self) -> None:
        """Make the kinds of this app known to the platform."""
        from faqs.kinds import register_kinds

        register_kinds()
