"""评价、重新办理: the proposers' word, and what it sets going (decisions.md 22)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations.models import Answer, Rater
from participation.evaluations.services import close_round, give_answer
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason

from .. import notifications
from ..models import LedgerItem, Party, Reply
from ..permissions import user_can_manage
from ..rules.conditions import ratings_ask_for
from ..rules.happening import Happening
from ..states import Action
from .moves import locked, move, not_for, opened_for, require
from .outside import end_suggestion


@transaction.atomic
def rate_reply(
    *, item: LedgerItem, by: Any, value: str, reason: str = "", is_public: bool = False, party: Party | None = None
) -> Answer | None:
    """满意/基本满意/不满意 by a proposer, once per leg. With `party` the committee enters what somebody without an
    account said. A first 不满意 opens rework; a second goes to the committee. Silence is never counted.
    """
    row = locked(item)
    require(row, Action.RATE)
    reply = Reply.objects.select_related("rating__round").filter(item=row, leg=row.leg, rating__isnull=False).first()
    if reply is None:
        raise Refused(_("本事项没有可以评价的答复。"))
    rater = _rater(row, reply, by, party)
    answer = give_answer(
        rater=rater,
        value=value,
        reason=reason,
        is_public=is_public,
        entered_by=by if party is not None else None,
    )
    # the trail tells that somebody rated, not what: values are published under decisions.md 14 only
    move(row, Action.RATE, by=None if party is None else by, capacity="party" if party is None else "proxy")
    asked = ratings_ask_for([value], row.leg, is_elsewhere=row.is_elsewhere)
    if asked == "rework":
        start_leg(row, reply, Action.START_REWORK, by=None, capacity="system")
    elif asked == "decide":
        happening = move(row, Action.REFER, capacity="system")
        notifications.referred(row, happening)
    return answer


def _rater(item: LedgerItem, reply: Reply, by: Any, party: Party | None) -> Rater:
    raters = Rater.objects.filter(round=reply.rating.round)
    if party is not None:
        if not user_can_manage(by, item) or party.item_id != item.pk or party.user_id:
            raise not_for(Action.RATE, item)
        found = raters.filter(key=f"party:{party.pk}").first()
    else:
        found = raters.filter(user=by).first()
    if found is None:
        raise not_for(Action.RATE, item)
    return found


def start_leg(
    item: LedgerItem, reply: Reply | None, action: Action, *, by: Any, capacity: str, reason: str = "", **fields: Any
) -> Happening:
    """The item is handled once more: a new leg, a new clock from today, a new reply."""
    if reply is not None and hasattr(reply, "rating"):
        close_round(round_=reply.rating.round)
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
