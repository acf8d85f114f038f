"""Query codes, and which matters this visitor has proved to hold."""

import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare

from portal.encryption.services import keyed_digest, keyed_digests

from .models import QueryCodeIssue
from .registry import Found
from .rules import code_from_digest

SESSION_KEY = "lookup_proved"
KEPT_NUMBERS = 20


def query_code(number: str, issue_counter: int = 0) -> str:
    """The six digits printed on the slip of `number`."""
    return code_from_digest(keyed_digest(f"{number}:{issue_counter}", "query-code"))


def issue_counters(numbers: Sequence[str]) -> dict[str, int]:
    return dict(QueryCodeIssue.objects.filter(number__in=numbers).values_list("number", "counter"))


def current_query_code(number: str) -> str:
    """The code that counts now, for printing a slip again."""
    return query_code(number, issue_counters([number]).get(number, 0))


def held_by(candidates: Sequence[Found], code: str) -> list[Found]:
    """Those of the candidates whose code this is. Does the same work whether there are any or not."""
    counters = issue_counters([found.number for found in candidates] or ["-"])
    return [found for found in candidates or [Found("-", "")] if _is_code(found, counters, code) and found.url]


def _is_code(found: Found, counters: dict[str, int], code: str) -> bool:
    digests = keyed_digests(f"{found.number}:{counters.get(found.number, 0)}", "query-code")
    # codes printed before the keys were rotated stay good while the old key is configured
    matches = [constant_time_compare(code_from_digest(digest), code) for digest in digests]
    return any(matches)


def may_see_number(request: Any, number: str) -> bool:
    """Whether this visitor gave the query code of `number` within the last LOOKUP_MINUTES."""
    return number in proved_numbers(request)


def proved_numbers(request: Any) -> dict[str, float]:
    """number -> Unix time of proof, those still good."""
    limit = time.time() - settings.LOOKUP_MINUTES * 60
    return {number: at for number, at in request.session.get(SESSION_KEY, {}).items() if at >= limit}
