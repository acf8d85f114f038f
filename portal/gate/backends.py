"""Counting what somebody does, over all workers, in the default cache."""

import hashlib
import math
import random
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from . import rules

_random = random.SystemRandom()


def _prefix(action: str, key: str, period: int) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"gate:{action}:{digest}:{rules.window_of(time.time(), period)}"


def allow(action: str, key: str, limit: int, period: int) -> bool:
    """Take one of the `limit` turns of `key` for `action` in each window of `period` seconds; False when none is left.

    Exact over parallel workers: a turn is a numbered slot and `cache.add` gives each slot once. The stored count only
    says where to begin looking. Call it outside a transaction that may be rolled back, or the turn is given back too.
    """
    prefix = _prefix(action, key, period)
    slot = cache.get(prefix, 0)
    while slot < limit:
        if cache.add(f"{prefix}:{slot}", 1, timeout=period):
            cache.set(prefix, slot + 1, timeout=period)
            return True
        slot += 1
    return False


def begin_wait(name: str, key: str, seconds: int) -> int:
    """0, and the next one waits `seconds` from now; otherwise how many are left. Exact over parallel workers."""
    slot = f"gate:wait:{name}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    now = time.time()
    if cache.add(slot, now, timeout=seconds):
        return 0
    return max(1, math.ceil(seconds - (now - cache.get(slot, now))))


def is_exhausted(action: str, key: str, limit: int, period: int) -> bool:
    """Whether the next `allow` would be refused; takes no turn."""
    return cache.get(_prefix(action, key, period), 0) >= limit


def limit_of(name: str) -> tuple[int, int]:
    """(limit, period in seconds) from settings.GATE_LIMITS; a name without its own has that of `anonymous_write`."""
    limits = settings.GATE_LIMITS
    return limits.get(name) or limits["anonymous_write_address" if name.endswith("_address") else "anonymous_write"]


def allow_named(name: str, key: str) -> bool:
    """`allow` with the limit that the settings give to `name`."""
    return allow(name, key, *limit_of(name))


def client_address(request: HttpRequest) -> str:
    """The visitor's address; X-Forwarded-For counts only as far as our own proxies wrote it (TRUSTED_PROXY_COUNT)."""
    proxies = settings.TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def arithmetic_challenge() -> tuple[str, str]:
    """(question as drawn, answer) for django-simple-captcha: sums to 18 and differences from 0."""
    left, right = sorted((_random.randint(1, 9), _random.randint(1, 9)), reverse=True)
    if _random.random() < 0.5:
        return f"{left}+{right}=", str(left + right)
    return f"{left}-{right}=", str(left - right)
