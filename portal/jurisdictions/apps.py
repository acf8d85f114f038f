from django.apps import AppConfig


class JurisdictionsConfig(AppConfig):
    name = "portal.jurisdictions"
    label = "jurisdictions"
