"""Everything that changes who somebody is, what they may do, and what is kept of them."""

from .posts import hand_over_committee_post, save_committee_post, void_committee_post
from .privacy import accept_notice, cancel_account, give_consent, publish_notice, withdraw_consent
from .refusals import AccountRefused
from .roles import assign_role, end_role, hand_over, move_due_items
from .staff import deactivate_user, issue_temporary_password, reactivate_user
from .staff_import import division_problem, import_staff
from .users import change_details, create_user, end_sessions, release_phone, set_phone, set_phone_verified
from .verification import verify, verify_at_counter

__all__ = [
    "AccountRefused",
    "accept_notice",
    "assign_role",
    "cancel_account",
    "change_details",
    "create_user",
    "deactivate_user",
    "division_problem",
    "end_role",
    "end_sessions",
    "give_consent",
    "hand_over",
    "hand_over_committee_post",
    "import_staff",
    "issue_temporary_password",
    "move_due_items",
    "publish_notice",
    "reactivate_user",
    "release_phone",
    "save_committee_post",
    "set_phone",
    "set_phone_verified",
    "verify",
    "verify_at_counter",
    "void_committee_post",
    "withdraw_consent",
]
