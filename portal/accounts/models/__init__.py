from .notices import NoticeText
from .privacy import Consent
from .roles import HandingOver, HandlingUnit, Role, RoleAssignment
from .users import User, new_trail_id

__all__ = ["Consent", "HandingOver", "HandlingUnit", "NoticeText", "Role", "RoleAssignment", "User", "new_trail_id"]
