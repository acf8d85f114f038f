from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "portal.gate"
    label = "gate"
