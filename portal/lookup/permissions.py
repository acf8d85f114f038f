"""Who may issue a query code again."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from .registry import Found


def user_can_reissue_query_code(user: Any, found: Found) -> bool:
    """Within the division of the matter, where its finder names one."""
    return bool(user.has_perm("lookup.add_querycodeissue", found.division))


class ReissuePolicy(ModelPermissionPolicy):
    """Codes are issued, never edited or deleted, by superusers neither."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("add", "view") and bool(super().user_has_permission(user, "add"))
