from .notices import NoticeText
from .posts import CommitteePost
from .privacy import Consent
from .roles import HandingOver, HandlingUnit, Role, RoleAssignment
from .users import User, new_trail_id

__all__ = [
    "CommitteePost",
    "Consent",
    "HandingOver",
    "HandlingUnit",
    "NoticeText",
    "Role",
    "RoleAssignment",
    "User",
    "new_trail_id",
]
