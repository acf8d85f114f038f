"""Seal every personal value again under the current FIELD_KEY; may be interrupted and repeated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.encryption.checks import sealed_columns, stored_values
from portal.encryption.fields import is_readable
from portal.encryption.services import WrongKey, is_current


def needs_rotation(stored: str) -> bool:
    try:
        return not is_current(stored)
    except WrongKey:
        return True


class Command(BaseCommand):
    help = "Re-encrypt all sealed fields under FIELD_KEY (older keys must be in FIELD_KEY_FALLBACKS)."

    def handle(self, *args: Any, **options: Any) -> None:
        rotated = unreadable = 0
        for model, sealed, indexes in sealed_columns():
            due = {pk for field in sealed for pk, stored in stored_values(model, field) if needs_rotation(stored)}
            names = [field.attname for field in [*sealed, *indexes]]
            for pk in sorted(due):
                with transaction.atomic():
                    row = model._base_manager.select_for_update().get(pk=pk)
                    if not all(is_readable(getattr(row, field.attname)) for field in sealed):
                        unreadable += 1
                        continue
                    row.save(update_fields=names)
                    rotated += 1
        self.stdout.write(f"已用新密钥重新加密 {rotated} 行。")
        if unreadable:
            raise CommandError(f"有 {unreadable} 行用的密钥不在配置中，请把它写进 FIELD_KEY_FALLBACKS。")
