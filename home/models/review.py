"""审核: one level of the review before publication (三审三校). Who reviews is a role in the page's division."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, TaskState, WorkflowState

from portal.pages.adapters.page_rights import holds

from ..rules.revisions import says

LOOKED_AT = 30  # versions back; more than one task ever sees
ROLES = {1: "moderator", 2: "committee", 3: "director"}

WHY_RETURNED = _("请写明退回的原因，编辑照着改。")


class ReturnForm(TaskStateCommentForm):
    """Who returns an article says why; an empty field stays open with the message beside it."""

    comment = forms.CharField(
        label=_("退回原因"), widget=forms.Textarea({"rows": 4}), error_messages={"required": WHY_RETURNED}
    )


class ReviewTask(Task):
    """审级: level 1 by the 审核员, 2 by the 工委工作人员, 3 by the 主任, each inside the own division.

    How many levels there are is the term `review_levels`. Nobody reviews what the own hand wrote, changed, submitted
    or passed on another level.
    """

    class Level(models.IntegerChoices):
        FIRST = 1, _("一审")
        SECOND = 2, _("二审")
        THIRD = 3, _("三审")

    level = models.PositiveSmallIntegerField(_("审级"), choices=Level, unique=True)

    admin_form_fields = [*Task.admin_form_fields, "level"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "level"]

    class Meta:
        verbose_name = _("审级")
        verbose_name_plural = _("审级")

    @classmethod
    def get_description(cls) -> str:
        return str(_("由本区划内相应角色的人审核；写的人、改的人、送审的人和已在另一级审过的人都不能审。"))

    @property
    def permission(self) -> str:
        return f"pages.review_level_{self.level}"

    def user_is_reviewer(self, page: Any, user: Any) -> bool:
        return holds(user, self.permission, page.division_in_charge)

    def user_can_review(self, page: Any, user: Any) -> bool:
        return self.user_is_reviewer(page, user) and user.pk not in hands_on(page)

    # --- what Wagtail asks ----------------------------------------------------------------------------------------
    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.user_is_reviewer(obj.specific, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it is under review only reviewers touch it; who does so cannot pass it."""
        return not self.user_is_reviewer(obj.specific, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.user_is_reviewer(obj.specific, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return self.user_is_reviewer(obj.specific, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        page = obj.specific
        if not self.user_is_reviewer(page, user):
            return []
        back = [("reject", _("退回修改"), True)]
        if not self.user_can_review(page, user):
            return back
        return [*back, ("approve", _("审核通过"), False), ("approve", _("附意见审核通过"), True)]

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        return ReturnForm if action == "reject" else TaskStateCommentForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        # one decision at a time, by whatever door: the second finds it taken
        WorkflowState.objects.select_for_update(of=("self",)).get(pk=task_state.workflow_state_id)
        task_state = TaskState.objects.get(pk=task_state.pk)
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise PermissionDenied(_("这一篇已由别人审核过。"))
        page = task_state.workflow_state.content_object.specific
        allowed = self.user_can_review if action_name == "approve" else self.user_is_reviewer
        if not allowed(page, user):
            raise PermissionDenied(_("写稿、改稿、送审的人和已在另一级审过的人不能审核同一篇，请由另一位审核。"))
        if action_name == "reject" and not str(kwargs.get("comment") or "").strip():
            raise PermissionDenied(WHY_RETURNED)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        if not (user.is_superuser or user.has_perm(self.permission)):
            return waiting.none()
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if (page := state.workflow_state.content_object) is not None and self.user_can_review(page.specific, user)
        ]
        return TaskState.objects.filter(pk__in=mine)


def hands_on(page: Any) -> set[int]:
    """Who wrote, changed, submitted or already passed what is under review: none of them may pass it (now)."""
    state = WorkflowState.objects.active().for_instance(page).select_related("current_task_state").first()
    hands: set[int | None] = set()
    if page.live_revision_id is None:
        hands.add(page.owner_id)
    rows = list(page.revisions.order_by("-created_at", "-pk")[:LOOKED_AT])
    # saved again without a change of words is nobody's hand: the editor does so when a reviewer only presses 通过
    changed = [
        row
        for row, older in zip_longest(rows, rows[1:])
        if row is not None and (older is None or says(row.content) != says(older.content))
    ]
    hands.update(row.user_id for row in changed[:1])
    if state is not None:
        hands.add(state.requested_by_id)
        hands.update(
            state.task_states.filter(status=TaskState.STATUS_APPROVED).values_list("finished_by_id", flat=True)
        )
        if state.current_task_state is not None:
            since = state.current_task_state.started_at
            hands.update(row.user_id for row in changed if row.created_at >= since)
    return {pk for pk in hands if pk is not None}
