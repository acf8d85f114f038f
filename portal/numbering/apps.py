from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "portal.numbering"
    label = "numbering"
