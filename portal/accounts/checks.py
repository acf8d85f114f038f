"""What `doctor` asks about accounts."""

from itertools import combinations

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.operations.registry import Finding

from . import rules


def conflicting_duties() -> list[Finding]:
    """X39 once more over the whole table: a row written past the services would show here."""
    from .models import RoleAssignment

    by_user: dict[int, list[RoleAssignment]] = {}
    posts = RoleAssignment.objects.not_over(timezone.localdate()).select_related("user")
    for post in posts.only("user__username", "role", "starts_on", "ends_on"):
        by_user.setdefault(post.user_id, []).append(post)
    return [
        Finding(
            problem=_("%(user)s 同时任%(one)s和%(other)s，监督与承办没有分开（湘乡 第二十一条三）")
            % {"user": one.user.username, "one": one.get_role_display(), "other": other.get_role_display()},
            remedy=_("在后台“人员与任职”里结束其中一个任职"),
        )
        for held in by_user.values()
        for one, other in combinations(held, 2)
        if rules.duties_conflict(one.role, other.role)
        and rules.periods_overlap(one.starts_on, one.ends_on, other.starts_on, other.ends_on)
    ]
