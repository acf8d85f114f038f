"""Who may do what with an appraisal. The table of states says when, here it is about the person and the scope."""

from typing import Any

from portal.accounts.models import HandlingUnit
from portal.accounts.selectors import units_of
from portal.jurisdictions.models import Division

from .models import OfficeAppraisal
from .states import UNIT_ACTIONS, Action, State, actions_from

MANAGE = "oversight.manage_appraisal"
VIEW = "oversight.view_appraisal"

# Granted to roles by `apps.ready()`; each holds within the division of the role and below it.
ROLES: dict[str, frozenset[str]] = {
    MANAGE: frozenset({"committee", "director"}),
    VIEW: frozenset({"committee", "director", "party", "superior", "auditor"}),
}


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def user_can_manage_appraisal(user: Any, division: Division | None = None) -> bool:
    """The committee of the division or above; without one: somewhere."""
    if not _is_active(user):
        return False
    return bool(user.has_perm(MANAGE) if division is None else user.has_perm(MANAGE, division))


def user_can_manage_round(user: Any, round_: Any) -> bool:
    """For the screens of evaluations: paper, closing, confirming."""
    return round_.division is not None and user_can_manage_appraisal(user, round_.division)


def unit_keys(user: Any) -> list[int]:
    return [unit.pk for unit in units_of(user)] if _is_active(user) else []


def works_for(user: Any, unit: HandlingUnit) -> bool:
    return unit.pk in unit_keys(user)


def user_can_open_workplace(user: Any) -> bool:
    """The screen under 监督: committees, who reads for them, and the units that may be appraised."""
    return _is_active(user) and (bool(user.has_perm(MANAGE)) or bool(user.has_perm(VIEW)) or bool(unit_keys(user)))


def user_can_view_appraisal(user: Any, appraisal: OfficeAppraisal) -> bool:
    """The staff page."""
    if not _is_active(user):
        return False
    return bool(user.has_perm(VIEW, appraisal.division)) or works_for(user, appraisal.unit)


def user_can_do(user: Any, action: Action, appraisal: OfficeAppraisal) -> bool:
    """Whether this person may do this at all; the table of states decides whether now."""
    if user_can_manage_appraisal(user, appraisal.division):
        return True
    return action in UNIT_ACTIONS and _is_active(user) and works_for(user, appraisal.unit)


def actions_open_to(user: Any, appraisal: OfficeAppraisal) -> frozenset[Action]:
    return frozenset(action for action in actions_from(State(appraisal.state)) if user_can_do(user, action, appraisal))


def user_can_view_result(user: Any, appraisal: OfficeAppraisal) -> bool:
    """Counts and class before publication: the committee and who oversees it; the unit hears of it by publication."""
    return _is_active(user) and bool(user.has_perm(VIEW, appraisal.division))
