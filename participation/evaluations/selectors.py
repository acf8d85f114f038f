"""Reads of rounds."""

from typing import Any

from .models import Answer, Rater, Round
from .rules import Tally, tally


def tally_of(round_: Round) -> Tally:
    values = Answer.objects.filter(rater__round=round_).values_list("value", flat=True)
    return tally(values, Rater.objects.filter(round=round_).count())


def rater_of(round_: Round, user: Any) -> Rater | None:
    """The place of this person in the round, with the answer if there is one."""
    if not user.is_authenticated:
        return None
    return Rater.objects.filter(round=round_, user=user).select_related("answer").first()
