"""Doing a thing once, however often the button is pressed."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Done

IGNORED_FIELDS = {"csrfmiddlewaretoken", "form_key"}


class KeyReused(Exception):
    """The same key came with other content: nothing was done. Answered with 409 by KeyReusedMiddleware."""


@dataclass(frozen=True)
class Outcome:
    """`result` is what the one action returned; `is_new` is False for every repeat."""

    result: str
    is_new: bool


def once(*, key: str, scope: str, fingerprint: str, action: Callable[[], str]) -> Outcome:
    """Run `action` exactly once per (scope, key) and give its answer to every repeat, parallel ones included.

    The row is inserted before the action, in the same transaction: a parallel repeat waits on it; if the action
    raises, nothing remains and the key is free again. `scope` names the form (`proposal`) and, where there is one,
    the person, so that one visitor's key never answers another.
    """
    table = connection.ops.quote_name(Done._meta.db_table)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (scope, key, fingerprint, result, created_at) "  # noqa: S608 - our own table
                "VALUES (%s, %s, %s, '', %s) ON CONFLICT (scope, key) DO NOTHING",
                [scope, key, fingerprint, _database_time(timezone.now())],
            )
            is_new = cursor.rowcount == 1
        if is_new:
            result = action()
            Done.objects.filter(scope=scope, key=key).update(result=result)
            return Outcome(result, True)
    done = Done.objects.get(scope=scope, key=key)
    if not constant_time_compare(done.fingerprint, fingerprint):
        raise KeyReused(scope)
    return Outcome(done.result, False)


def _database_time(moment: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def fingerprint(data: Mapping[str, Any]) -> str:
    """64 hex digits that change when the content does: form data, cleaned data, files; the form key itself is left out.

    Keyed with the site's secret, so that the stored value tells nothing about short contents.
    """
    content = {name: _plain(value) for name, value in _items(data) if name not in IGNORED_FIELDS}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return salted_hmac("portal.idempotency", text, algorithm="sha256").hexdigest()


def _items(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(data.lists()) if hasattr(data, "lists") else list(data.items())  # a QueryDict holds lists


def _plain(value: Any) -> Any:
    if isinstance(value, UploadedFile):
        digest = hashlib.sha256()
        for chunk in value.chunks():
            digest.update(chunk)
        value.seek(0)
        return digest.hexdigest()
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return getattr(value, "pk", value)


def forget_old() -> str:
    """Drop keys older than IDEMPOTENCY_KEEP_DAYS; a repeat after that counts as new."""
    limit = timezone.now() - timedelta(days=getattr(settings, "IDEMPOTENCY_KEEP_DAYS", 30))
    count, _ = Done.objects.filter(created_at__lt=limit).delete()
    return f"forgot {count} form keys"
