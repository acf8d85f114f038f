"""Who answers a correction: editors and those who pass pages, inside the division of the page."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from .models import ANSWER, Correction

GRANTS = {ANSWER: ("editor", "moderator", "committee", "director")}


def user_can_answer_correction(user: Any, correction: Correction) -> bool:
    return bool(user.is_active and (user.is_superuser or user.has_perm(ANSWER, correction.division)))


class AnswerOnlyPolicy(ModelPermissionPolicy):
    """Visitors write them, staff answer them; nobody adds or deletes one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and bool(super().user_has_permission(user, "change"))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Correction) -> bool:
        return self.user_has_permission(user, action) and user_can_answer_correction(user, instance)
