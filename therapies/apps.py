"""This app registers its kinds when it is ready."""

from django.apps import AppConfig


class TherapiesConfig(AppConfig):
    name = "therapies"
