"""What was typed when a session had ended: kept in the session, and shown again to the same person after log-in."""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import registry

SESSION_KEY = "kept_text"
# fields that are never kept: secrets, and what is only valid once
NEVER_KEPT = ("password", "code", "csrfmiddlewaretoken", "captcha", "website", "credential")

BOOKKEEPING = re.compile(
    r"^(?:loaded|overwrite)_revision|^slug$|^workflow-action|-(?:id|type|order|deleted|[A-Z_]+)$|key$|token$|^form_age$"
)
CHOICE = re.compile(r"[a-z_]+")


def is_typed(value: str) -> bool:
    """Words of a person: not a tick (`on`), a choice (`resident`) or a short code. 修好了 are words."""
    value = value.strip()
    return not value.isascii() or (len(value) > 3 and CHOICE.fullmatch(value) is None)


def words_of(typed: dict[str, Any]) -> list[str]:
    """What a person reads again: without what the admin's editor keeps for itself, its running text as text."""
    texts = [_running_text(value) for name, value in typed["rows"] if not BOOKKEEPING.search(name)]
    return [text for text in texts if is_typed(text)]


def _running_text(value: str) -> str:
    if not value.startswith('{"blocks":'):
        return value
    try:
        return "\n".join(str(block["text"]) for block in json.loads(value)["blocks"])
    except (ValueError, TypeError, KeyError):
        return value


def collect(request: HttpRequest, *, owner: str) -> dict[str, Any] | None:
    """The typed values of this POST, or None when there is nothing worth keeping. Files cannot be kept."""
    path = request.path_info
    if path.startswith("/accounts/") or is_secret(request):
        return None
    rows = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in NEVER_KEPT)
    ]
    size = sum(len(name) + len(value) for name, value in rows)
    is_worth_it = any(is_typed(value) for name, value in rows if not BOOKKEEPING.search(name))
    if not is_worth_it or size > settings.KEPT_TEXT_BYTES:
        return None
    return {"path": request.get_full_path(), "owner": owner, "rows": rows, "has_files": bool(request.FILES)}


def is_secret(request: HttpRequest) -> bool:
    """A secret answer, as the feature says that asks for it."""
    return request.method == "POST" and any(asks(request) for asks in registry.secret_forms)


def put(request: HttpRequest, typed: dict[str, Any]) -> None:
    request.session[SESSION_KEY] = typed


def keep(request: HttpRequest, *, owner: str) -> None:
    if typed := collect(request, owner=owner):
        put(request, typed)


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept for whoever is logged in now; another person's text is never shown."""
    typed: dict[str, Any] | None = request.session.get(SESSION_KEY)
    if typed is None or typed["owner"] not in ("", getattr(request.user, "trail_id", "")):
        return None
    return typed


def is_waiting_for(request: HttpRequest) -> bool:
    """Whether this request returns to the page where the text was typed. Posting it again takes it off the shelf."""
    typed = kept(request)
    if typed is None or request.get_full_path().split("?")[0] != typed["path"].split("?")[0]:
        return False
    if request.method == "POST":
        drop(request)
        return False
    return request.method == "GET"


def drop(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
