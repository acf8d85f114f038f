"""Wagtail's page rights, answered from posts: what a role may do, inside the division it is held in.

Wagtail keeps page rights in groups at places of the tree. Here they are `portal.accounts` permissions: the policy says
what somebody may do *somewhere*, the tester narrows it to the page's division.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
UNPUBLISH = "pages.unpublish_page"
LEVELS = (1, 2, 3)  # of the review


class _Named(NamedTuple):
    codename: str


class Right(NamedTuple):
    """Shaped like Wagtail's GroupPagePermission: an action at the root of the site."""

    page: Any
    page_id: int
    permission: _Named


def name_of(action: str) -> str:
    return f"wagtailcore.{action}_page"


def holds(user: Any, permission: str, division: Any) -> bool:
    """In this division; without one only a superuser (asked without an object, `has_perm` would mean "somewhere")."""
    if not user.is_active:
        return False
    return bool(user.is_superuser or (division is not None and user.has_perm(permission, division)))


class RolePagePolicy(PagePermissionPolicy):
    permission_cache_name = "_page_rights_by_role"

    def get_all_permissions_for_user(self, user: Any) -> list[Right]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        actions = [action for action in ACTIONS if any(user.has_perm(right) for right in rights_to(action))]
        if not actions:
            return []
        return [
            Right(root, root.pk, _Named(f"{action}_page"))
            for root in Page.objects.filter(sites_rooted_here__isnull=False).distinct()
            for action in actions
        ]

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if (known := self._base_user_has_permission(user)) is not None:
            return known
        return bool(set(actions) & instance.permissions_for_user(user).permissions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """Pages of the user's divisions; pages of the whole site only where nothing is changed ("add")."""
        if (known := self._base_queryset_for_user(user)) is not None:
            return known
        wanted = Q(pk__in=[])
        for root in {right.page for right in self.get_cached_permissions_for_user(user)}:
            wanted |= Q(path__startswith=root.path)
        rows = self.model._default_manager.filter(wanted)
        reach = Q(pk__in=[])
        for model in scoped_models():
            reach |= Q(pk__in=model.objects.filter(self.in_scope(user, model, actions)).values("pk"))
        return rows.filter(reach)

    def in_scope(self, user: Any, model: Any, actions: Any) -> Q:
        from portal.accounts.permissions import roles_granted
        from portal.accounts.selectors import roles_of
        from portal.jurisdictions.selectors import site_profile

        roles = {role for action in actions for role in roles_granted(model.right_to(action))}
        held = [post.division.path for post in roles_of(user) if post.role in roles]
        scope = Q(pk__in=[])
        for path in held:
            scope |= Q(division__path__startswith=path)
        profile = site_profile()
        everywhere = profile and profile.division and any(profile.division.path.startswith(path) for path in held)
        if everywhere or ("add" in actions and held):
            scope |= Q(division=None)
        return scope

    def explorable_instances(self, user: Any) -> Any:
        """Every page of the site may be looked at by who has any right, others' own business apart (their drafts
        stay unseen); what may be done there is the tester's."""
        if (known := self._base_queryset_for_user(user)) is not None:
            return known
        wanted = Q(pk__in=[])
        for root in {right.page for right in self.get_cached_permissions_for_user(user)}:
            wanted |= Q(path__startswith=root.path)
        hidden = unseen_pages(user)
        rows = self.model._default_manager.filter(wanted)
        return rows if hidden is None else rows.exclude(hidden)

    def users_with_any_permission(self, actions: Any, include_superusers: bool = True) -> Any:
        from portal.accounts.models import RoleAssignment
        from portal.accounts.permissions import roles_granted

        roles = {role for action in actions for right in rights_to(action) for role in roles_granted(right)}
        who = Q(pk__in=RoleAssignment.objects.current(timezone.localdate()).filter(role__in=roles).values("user"))
        if include_superusers:
            who |= Q(is_superuser=True)
        return get_user_model()._default_manager.filter(is_active=True).filter(who)

    def users_with_any_permission_for_instance(
        self, actions: Any, instance: Any, include_superusers: bool = True
    ) -> Any:
        from portal.accounts.models import RoleAssignment
        from portal.accounts.permissions import roles_granted

        page = instance.specific
        division = page.division_in_charge if hasattr(page, "division_in_charge") else None
        right_to = getattr(page, "right_to", name_of)
        roles = {role for action in actions for role in roles_granted(right_to(action))}
        who = Q(pk__in=[])
        if division is not None:
            held = RoleAssignment.objects.current(timezone.localdate()).filter(role__in=roles).covering(division)
            who = Q(pk__in=held.values("user"))
        if include_superusers:
            who |= Q(is_superuser=True)
        return get_user_model()._default_manager.filter(is_active=True).filter(who)


def unseen_pages(user: Any) -> Q | None:
    """Others' own business: pages that this person is not shown in the admin. None for a superuser."""
    if user.is_superuser:
        return None
    policy, hidden = RolePagePolicy(), Q(pk__in=[])
    for model in scoped_models():
        if model.is_own_business:
            own = policy.in_scope(user, model, ("add", "change", "lock", "unlock"))
            hidden |= Q(pk__in=model.objects.exclude(own).values("pk"))
    return hidden


def rights_to(action: str) -> set[str]:
    """Under every name that some kind of page gives it."""
    return {model.right_to(action) for model in scoped_models()}


def scoped_models() -> list[Any]:
    from ..models import PortalPage

    found, queue = [], [PortalPage]
    while queue:
        model = queue.pop()
        queue += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return found


class ScopedPageTester(PagePermissionTester):
    """What somebody may do with one page. Nobody but a superuser publishes past the review (三审三校)."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.permissions: set[str] = getattr(self, "permissions", set())
        if user.is_active and not user.is_superuser:
            self.permissions = {action for action in self.permissions if self._reaches(action)}

    def _reaches(self, action: str) -> bool:
        right = self.page.right_to(action)
        # below a page of the whole site, such as a column, every division may add its own
        if action == "add" and not self.page.division_id:
            return bool(self.user.has_perm(right))
        return holds(self.user, right, self.page.division_in_charge)

    def _has(self, permission: str) -> bool:
        return not self.page_is_root and holds(self.user, permission, self.page.division_in_charge)

    def can_edit(self) -> bool:
        """Without Wagtail's exception for owners: who moved to another post has left the page behind."""
        if not self.user.is_active or self.page_is_root:
            return False
        if self.user.is_superuser or "change" in self.permissions:
            return True
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        may = self.user.is_superuser or "change" in self.permissions
        return bool(may and super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        """撤下: at once, by one person; it comes back through the review."""
        return bool(self.page.live and not self.page_locked() and self._has(UNPUBLISH))

    def can_unschedule(self) -> bool:
        return self._has(UNPUBLISH)

    def can_view_revisions(self) -> bool:
        """Who may edit, and whoever reviews in the division: also what they decided on before."""
        return bool(super().can_view_revisions() and (self.can_edit() or self.can_publish() or self.can_review()))

    def can_review(self) -> bool:
        """On some level in the division; whether this very page is the task's question (`ReviewTask`)."""
        return any(self._has(f"pages.review_level_{level}") for level in LEVELS)

    def can_submit_for_moderation(self) -> bool:
        return bool(self.can_edit() and super().can_submit_for_moderation())
