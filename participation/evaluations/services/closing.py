"""Closing and confirming. Closing takes every trace of the order of arrival from a secret round (decisions.md 13)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import Rater, Round, SecretAnswer
from ..models.answers import new_key
from ..selectors import has_counted_paper, paper_agreed
from ..states import Channel, RoundState
from .comments import submit_comments
from .opening import SUBJECT_KIND


@transaction.atomic
def close_round(*, round_: Round, by: Any = None, reason: str = "") -> bool:
    """True when this call closed it. Where ballots were handed out on paper, two counts must agree first."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.OPEN:
        return False
    on_paper = Rater.objects.filter(round=row, channel=Channel.PAPER).exists()
    if on_paper and paper_agreed(row) is None:
        raise Refused(_("已发出纸质票，须由两人分别录入计票结果并一致，才能结束。"))
    row.state, row.closed_at = RoundState.CLOSED, timezone.now()
    row.save(update_fields=["state", "closed_at"])
    if row.is_secret:
        _shuffle(row)
    submit_comments(row)
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb="close", actor=by, from_state=RoundState.OPEN,
        capacity="staff" if by is not None else "system", to_state=row.state, reason=reason,
    )  # fmt: skip
    return True


def _shuffle(round_: Round) -> None:
    """All rows anew under new random keys, written in the order of these keys."""
    answers = list(SecretAnswer.objects.filter(round=round_))
    for answer in answers:
        answer.key = new_key()
    SecretAnswer.objects.filter(round=round_).delete()
    SecretAnswer.objects.bulk_create(sorted(answers, key=lambda answer: answer.key))


def close_due_rounds(today: date | None = None) -> int:
    """Close what ran out; a round whose paper ballots are not counted yet stays open until they are. How many."""
    day = today or timezone.localdate()
    closed = 0
    for round_ in Round.objects.filter(state=RoundState.OPEN, closes_on__lt=day):
        try:
            closed += close_round(round_=round_)
        except Refused:
            continue
    return closed


@transaction.atomic
def confirm_result(*, round_: Round, by: Any) -> Round:
    """A closed round's figures are confirmed, by somebody who did not enter the paper counts."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.CLOSED:
        raise Refused(_("评价结束后才能确认结果，且只确认一次。"))
    if has_counted_paper(row, by):
        raise Refused(_("录入计票结果的人不能确认结果，请由另一人确认。"))
    row.state, row.confirmed_by, row.confirmed_on = RoundState.CONFIRMED, by, timezone.localdate()
    row.save(update_fields=["state", "confirmed_by", "confirmed_on"])
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb="confirm", actor=by, capacity="staff",
        from_state=RoundState.CLOSED, to_state=row.state,
    )  # fmt: skip
    return row
