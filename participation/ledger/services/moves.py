"""What every transition does: lock and re-read, ask who and whether, write, record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import LedgerItem, LedgerScan
from ..permissions import user_can_do, user_can_enter_for_unit
from ..rules.happening import Happening
from ..selectors.clocks import clock_of, due_day
from ..selectors.process import wrong_person, wrong_proxy, wrong_state
from ..states import DOERS, Action, Doer, State, next_state

SUBJECT_KIND = "ledger_item"
ROUND_KIND = "ledger"  # of the evaluations of a reply


def locked(item: LedgerItem) -> LedgerItem:
    """The row as it is now, locked until the transaction ends."""
    return LedgerItem.objects.select_for_update(of=("self",)).select_related("division", "unit").get(pk=item.pk)


def opened_for(item: LedgerItem, by: Any, action: Action, *, paper: LedgerScan | None = None) -> LedgerItem:
    """The locked row, when `by` may do this here and now; PermissionDenied or Refused otherwise.

    With `paper` the committee enters what a unit did (由工委代录): the unit's scan, which lies with this item.
    """
    row = locked(item)
    if paper is not None:
        allowed = bool(DOERS.get(action, frozenset()) & {Doer.UNIT, Doer.UNIT_HEAD}) and user_can_enter_for_unit(
            by, row
        )
    else:
        allowed = user_can_do(by, action, row)
    if not allowed:
        raise not_for(action, row, by_proxy=paper is not None)
    require_paper_of(row, paper)
    require(row, action)
    return row


def not_for(action: Action, item: LedgerItem, *, by_proxy: bool = False) -> PermissionDenied:
    """The refusal of a person, to be raised: it says who takes this step, and on what that rests."""
    return PermissionDenied(wrong_proxy(action, item) if by_proxy else wrong_person(action, item))


def require_paper_of(item: LedgerItem, paper: LedgerScan | None) -> None:
    if paper is not None and paper.item_id != item.pk:
        raise Refused(_("代录的书面材料不属于本事项。"))


def require(item: LedgerItem, action: Action) -> State:
    """The state that `action` leads to from here, or a refusal that says where the item stands and what comes first."""
    state = next_state(action, State(item.state))
    if state is None:
        raise Refused(wrong_state(action, item))
    return state


def move(
    item: LedgerItem,
    action: Action,
    *,
    by: Any = None,
    capacity: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> Happening:
    """Write `fields` and the next state of a locked row, and the trail entry. The caller has asked permissions."""
    before = State(item.state)
    after = require(item, action)
    for name, value in fields.items():
        setattr(item, name, value)
    if after != before:
        item.state = after
        item.state_since = timezone.now()
    item.due_on = due_day(clock_of(item), item)
    item.save()
    entry = record(
        subject_kind=SUBJECT_KIND,
        subject_key=item.reference,
        verb=action,
        actor=by,
        capacity=capacity,
        from_state=before,
        to_state=after,
        reason=reason,
        detail=detail,
    )
    return Happening(key=entry.pk, verb=str(action), reason=reason)


def capacity_of(paper: LedgerScan | None, item: LedgerItem | None = None) -> str:
    """With `item`: the committee, where no unit of ours handles it."""
    if item is not None and item.is_elsewhere:
        return "committee"
    return "proxy" if paper is not None else "unit"
