"""Pictures and files: whoever may add them somewhere adds to the own division, may choose any, and changes only those
of the own division. A division is noted when a file arrives."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Collection
from wagtail.permission_policies import ModelPermissionPolicy

from portal.pages.adapters.page_rights import holds


class RoleMediaPolicy(ModelPermissionPolicy):
    """`choose` reaches everything: a picture is public wherever it was used first."""

    def _name(self, action: str) -> str:
        return f"home.{'change' if action == 'delete' else action}_{self.model._meta.model_name}"

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and (user.is_superuser or user.has_perm(self._name(action))))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "choose":
            return self.user_has_permission(user, action)
        return holds(user, self._name(action), instance.division)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        from portal.accounts.permissions import roles_granted
        from portal.accounts.selectors import roles_of

        rows = self.model._default_manager
        if not user.is_active or user.is_anonymous:
            return rows.none()
        if user.is_superuser or ("choose" in actions and self.user_has_permission(user, "choose")):
            return rows.all()
        roles = {role for action in actions for role in roles_granted(self._name(action))}
        scope = Q(pk__in=[])
        for post in roles_of(user):
            if post.role in roles:
                scope |= Q(division__path__startswith=post.division.path)
        return rows.filter(scope)

    def users_with_any_permission(self, actions: Any) -> Any:
        from portal.accounts.models import RoleAssignment
        from portal.accounts.permissions import roles_granted

        roles = {role for action in actions for role in roles_granted(self._name(action))}
        holders = RoleAssignment.objects.current(timezone.localdate()).filter(role__in=roles).values("user")
        people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(Q(is_superuser=True) | Q(pk__in=holders))

    # Wagtail asks its media policies for collections; ours do not divide rights, only the shelves
    def collections_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        may = self.user_has_any_permission(user, actions)
        return Collection.objects.all() if may else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> Any:
        return self.collections_user_has_any_permission_for(user, [action])


def note_division(media: Any, user: Any) -> None:
    """A new picture or file belongs to the first division in which whoever brings it may add one."""
    from portal.accounts.permissions import roles_granted
    from portal.accounts.selectors import divisions_of

    if media.division_id is None and user is not None:
        roles = roles_granted(f"home.add_{media._meta.model_name}")
        own = sorted(divisions_of(user, *roles), key=lambda division: division.path)
        media.division = own[0] if own else None
