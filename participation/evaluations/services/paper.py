"""现场纸质票: handed out against the roll, counted by two people."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import PaperCount, Rater, Round
from ..registry import kind_of
from ..selectors import paper_agreed
from ..states import Channel, RoundState
from .opening import SUBJECT_KIND


@transaction.atomic
def hand_out_paper(*, round_: Round, raters: Iterable[Rater], by: Any) -> int:
    """Who takes a paper ballot can no longer answer here; how many were handed out now."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    _require_open(row)
    if not row.is_open:
        raise Refused(_("评价已经截止。"))
    if kind_of(row.kind).is_automatic:
        raise Refused(_("本类评价不用纸质票。"))
    if row.paper_counts.exists():
        raise Refused(_("已开始计票，不能再发纸质票。"))
    waiting = Rater.objects.filter(round=row, pk__in=[rater.pk for rater in raters], answered_on=None)
    given = waiting.update(answered_on=timezone.localdate(), channel=Channel.PAPER)
    if given and not row.is_frozen:
        Round.objects.filter(pk=row.pk).update(is_frozen=True)
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb="hand_out_paper", actor=by, capacity="staff",
        detail={"ballots": given},
    )  # fmt: skip
    return given


@transaction.atomic
def count_paper(
    *, round_: Round, by: Any, satisfied: int, basically: int, dissatisfied: int, invalid: int = 0
) -> PaperCount:
    """One person's count; may be entered anew until a second person's agrees; never more than was handed out."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    _require_open(row)
    if paper_agreed(row) is not None:
        raise Refused(_("两人计票已经一致，不能再改。"))
    counts = (satisfied, basically, dissatisfied, invalid)
    if min(counts) < 0:
        raise Refused(_("票数不能小于零。"))
    handed_out = Rater.objects.filter(round=row, channel=Channel.PAPER).count()
    if sum(counts) > handed_out:
        raise Refused(_("合计%(counted)d票，多于发出的%(handed_out)d票。")
                      % {"counted": sum(counts), "handed_out": handed_out})  # fmt: skip
    if PaperCount.objects.filter(round=row).exclude(entered_by=by).count() >= 2:
        raise Refused(_("已有两人计票，请由他们核对后更正。"))
    entered, _is_new = PaperCount.objects.update_or_create(
        round=row,
        entered_by=by,
        defaults={
            "satisfied": satisfied, "basically": basically, "dissatisfied": dissatisfied, "invalid": invalid,
            "entered_on": timezone.localdate(),
        },
    )  # fmt: skip
    record(subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb="count_paper", actor=by, capacity="staff")
    return entered


def _require_open(round_: Round) -> None:
    if round_.state != RoundState.OPEN:
        raise Refused(_("评价已经结束。"))
