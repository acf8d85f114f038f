"""评价、重新办理: the word of the three legs, and what the proposers' sets going (decisions.md 22)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations.models import Answer, Rater
from participation.evaluations.services import give_answer, join_open_roll
from participation.evaluations.states import Channel, Source
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason

from .. import notifications
from ..models import LedgerItem, Party, Reply
from ..permissions import user_can_manage, user_can_rate_publicly, user_helps, works_for
from ..rules.conditions import ratings_ask_for
from ..rules.happening import Happening
from ..selectors.legs import place_of, resident_round_of
from ..states import Action
from .moves import locked, move, not_for, opened_for, require
from .outside import end_suggestion
from .rounds import close_rounds


@transaction.atomic
def rate_reply(
    *,
    item: LedgerItem,
    by: Any,
    value: str,
    reason: str = "",
    is_public: bool = False,
    stars: Mapping[str, int] | None = None,
    comment: str = "",
    party: Party | None = None,
) -> Answer | None:
    """满意/基本满意/不满意 by a proposer, once per leg. With `party` the committee enters what somebody without an
    account said. A first 不满意 opens rework; a second goes to the committee. Silence is never counted.
    """
    row = locked(item)
    require(row, Action.RATE)
    reply = rated_reply(row)
    rater = _rater(row, reply, by, party)
    given: dict[str, Any] = {"reason": reason, "is_public": is_public, "stars": stars, "comment": comment}
    return take_rating(row, reply, rater, value=value, entered_by=by if party is not None else None, **given)


def rated_reply(row: LedgerItem) -> Reply:
    """The reply that the proposers may rate now, whatever the day."""
    reply = Reply.objects.filter(item=row, leg=row.leg, rounds__source=Source.RESIDENT).first()
    if reply is None:
        raise Refused(_("本事项没有可以评价的答复。"))
    return reply


def take_rating(
    row: LedgerItem,
    reply: Reply,
    rater: Rater,
    *,
    value: str,
    channel: Channel = Channel.WEB,
    entered_by: Any = None,
    **given: Any,
) -> Answer | None:
    """A proposer's word on a locked item, however it came, and what it sets going."""
    answer = give_answer(rater=rater, value=value, channel=channel, entered_by=entered_by, **given)
    # the trail tells that somebody rated, not what: values are published under decisions.md 14 only
    is_entered = entered_by is not None
    move(
        row,
        Action.RATE,
        by=entered_by,
        capacity="proxy" if is_entered else "party",
        detail={"channel": channel.value} if channel != Channel.WEB else None,
    )
    asked = ratings_ask_for([value], row.leg, is_elsewhere=row.is_elsewhere)
    if asked == "rework":
        start_leg(row, reply, Action.START_REWORK, by=None, capacity="system")
    elif asked == "decide":
        happening = move(row, Action.REFER, capacity="system")
        notifications.referred(row, happening)
    return answer


def _rater(item: LedgerItem, reply: Reply, by: Any, party: Party | None) -> Rater:
    raters = Rater.objects.filter(round=resident_round_of(reply))
    if party is not None:
        if not user_can_manage(by, item) or party.item_id != item.pk or party.user_id:
            raise not_for(Action.RATE, item)
        require_not_of_unit(by, item)
        found = raters.filter(key=f"party:{party.pk}").first()
    else:
        found = raters.filter(user=by).first()
    if found is None:
        raise not_for(Action.RATE, item)
    return found


def require_not_of_unit(by: Any, item: LedgerItem) -> None:
    """Nobody writes down what a proposer thinks of the own unit's work (domain.md: 回访)."""
    if works_for(by, item.unit_id) or user_helps(by, item):
        raise Refused(_("您是本事项承办单位的人员，提出人的评价要由承办单位以外的人回访、填写。"))


@transaction.atomic
def rate_in_secret(
    *, item: LedgerItem, by: Any, value: str, stars: Mapping[str, int] | None = None, comment: str = ""
) -> None:
    """议事代表测评 or 社会监督: one person, one leg, once. Neither the trail nor a message tells of it, and nothing
    else is moved by it: only the proposers' word drives rework and close-off.
    """
    row = locked(item)
    place = place_of(row, by, may_publicly=user_can_rate_publicly(by, row))
    if place is None or place.source == Source.RESIDENT:
        raise not_for(Action.RATE, row)
    if not place.is_open:
        raise Refused(_("评价已经截止。"))
    rater = join_open_roll(round_=place.round, user=by) if place.source == Source.PUBLIC else place.rater
    assert rater is not None  # noqa: S101 - a member's place is the place on the roll
    give_answer(rater=rater, value=value, stars=stars, comment=comment)


def start_leg(
    item: LedgerItem, reply: Reply | None, action: Action, *, by: Any, capacity: str, reason: str = "", **fields: Any
) -> Happening:
    """The item is handled once more: a new leg, a new clock from today, a new reply."""
    if reply is not None:
        close_rounds(reply)
    happening = move(
        item,
        action,
        by=by,
        capacity=capacity,
        reason=reason,
        detail={"leg": item.leg + 1},
        leg=item.leg + 1,
        leg_started_on=timezone.localdate(),
        replied_on=None,
        completed_on=None,
        completed_by=None,
        closed_off_on=None,
        **fields,
    )
    if item.unit_id is None:
        notifications.rerouted(item, happening)
    else:
        notifications.rework_started(item, happening)
    return happening


def route_anew(item: LedgerItem, action: Action, *, by: Any, reason: str) -> None:
    """What no unit of ours handled goes back to the committee, which looks where it may go now."""
    reply = Reply.objects.filter(item=item, leg=item.leg).first()
    end_suggestion(item, reason)
    start_leg(item, reply, action, by=by, capacity="committee", reason=reason, routing="", hotline_number="")


@transaction.atomic
def decide_after_dissatisfaction(*, item: LedgerItem, by: Any, reworks: bool, reason: str) -> LedgerItem:
    """After a second 不满意 the committee decides in public, with a reason. What was handled elsewhere is not ordered
    to be done again: it is routed anew."""
    anew = Action.DECIDE_TO_ROUTE if item.is_elsewhere else Action.DECIDE_REWORK
    action = anew if reworks else Action.DECIDE_TO_KEEP
    row = opened_for(item, by, action)
    reason = require_reason(reason)
    if action == Action.DECIDE_TO_ROUTE:
        route_anew(row, action, by=by, reason=reason)
        return row
    if reworks:
        reply = Reply.objects.filter(item=row, leg=row.leg).first()
        start_leg(row, reply, action, by=by, capacity="committee", reason=reason)
        return row
    happening = move(row, action, by=by, capacity="committee", reason=reason)
    notifications.decided_to_keep(row, happening)
    return row
