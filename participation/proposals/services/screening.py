"""What the committee does with a public proposal: screen, adopt with a route, decline with a public reason."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason

from .. import notifications
from ..models import MatterLevel, Proposal, Route
from ..permissions import user_can_screen_proposal
from ..states import Action
from .assigning import TO_LEDGER, enter_in_ledger
from .moves import locked, move, require


def _for_screener(proposal: Proposal, by: Any, action: Action) -> Proposal:
    row = locked(proposal)
    if not user_can_screen_proposal(by, row):
        raise PermissionDenied
    require(row, action)
    return row


@transaction.atomic
def start_screening(*, proposal: Proposal, by: Any) -> Proposal:
    """A public proposal goes before the committee. An import must be public first; a hidden one may not."""
    row = _for_screener(proposal, by, Action.START_SCREENING)
    if not row.is_public:
        raise Refused(_("只有已公开的建议可以进入筛选。"))
    entry = move(row, Action.START_SCREENING, by=by, capacity="committee")
    notifications.screening_started(row, entry)
    return row


@transaction.atomic
def adopt_proposal(*, proposal: Proposal, by: Any, route: str, matter_level: str, reason: str = "") -> Proposal:
    """已采纳. The route says what becomes of it; whose matter it is must be said (C31)."""
    row = _for_screener(proposal, by, Action.ADOPT)
    _check_choices(route, matter_level)
    entry = move(
        row,
        Action.ADOPT,
        by=by,
        capacity="committee",
        reason=reason.strip(),
        detail={"route": route, "matter_level": matter_level},
        route=route,
        matter_level=matter_level,
        public_reason=reason.strip(),
    )
    if route in TO_LEDGER:
        enter_in_ledger(row, by)
    notifications.proposal_adopted(row, entry)
    return row


def _check_choices(route: str, matter_level: str) -> None:
    if route not in Route.values:
        raise Refused(_("请选择去向。"))
    if matter_level not in MatterLevel.values:
        raise Refused(_("请选择属于本级还是上级事权。"))
    if route == Route.DEPUTY_SUGGESTION and matter_level != MatterLevel.UPPER:
        raise Refused(_("商请人大代表提出代表建议的，应属于上级事权。"))


@transaction.atomic
def decline_proposal(*, proposal: Proposal, by: Any, reason: str, matter_level: str = "") -> Proposal:
    """未采纳, always with a reason that is public."""
    row = _for_screener(proposal, by, Action.DECLINE)
    reason = require_reason(reason)
    if matter_level and matter_level not in MatterLevel.values:
        raise Refused(_("请选择属于本级还是上级事权。"))
    entry = move(
        row,
        Action.DECLINE,
        by=by,
        capacity="committee",
        reason=reason,
        detail={"matter_level": matter_level},
        matter_level=matter_level,
        public_reason=reason,
    )
    notifications.proposal_declined(row, entry)
    return row
