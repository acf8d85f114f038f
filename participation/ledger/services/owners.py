"""What an owner (a proposal, a reception record) does to its item; the owner's own permissions were asked."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from participation.moderation.services import require_reason

from ..models import LedgerItem
from ..states import Action, State
from .moves import locked, move


@transaction.atomic
def follow_hiding(*, item: LedgerItem, by: Any, is_hidden: bool, reason: str = "") -> LedgerItem:
    """Hiding or restoring the owner does the same to its item (decisions.md 3); nothing when it is so already."""
    row = locked(item)
    if (row.hidden_at is not None) == is_hidden or row.state == State.VOIDED:
        return row
    move(
        row,
        Action.HIDE if is_hidden else Action.RESTORE,
        by=by,
        capacity="reviewer",
        reason=reason.strip(),
        hidden_at=timezone.now() if is_hidden else None,
    )
    return row


@transaction.atomic
def drop_item(*, item: LedgerItem, by: Any, capacity: str, reason: str) -> LedgerItem:
    """The owner is withdrawn or void. Refused once somebody has taken the item up."""
    row = locked(item)
    move(row, Action.VOID, by=by, capacity=capacity, reason=require_reason(reason), hidden_at=timezone.now())
    return row
