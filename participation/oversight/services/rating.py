"""测评: secret, by the members on the roll, here or on paper; counted by one person and confirmed by another."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations import services as evaluations
from participation.evaluations.models import PaperCount, Rater
from participation.evaluations.rules import ClassRule
from participation.evaluations.selectors import has_counted_paper, paper_agreed, tally_of
from participation.evaluations.states import Roll, RoundState, Source
from participation.moderation.rules import Refused
from portal.jurisdictions.selectors import terms_in_force

from .. import notifications
from ..models import OfficeAppraisal
from ..rules import ballots_fit, half_counts
from ..selectors.process import because
from ..selectors.reading import members_who_rate, place_in_round, posts_in_unit
from ..states import Action
from .moves import SUBJECT_KIND, move, opened_for

ROUND_KIND = "appraisal"


@transaction.atomic
def open_rating(
    *, appraisal: OfficeAppraisal, by: Any, closes_on: date, users: Iterable[Any] | None = None
) -> OfficeAppraisal:
    """Ask the members of today, or those of a list (`users`); roll and class rule stand from now on.

    Nobody rates the own unit: members with a post there are left out, a list that names one is refused.
    """
    row = opened_for(appraisal, by, Action.OPEN_RATING)
    today = timezone.localdate()
    if closes_on < today:
        raise Refused(_("截止日期不能早于今天。"))
    people, left_out = members_who_rate(row) if users is None else (list(users), 0)
    if users is not None and {user.pk for user in people} & set(posts_in_unit(row)):
        raise Refused(_("名册上有人在被评议单位任职，不能评价自己的单位，请从名册里删去。"))
    if not people and left_out:
        raise Refused(_("本辖区的议事代表都在被评议单位任职，不能开始测评；请用导入的名单。"))
    if not people:
        raise Refused(_("本辖区还没有登记议事代表，不能开始测评；请先在“人员”里任命。"))
    tie = terms_in_force(row.division, today)["tie_class"]
    round_ = evaluations.open_round(
        evaluations.NewRound(
            kind=ROUND_KIND, title=row.title, division=row.division, unit=row.unit, opened_on=today,
            closes_on=closes_on, source=Source.MEMBER, roll=Roll.MEMBERS if users is None else Roll.LISTED,
            subject_kind=SUBJECT_KIND, subject_key=str(row.pk), is_secret=True,
            class_rule=ClassRule(half_counts=half_counts(tie)), users=people,
        ),
        by=by,
    )  # fmt: skip
    note = _("在被评议单位任职的%d名议事代表没有列入名册。") % left_out if left_out else ""
    move(
        row, Action.OPEN_RATING, by=by, reason=note, round=round_,
        detail={"roll": round_.roll, "roll_size": round_.roll_size, "left_out": left_out},
    )  # fmt: skip
    notifications.rating_opened(row, people)
    return row


@transaction.atomic
def rate_appraisal(*, appraisal: OfficeAppraisal, by: Any, value: str) -> None:
    """A member's answer, kept apart from the name. The trail is told nothing of it, and no form key is kept: the
    database's own constraint answers a duplicate."""
    rater = place_in_round(appraisal, by)
    if rater is None or not by.is_active:
        raise PermissionDenied(_("本次测评由名册上的议事代表进行，您不在名册上。"))
    evaluations.give_answer(rater=rater, value=value)


@transaction.atomic
def hand_out_paper_ballots(*, appraisal: OfficeAppraisal, by: Any, raters: Iterable[Rater]) -> int:
    """On site: whoever takes a paper ballot does not answer here any more."""
    row = opened_for(appraisal, by, Action.HAND_OUT_PAPER)
    given = evaluations.hand_out_paper(round_=row.rating_round, raters=raters, by=by)
    if not given:
        raise Refused(_("请选择还没有参加测评的人。"))
    return given


@transaction.atomic
def count_paper_ballots(
    *, appraisal: OfficeAppraisal, by: Any, satisfied: int, basically: int, dissatisfied: int, invalid: int = 0
) -> PaperCount:
    """One of two counts, each entered by another person; they must agree."""
    row = opened_for(appraisal, by, Action.COUNT_PAPER)
    return evaluations.count_paper(
        round_=row.rating_round,
        by=by,
        satisfied=satisfied,
        basically=basically,
        dissatisfied=dissatisfied,
        invalid=invalid,
    )


@transaction.atomic
def close_rating(
    *, appraisal: OfficeAppraisal, by: Any, issued: int | None = None, returned: int | None = None
) -> OfficeAppraisal:
    """结束测评: from now on nobody rates; 发出、收回 are as counted here unless the session counted otherwise."""
    row = opened_for(appraisal, by, Action.CLOSE_RATING)
    evaluations.close_round(round_=row.rating_round, by=by)
    row.rating_round.refresh_from_db()
    counts, paper = tally_of(row.rating_round), paper_agreed(row.rating_round)
    issued = counts.invited if issued is None else issued
    returned = counts.answered + (paper.invalid if paper else 0) if returned is None else returned
    if not ballots_fit(roll=counts.invited, issued=issued, returned=returned, answered=counts.answered):
        raise Refused(
            _(
                "发出、收回的票数对不上：名册%(roll)d人，计入%(answered)d票；发出不能多于名册，收回不能多于发出、少于计入的票。"
            )
            % {"roll": counts.invited, "answered": counts.answered}
        )
    move(
        row, Action.CLOSE_RATING, by=by, issued=issued, returned=returned, counted_by=by,
        counted_on=timezone.localdate(),
    )  # fmt: skip
    return row


@transaction.atomic
def confirm_result(*, appraisal: OfficeAppraisal, by: Any) -> OfficeAppraisal:
    """A second person: neither who ended the rating nor who counted its paper ballots."""
    row = opened_for(appraisal, by, Action.CONFIRM_RESULT)
    if row.counted_by_id == by.pk:
        raise Refused(because(_("结束测评的人不能确认结果，请由主任或者工委另一人确认。")))
    if has_counted_paper(row.rating_round, by):  # asked here too: the round may be confirmed already
        raise Refused(because(_("录入计票结果的人不能确认结果，请由另一人确认。")))
    if row.rating_round.state != RoundState.CONFIRMED:
        evaluations.confirm_result(round_=row.rating_round, by=by)
    move(row, Action.CONFIRM_RESULT, by=by, confirmed_by=by, confirmed_on=timezone.localdate())
    return row
