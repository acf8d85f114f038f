"""Letters in sight of a person: those of the own divisions, and what was issued to the own unit."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from participation.moderation.selectors import scope_of

from ..models import Letter
from ..rules.letters import LetterState

OUT = (LetterState.ISSUED, LetterState.RECEIVED, LetterState.VOIDED)


def letters_in_scope(user: Any, permission: str, units: Sequence[int]) -> Any:
    rows = Letter.objects.select_related("division", "unit", "drafted_by", "reviewed_by", "signed_by")
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    mine = Q(unit__in=list(units), state__in=OUT)
    for division in scope:
        mine |= Q(division__path__startswith=division.path)
    return rows.filter(mine)
