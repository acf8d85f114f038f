"""Who answers a correction: editors and those who pass pages, inside the division of the page."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import answers_for_the_site, roles_of
from portal.jurisdictions.selectors import site_profile

from .models import ANSWER, Correction

GRANTS = {ANSWER: ("editor", "moderator", "committee", "director")}


def user_can_answer_correction(user: Any, correction: Correction) -> bool:
    """In the page's division; where nobody covers the whole site, its pages are everybody's who answers inside it."""
    if not user.is_active:
        return False
    division = correction.division
    if user.is_superuser or (division is not None and user.has_perm(ANSWER, division)):
        return True
    profile = site_profile()
    if division is not None and (profile is None or division != profile.division):
        return False
    roles = roles_granted(ANSWER)
    return any(post.role in roles and answers_for_the_site(post.division, roles) for post in roles_of(user))


class AnswerOnlyPolicy(ModelPermissionPolicy):
    """Visitors write them, staff answer them; nobody adds or deletes one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and bool(super().user_has_permission(user, "change"))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Correction) -> bool:
        return self.user_has_permission(user, action) and user_can_answer_correction(user, instance)
