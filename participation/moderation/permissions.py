"""Who may open the review queue, and which part of it."""

from typing import Any

from .models import Review
from .rules import DECIDE, EXPORT, VIEW


def user_can_open_queue(user: Any) -> bool:
    """In any division at all; the rows are limited by `selectors.reviews_for`."""
    return bool(user.is_authenticated and user.is_active and user.has_perm(VIEW))


def user_can_view_review(user: Any, review: Review) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(VIEW, review.division))


def user_can_decide_review(user: Any, review: Review) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(DECIDE, review.division))


def user_can_export_queue(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(EXPORT))
