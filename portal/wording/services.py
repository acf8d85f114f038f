from collections.abc import Iterable

from django.db import transaction

from . import rules
from .models import WordEntry

Masked = rules.Masked


def mask(text: str, *, is_official: bool = False) -> Masked:
    """Hide personal data; writes nothing. `is_official` for a unit's own text, whose landlines are the unit's."""
    return rules.mask(text, is_official)


@transaction.atomic
def put_words(*, words: Iterable[WordEntry]) -> tuple[int, int]:
    """Add the words, or renew those already listed; (created, updated). All or none."""
    created = updated = 0
    for word in words:
        fields = {"level": word.level, "kind": word.kind, "note": word.note, "is_active": word.is_active}
        _entry, is_new = WordEntry.objects.update_or_create(word=word.word, defaults=fields)
        created += is_new
        updated += not is_new
    return created, updated
