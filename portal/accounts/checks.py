"""What `doctor` asks about accounts."""

from itertools import combinations

from django.utils import timezone

from portal.operations.registry import Finding

from . import rules


def conflicting_duties() -> list[Finding]:
    """X39 once more over the whole table: a row written past the services would show here."""
    from .models import RoleAssignment

    by_user: dict[int, list[RoleAssignment]] = {}
    for post in RoleAssignment.objects.not_over(timezone.localdate()).only("user", "role", "starts_on", "ends_on"):
        by_user.setdefault(post.user_id, []).append(post)
    return [
        Finding(
            problem=f"user {user_id} holds {one.role} and {other.role} at the same time (X39)",
            remedy="end one of the two posts in 后台 → 人员与任职",
        )
        for user_id, posts in by_user.items()
        for one, other in combinations(posts, 2)
        if rules.duties_conflict(one.role, other.role)
        and rules.periods_overlap(one.starts_on, one.ends_on, other.starts_on, other.ends_on)
    ]
