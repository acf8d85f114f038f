"""Who may do what in a discussion. State is asked of `states`, here it is about the person and the scope."""

from typing import Any

from portal.accounts.selectors import has_role
from portal.jurisdictions.models import Division

from .models import Capacity, Comment, Thread
from .rules import ANSWER, KEEP, REVIEW


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def user_can_write_comments(user: Any) -> bool:
    """后台实名: proved by a phone code, or at the counter (网络安全法)."""
    return _is_active(user) and bool(getattr(user, "is_verified", False))


def capacities_of(user: Any, division: Division) -> list[Capacity]:
    """As what this person may speak in `division`, the plain one first; a badge is never anybody's by choice alone."""
    found = []
    if user_can_write_comments(user):
        found.append(Capacity.RESIDENT)
        if has_role(user, "member", division=division):
            found.append(Capacity.MEMBER)
        if has_role(user, "deputy", division=division):
            found.append(Capacity.DEPUTY)
    if _is_active(user) and not user.is_superuser and user.has_perm(ANSWER, division):
        found.append(Capacity.OFFICIAL)
    return found


def user_can_review_comment(user: Any, comment: Comment) -> bool:
    """Nobody reviews the own words. Reads `thread.division`."""
    return _is_active(user) and comment.author_id != user.pk and bool(user.has_perm(REVIEW, comment.thread.division))


def user_can_keep_thread(user: Any, thread: Thread) -> bool:
    """Close with a summary, set the last day."""
    return _is_active(user) and bool(user.has_perm(KEEP, thread.division))


def user_can_open_threads(user: Any) -> bool:
    return _is_active(user) and bool(user.has_perm(KEEP))


def user_is_author(user: Any, comment: Comment) -> bool:
    return _is_active(user) and comment.author_id == user.pk


def user_can_view_comment(user: Any, comment: Comment) -> bool:
    """The public ones; one's own; those of the scope. Whether the thread itself may be seen is asked of its owner."""
    if comment.is_public or user_is_author(user, comment):
        return True
    return _is_active(user) and bool(user.has_perm(REVIEW, comment.thread.division))
