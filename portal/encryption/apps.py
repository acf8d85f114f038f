from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "portal.encryption"
    label = "encryption"

    def ready(self) -> None:
        from portal.operations.registry import register_check

        from .checks import readable_fields

        register_check("sealed fields", readable_fields)
