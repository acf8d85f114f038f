"""Proving that one holds a slip, and issuing a new code."""

import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.gate.services import allow_named
from portal.trail.services import record

from . import registry, selectors
from .models import QueryCodeIssue
from .registry import Found
from .rules import Asked


class TooManyTries(Exception):
    """The number's turns are used up for now, whether it exists or not."""


class Ambiguous(Exception):
    """More matters end in these six digits than may be tried at once: the full number is needed."""


class NotFound(Exception):
    """No such number, or not its code: nobody learns which."""


def prove(*, request: HttpRequest, asked: Asked, code: str) -> Found:
    """The matter whose number and code were given; this visitor may see it from now on (selectors.may_see_number)."""
    if not allow_named("lookup_number", asked.limit_key):
        raise TooManyTries
    if asked.number:
        candidates = registry.find_number(asked.number)
    else:
        most = settings.LOOKUP_CANDIDATES
        candidates = registry.find_last_six(asked.last_six, most + 1)
        # each candidate is one more chance for a guess, so that many are refused whatever the code is
        if len(candidates) > most:
            raise Ambiguous
    held = selectors.held_by(candidates, code)
    if len(held) > 1:
        raise Ambiguous
    if not held:
        raise NotFound
    grant_sight(request=request, number=held[0].number)
    return held[0]


def grant_sight(*, request: HttpRequest, number: str) -> None:
    """Remember in the session that this visitor may see `number`; also for whoever has just submitted it."""
    proved = selectors.proved_numbers(request)
    proved.pop(number, None)
    kept = list(proved.items())[-(selectors.KEPT_NUMBERS - 1) :]
    request.session[selectors.SESSION_KEY] = dict([*kept, (number, time.time())])


def reissue_query_code(*, number: str, by: Any, reason: str) -> str:
    """A new code for a lost slip; the old one ends. Identity is checked by staff, and the reason says how."""
    with transaction.atomic():
        issue, _created = QueryCodeIssue.objects.get_or_create(number=number, defaults={"reissued_at": timezone.now()})
        QueryCodeIssue.objects.filter(pk=issue.pk).update(counter=F("counter") + 1, reissued_at=timezone.now())
        issue.refresh_from_db()
        record(
            subject_kind="query_code",
            subject_key=number,
            verb="reissue_query_code",
            actor=by,
            reason=reason,
            detail={"counter": issue.counter},
        )
    return selectors.query_code(number, issue.counter)
