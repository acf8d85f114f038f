"""Who may decide on deliveries and record that somebody was told."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from .models import NoticeTask


def user_can_record_notice_try(user: Any, task: NoticeTask) -> bool:
    """Whoever it is given to, and in the task's division; without one it needs the right to decide on deliveries."""
    if task.assignee_id is not None and task.assignee_id == user.pk:
        return bool(user.has_perm("outbox.change_noticetask"))
    if task.division is None:
        return bool(user.has_perm("outbox.change_delivery"))
    return bool(user.has_perm("outbox.change_noticetask", task.division))


class DecideOnlyPolicy(ModelPermissionPolicy):
    """Rows made by the outbox itself: nobody adds, copies or deletes them in the admin, superusers included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and bool(super().user_has_permission(user, "change"))


class NoticeTaskPolicy(DecideOnlyPolicy):
    def user_has_permission_for_instance(self, user: Any, action: str, instance: NoticeTask) -> bool:
        return self.user_has_permission(user, action) and user_can_record_notice_try(user, instance)
