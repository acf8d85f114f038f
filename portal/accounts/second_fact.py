"""Phone numbers are recycled: a code alone does not open earlier matters on a new device or after long disuse."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .registry import SecondFact, guarded_prefixes, guards, second_facts

SESSION_KEY = "second_fact_pending"
COOKIE = "known_device"
SALT = "portal.accounts.known-device"
KEPT_ACCOUNTS = 5  # a family shares a tablet


def facts_of(user: Any) -> list[SecondFact]:
    """What this person could be asked. Nobody who left nothing behind is asked anything."""
    return [fact for fact in second_facts.values() if fact.has(user)]


def is_pending(request: HttpRequest) -> bool:
    """Whether the second fact is still owed; `/me/` and guarded addresses ask it by themselves."""
    return bool(getattr(request, "session", {}).get(SESSION_KEY))


def is_guarded(request: HttpRequest) -> bool:
    path = request.path_info
    return path.startswith(guarded_prefixes) or any(shows(request) for shows in guards)


def known_accounts(request: HttpRequest) -> list[str]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=settings.KNOWN_DEVICE_DAYS * 86400)
    except signing.BadSignature:
        return []
    return [str(one) for one in known] if isinstance(known, list) else []


def is_known_device(request: HttpRequest, user: Any) -> bool:
    return user.trail_id in known_accounts(request)


def note_code_login(request: HttpRequest, user: Any, *, is_code_login: bool, last_login: datetime | None) -> None:
    """After a log-in: whether the second fact must be asked in this session. A password is fact enough."""
    longest = timedelta(days=settings.SECOND_FACT_AFTER_DAYS)
    is_long_ago = last_login is None or timezone.now() - last_login > longest
    must_ask = is_code_login and (is_long_ago or not is_known_device(request, user)) and bool(facts_of(user))
    request.session[SESSION_KEY] = must_ask


def remember_device(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """Mark the browser as one that this account is used on; not before the second fact was given."""
    if is_pending(request):
        return
    known = [user.trail_id, *(one for one in known_accounts(request) if one != user.trail_id)][:KEPT_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=settings.KNOWN_DEVICE_DAYS * 86400,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def answer_is_right(user: Any, answer: str) -> bool:
    """Any one of the facts is enough."""
    return any(fact.check(user, answer) for fact in facts_of(user))


def settle(request: HttpRequest) -> None:
    request.session[SESSION_KEY] = False
