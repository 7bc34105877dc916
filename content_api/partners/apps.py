"""This room as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "content_api.partners"
    label = "partners"
