"""Permissions from roles, within the role's division."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from . import permissions
from .models import Role
from .selectors import covers_the_site, roles_of

_NO_DIVISION = object()


def division_in_question(obj: Any) -> Any:
    """The division an object belongs to: itself, its `division`, or None."""
    if hasattr(obj, "path") and hasattr(obj, "level"):
        return obj
    return getattr(obj, "division", _NO_DIVISION)


class ScopedRoleBackend(ModelBackend):
    """Password check by Django; permissions by role and scope.

    `has_perm(perm)` asks “somewhere?”, `has_perm(perm, obj)` “in the division of obj?”. An object that is of no
    division, or whose division is empty, is nobody's but the superuser's. Permissions of groups count only without an
    object, as Django has it.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        granted = permissions.roles_granted(perm)
        if Role.RESIDENT.value in granted:
            return True
        held = [post for post in roles_of(user_obj) if post.role in granted]
        if held and permissions.is_site_wide(perm):
            held = [post for post in held if covers_the_site(post.division)]
        if obj is None:
            return bool(held) or super().has_perm(user_obj, perm)
        division = division_in_question(obj)
        if division is None or division is _NO_DIVISION:
            return False
        return any(division.path.startswith(post.division.path) for post in held)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        allowed = permissions.permissions_granted(post.role for post in roles_of(user_obj))
        own = (name for name in allowed if name.startswith(f"{app_label}."))
        return any(self.has_perm(user_obj, name) for name in own) or super().has_module_perms(user_obj, app_label)
