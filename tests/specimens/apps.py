"""The specimens app. Its kind is registered by a fixture, so that the committed OpenAPI document stays without it."""

from django.apps import AppConfig


class SpecimensConfig(AppConfig):
    name = "tests.specimens"
    label = "specimens"
