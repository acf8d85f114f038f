from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "portal.encryption"
    label = "encryption"
