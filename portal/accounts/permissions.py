"""Who may do what: permissions are granted to roles, and a role is held in a division."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from . import rules

_granted: dict[str, set[str]] = {}
_site_wide: set[str] = set()

# Wagtail's own and ours
MANAGE_STAFF = "accounts.change_roleassignment"
VERIFY_RESIDENT = "accounts.verify_user"
PUBLISH_NOTICE = "accounts.add_noticetext"
MANAGE_UNITS = "accounts.change_handlingunit"
VIEW_COMMITTEE_POST = "accounts.view_committeepost"
CHANGE_COMMITTEE_POST = "accounts.change_committeepost"


def grant(permission: str, roles: Iterable[str]) -> None:
    """Holders of `roles` have `permission` inside their division. Called by features from `AppConfig.ready()`.

    The role `resident` stands for every active account, anywhere.
    """
    _granted.setdefault(permission, set()).update(str(role) for role in roles)


def grant_site_wide(permission: str, roles: Iterable[str]) -> None:
    """As `grant`, for what holds for the whole site: only a post whose division covers the site's own carries it.

    A director of one subdistrict may not change the word list of all; the director of the site's top division may.
    """
    grant(permission, roles)
    _site_wide.add(permission)


def is_site_wide(permission: str) -> bool:
    return permission in _site_wide


def roles_granted(permission: str) -> frozenset[str]:
    return frozenset(_granted.get(permission, ()))


def permissions_granted(roles: Iterable[str]) -> set[str]:
    """Everything that a holder of `roles` may do somewhere."""
    held = set(roles)
    return {permission for permission, granted in _granted.items() if granted & held}


def user_can_enter_staff_admin(user: Any) -> bool:
    return bool(user.has_perm("wagtailadmin.access_admin"))


def user_can_give_role(user: Any, role: str, division: Any, target: Any, own_assignments: Iterable[Any]) -> bool:
    """Appoint or dismiss `target` as `role` in `division`.

    Nobody changes the own posts; only a superuser touches a superuser, or gives the roles that nobody appoints.
    `own_assignments` are the current posts of `user`.
    """
    if not user.is_active or target.pk == user.pk:
        return False
    if user.is_superuser:
        return True
    if target.is_superuser:
        return False
    return any(
        role in rules.APPOINTS.get(held.role, ()) and division.path.startswith(held.division.path)
        for held in own_assignments
    )


def user_can_keep_committee_posts(user: Any, division: Any) -> bool:
    return bool(user.is_active and user.has_perm(CHANGE_COMMITTEE_POST, division))


class ClosedPolicy(ModelPermissionPolicy):
    """Nobody does anything with this model in Wagtail's generic screens, superusers included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return False

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return False

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return False


class PublishOnlyPolicy(ModelPermissionPolicy):
    """Versions are added and read, never changed or deleted, by superusers neither."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("add", "view") and bool(super().user_has_permission(user, "add"))


class ScopedModelPolicy(ModelPermissionPolicy):
    """A model's permission, asked for the row's division; rows are switched off, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return bool(user.has_perm(self._get_permission_name(action), instance))
