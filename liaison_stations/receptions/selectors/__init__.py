from .checking import MonthCheck, facts_of, month_check
from .places import Desk, desk_of, desks_for, guest_roles, stations_of
from .schemes import SchemeInForce, scheme_in_force
from .showing import Shown, shown, shown_of

__all__ = [
    "Desk",
    "MonthCheck",
    "SchemeInForce",
    "Shown",
    "desk_of",
    "desks_for",
    "facts_of",
    "guest_roles",
    "month_check",
    "scheme_in_force",
    "shown",
    "shown_of",
    "stations_of",
]
