from .approving import approve_month, return_month, submit_month
from .booking import book, book_for_caller, cancel_booking
from .clashing import Doubt
from .documents import add_document
from .duties import log_organ_visit, log_training
from .moves import SUBJECT_KIND
from .planning import (
    MonthRefused,
    PlannedRow,
    accept_shifts,
    check_rows,
    copy_last_month,
    plan_month,
    proposed_shifts,
    save_month,
)
from .publishing import Published, plan_clashes, publish_month, publish_warnings
from .reminding import remind_of_duties, remind_of_month
from .running import cancel_session, hold_session, move_session, set_theme, substitute_host
from .schemes import adopt_preset, confirm_scheme, save_scheme

__all__ = [
    "SUBJECT_KIND",
    "Doubt",
    "MonthRefused",
    "PlannedRow",
    "Published",
    "accept_shifts",
    "add_document",
    "adopt_preset",
    "approve_month",
    "book",
    "book_for_caller",
    "cancel_booking",
    "cancel_session",
    "check_rows",
    "confirm_scheme",
    "copy_last_month",
    "hold_session",
    "log_organ_visit",
    "log_training",
    "move_session",
    "plan_clashes",
    "plan_month",
    "proposed_shifts",
    "publish_month",
    "publish_warnings",
    "remind_of_duties",
    "remind_of_month",
    "return_month",
    "save_month",
    "save_scheme",
    "set_theme",
    "submit_month",
    "substitute_host",
]
