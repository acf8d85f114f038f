"""Who may do what with a ledger item. State is asked of `states`, here it is about the person and the scope."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from portal.accounts.models import HandlingUnit, RoleAssignment
from portal.accounts.selectors import units_of
from portal.jurisdictions.models import Division

from .models import AskedDeputy, Assignment, HandlingPhoto, LedgerItem
from .states import DOERS, Action, Doer, State, actions_from

MANAGE = "ledger.manage_item"
DIRECT = "ledger.decide_extension"
HANDLE = "ledger.handle_item"
VIEW = "ledger.view_ledger"
CALL_BACK = "ledger.call_back"

# Granted to roles by `apps.ready()`; each holds within the division of the role and below it.
ROLES: dict[str, frozenset[str]] = {
    MANAGE: frozenset({"committee", "director"}),
    DIRECT: frozenset({"director"}),
    HANDLE: frozenset({"unit"}),
    CALL_BACK: frozenset({"committee", "director", "clerk", "community"}),
    VIEW: frozenset({"committee", "director", "clerk", "party", "superior", "auditor", "unit"}),
}


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def works_for(user: Any, unit_id: int | None) -> bool:
    return unit_id is not None and _is_active(user) and unit_id in [unit.pk for unit in units_of(user)]


def heads_unit(user: Any, unit_id: int | None) -> bool:
    """The unit's head (or whoever acts) signs its replies."""
    if unit_id is None or not _is_active(user):
        return False
    held = RoleAssignment.objects.current(timezone.localdate()).filter(user=user, unit=unit_id, is_head=True)
    return bool(held.exists())


def user_can_manage(user: Any, item: LedgerItem) -> bool:
    """The committee of the item's subdistrict or above."""
    return _is_active(user) and bool(user.has_perm(MANAGE, item.division))


def user_can_direct(user: Any, item: LedgerItem) -> bool:
    return _is_active(user) and bool(user.has_perm(DIRECT, item.division))


def user_can_handle(user: Any, item: LedgerItem) -> bool:
    """Whoever works for the lead unit."""
    return works_for(user, item.unit_id)


def user_can_enter_for_unit(user: Any, item: LedgerItem) -> bool:
    """由工委代录: a unit that does not log in is entered by the committee from its paper (domain.md 8)."""
    return item.unit_id is not None and user_can_manage(user, item)


def user_keeps_elsewhere(user: Any, item: LedgerItem) -> bool:
    """What no unit of ours handles is kept by the committee: it feeds back, reports 办结, tracks what was promised."""
    return item.is_elsewhere and user_can_manage(user, item)


def user_is_asked(user: Any, item: LedgerItem) -> bool:
    """A deputy of the request that is out now."""
    if not _is_active(user):
        return False
    rows = AskedDeputy.objects.filter(suggestion__item=item, suggestion__ended_on=None, deputy__user=user)
    return bool(rows.exists())


def user_can_enter_for_deputy(user: Any, item: LedgerItem) -> bool:
    """由工委代录: the answer of a deputy without an account, or given on paper or by phone."""
    return user_can_manage(user, item)


def user_is_party(user: Any, item: LedgerItem) -> bool:
    return _is_active(user) and item.parties.filter(user=user).exists()


def user_can_object(user: Any, item: LedgerItem) -> bool:
    """Any verified resident."""
    return _is_active(user) and bool(getattr(user, "is_verified", False)) and item.is_public


def user_can_open_calls(user: Any) -> bool:
    """电话回访, the list; its rows are limited further by scope."""
    return _is_active(user) and bool(user.has_perm(CALL_BACK))


def user_can_call_back(user: Any, item: LedgerItem) -> bool:
    """Staff of the place, never of the handling unit: that is refused with its reason by the service."""
    return _is_active(user) and bool(user.has_perm(CALL_BACK, item.community or item.division))


def user_can_rate_publicly(user: Any, item: LedgerItem) -> bool:
    """社会监督: anybody verified, but nobody of a unit that handled it."""
    if not _is_active(user) or not getattr(user, "is_verified", False):
        return False
    return not (works_for(user, item.unit_id) or user_helps(user, item))


