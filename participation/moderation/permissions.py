"""Who may open the review queue, and which part of it; who closes comments."""

from typing import Any

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import covers_the_site, divisions_of
from portal.jurisdictions.models import Division

from .models import Review
from .rules import CLOSE, DECIDE, EXPORT, VIEW


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def user_can_open_queue(user: Any) -> bool:
    """In any division at all; the rows are limited by `selectors.reviews_for`."""
    return _is_active(user) and bool(user.has_perm(VIEW))


def user_can_view_review(user: Any, review: Review) -> bool:
    return _is_active(user) and bool(user.has_perm(VIEW, review.division))


def user_can_decide_review(user: Any, review: Review) -> bool:
    return _is_active(user) and bool(user.has_perm(DECIDE, review.division))


def user_can_export_queue(user: Any) -> bool:
    return _is_active(user) and bool(user.has_perm(EXPORT))


def user_can_open_closures(user: Any) -> bool:
    return _is_active(user) and bool(user.has_perm(CLOSE))


def user_can_close_comments(user: Any, division: Division | None) -> bool:
    """A director in the own division; for the whole site one whose division covers it."""
    if not user_can_open_closures(user):
        return False
    if division is not None:
        return bool(user.has_perm(CLOSE, division))
    posts = divisions_of(user, *roles_granted(CLOSE))
    return bool(user.is_superuser) or any(covers_the_site(each) for each in posts)
