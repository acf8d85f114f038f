"""Which columns of this installation are sealed, and whether they can be read."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from portal.operations.registry import Finding

from .fields import BlindIndexField, EncryptedTextField
from .services import is_openable


def sealed_columns() -> Iterator[tuple[type[models.Model], list[EncryptedTextField], list[BlindIndexField]]]:
    """Every model with sealed fields: (model, its sealed fields, its blind indexes)."""
    for model in apps.get_models():
        own = model._meta.local_fields
        sealed = [field for field in own if isinstance(field, EncryptedTextField)]
        if sealed:
            yield model, sealed, [field for field in own if isinstance(field, BlindIndexField)]


def stored_values(model: type[models.Model], field: EncryptedTextField) -> Iterator[tuple[Any, str]]:
    """(primary key, sealed value) of every row that has one, without opening it."""
    raw = models.functions.Cast(field.attname, models.TextField())
    rows = model._base_manager.annotate(_stored=raw).exclude(_stored="").exclude(_stored=None)
    yield from rows.values_list("pk", "_stored").iterator(chunk_size=1000)


def unreadable_count() -> int:
    """How many sealed values name a key that is not configured; `doctor` asks this."""
    return sum(
        not is_openable(stored)
        for model, sealed, _ in sealed_columns()
        for field in sealed
        for _pk, stored in stored_values(model, field)
    )


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
