"""What is made once and told once, such as a temporary password: a second press must show the same one."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from portal.encryption.services import WrongKey, decrypt, encrypt
from portal.idempotency.services import once

SESSION_KEY = "told_once"


def made_once(
    *, request: HttpRequest, key: str, scope: str, make: Callable[[], dict[str, Any]]
) -> dict[str, Any] | None:
    """What `make` returned for this key, to every press, parallel ones included; None when it was told long ago.

    It waits in the session, sealed, until `forget`. Nothing is kept when `make` raises.
    """

    def action() -> str:
        request.session[SESSION_KEY] = encrypt(json.dumps({"key": key, "made": make()}, ensure_ascii=False))
        request.session.save()  # before a press that waits for this one goes on
        return ""

    once(key=key, scope=f"{scope}:{request.user.pk}", fingerprint="", action=action)
    sealed = type(request.session)(request.session.session_key).get(SESSION_KEY, "")
    try:
        kept = json.loads(decrypt(sealed))
    except (WrongKey, ValueError):
        return None
    if kept["key"] != key:
        return None
    request.session[SESSION_KEY] = sealed  # this press began with the session as it was before
    made: dict[str, Any] = kept["made"]
    return made


def forget(request: HttpRequest) -> bool:
    """Whether something was still there to be told."""
    return request.session.pop(SESSION_KEY, None) is not None
