from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "portal.encryption"
    label = "encryption"

    def ready(self) -> None:
        from portal.operations.registry import Finding, register_check

        from .selectors import unreadable_count

        def readable_fields() -> list[Finding]:
            count = unreadable_count()
            if not count:
                return []
            return [
                Finding(
                    problem=f"有 {count} 个加密字段用的密钥不在配置中，页面上显示为“无法读取”。",
                    remedy="把原来的密钥写进 FIELD_KEY_FALLBACKS（或恢复 FIELD_KEY），再运行 rotate_field_keys。",
                )
            ]

        register_check("sealed fields", readable_fields)