def user_can_do(user: Any, action: Action, item: LedgerItem) -> bool:
    """Whether this person may do this at all; the table of states decides whether now."""
    checks: dict[Doer, Callable[[Any, LedgerItem], bool]] = {
        Doer.COMMITTEE: user_can_manage,
        Doer.KEEPER: user_keeps_elsewhere,
        Doer.DEPUTY: user_is_asked,
        Doer.DIRECTOR: user_can_direct,
        Doer.UNIT: user_can_handle,
        Doer.UNIT_HEAD: lambda user, item: heads_unit(user, item.unit_id),
        Doer.PARTY: user_is_party,
        Doer.RESIDENT: user_can_object,
        Doer.SYSTEM: lambda user, item: False,
    }
    return any(checks[doer](user, item) for doer in DOERS.get(action, ()))


def user_can_view(user: Any, item: LedgerItem) -> bool:
    """Its page: public, or staff in scope, the unit, a party."""
    if item.is_public:
        return True
    return user_can_view_internal(user, item) or user_is_party(user, item)


def user_can_view_internal(user: Any, item: LedgerItem) -> bool:
    """The staff page with contacts, notes and drafts."""
    if not _is_active(user):
        return False
    if works_for(user, item.unit_id):
        return True
    return bool(user.has_perm(MANAGE, item.division))


def user_can_view_photo(user: Any, photo: HandlingPhoto) -> bool:
    """With the text of its item, unless withheld or of a draft: then only who works on the item."""
    item = photo.item
    if photo.is_withheld or (photo.reply is not None and not photo.reply.is_public):
        return user_can_view_internal(user, item)
    if item.is_readable:
        return True
    return user_can_open_desk(user, item) or user_is_party(user, item)


_HELPING = (Assignment.State.SENT, Assignment.State.SIGNED_FOR, Assignment.State.REPLIED)


def user_can_open_workplace(user: Any) -> bool:
    """The ledger in the staff admin: committees and units; the rows are limited further by scope."""
    return _is_active(user) and (bool(user.has_perm(MANAGE)) or bool(user.has_perm(HANDLE)))


def user_helps(user: Any, item: LedgerItem) -> bool:
    """Whoever works for a co-handling unit."""
    if not _is_active(user):
        return False
    units = [unit.pk for unit in units_of(user)]
    return bool(units) and item.assignments.filter(is_lead=False, unit__in=units, state__in=_HELPING).exists()


def user_can_open_desk(user: Any, item: LedgerItem) -> bool:
    """The staff page. A helping unit sees it too, without contacts, notes and drafts (`user_can_view_internal`)."""
    return user_can_view_internal(user, item) or user_helps(user, item)


def user_can_view_contact(user: Any, item: LedgerItem) -> bool:
    """Name and phone of a proposer: the lead unit that must call, and the committee."""
    return user_can_view_internal(user, item)


def user_can_view_scan(user: Any, item: LedgerItem) -> bool:
    """A unit's paper is read by the committee and by the unit itself."""
    return user_can_view_internal(user, item)


def actions_open_to(user: Any, item: LedgerItem) -> frozenset[Action]:
    """What this person may do now, in the own name."""
    found = {action for action in actions_from(State(item.state)) if user_can_do(user, action, item)}
    found.discard(Action.CO_REPLY)
    if Action.CO_REPLY in actions_from(State(item.state)) and user_helps(user, item):
        found.add(Action.CO_REPLY)
    return frozenset(found)


def actions_by_proxy(user: Any, item: LedgerItem) -> frozenset[Action]:
    """What this person may enter from a unit's paper now (由工委代录)."""
    if not user_can_enter_for_unit(user, item) or user_can_handle(user, item):
        return frozenset()
    units = {Doer.UNIT, Doer.UNIT_HEAD}
    return frozenset(
        action
        for action in actions_from(State(item.state))
        if DOERS.get(action, frozenset()) & units and action != Action.SEND_BACK_REPLY
    )


def user_can_keep_template(user: Any, division: Division, unit: HandlingUnit | None) -> bool:
    """A committee keeps those of its division, a unit its own."""
    if not _is_active(user):
        return False
    if unit is not None and works_for(user, unit.pk):
        return unit.division_id == division.pk
    return bool(user.has_perm(MANAGE, division))
