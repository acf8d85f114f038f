"""Who may do what with a photo report. State is asked of `states`, here it is about the person and the scope."""

from typing import Any

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import term

from .models import SnapPhoto, SnapReport

SEND = "snaps.send_snap"
REVIEW = "snaps.review_snap"
HANDLE = "snaps.handle_snap"
VIEW_ORIGINAL = "snaps.view_original"

# Granted to roles by `apps.ready()`; each holds within the division of the role and below it.
ROLES: dict[str, frozenset[str]] = {
    SEND: frozenset({"deputy"}),
    REVIEW: frozenset({"moderator", "committee", "director"}),
    HANDLE: frozenset({"committee", "director"}),
    VIEW_ORIGINAL: frozenset({"moderator", "committee", "director"}),
}


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def user_is_deputy(user: Any) -> bool:
    """Anywhere: what a deputy sees in the next street is reported as well."""
    return _is_active(user) and not user.is_superuser and bool(user.has_perm(SEND))


def user_can_send_snap(user: Any, division: Division) -> bool:
    """A deputy; a verified resident where the terms of the division let residents (decisions.md 2)."""
    if user_is_deputy(user):
        return True
    is_verified = _is_active(user) and bool(getattr(user, "is_verified", False))
    return is_verified and bool(term(division, "resident_snaps"))


def user_can_review_snap(user: Any, snap: SnapReport) -> bool:
    """Nobody reviews the own report."""
    return _is_active(user) and snap.sender_id != user.pk and bool(user.has_perm(REVIEW, snap.division))


def user_can_handle_snap(user: Any, snap: SnapReport) -> bool:
    return _is_active(user) and snap.sender_id != user.pk and bool(user.has_perm(HANDLE, snap.division))


def user_can_verify_snap(user: Any, snap: SnapReport) -> bool:
    """Who reported it, or a deputy of the place; they look, they do not close (代表法 第三十一条)."""
    if not _is_active(user):
        return False
    return snap.sender_id == user.pk or (not user.is_superuser and bool(user.has_perm(SEND, snap.division)))


def user_can_see_too(user: Any, snap: SnapReport) -> bool:
    return _is_active(user) and bool(getattr(user, "is_verified", False)) and snap.sender_id != user.pk


def user_can_resubmit_snap(user: Any, snap: SnapReport) -> bool:
    return _is_active(user) and snap.sender_id == user.pk


def user_can_view_original(user: Any, snap: SnapReport) -> bool:
    if not _is_active(user):
        return False
    return snap.sender_id == user.pk or bool(user.has_perm(VIEW_ORIGINAL, snap.division))


def user_can_view_snap(user: Any, snap: SnapReport) -> bool:
    return snap.is_public or user_can_view_original(user, snap)


def user_can_view_photo(user: Any, photo: SnapPhoto) -> bool:
    return photo.is_public or user_can_view_original(user, photo.snap)


def user_can_import_feedback(user: Any) -> bool:
    """Somewhere at all; which rows is asked by the scope, and again by the service."""
    return _is_active(user) and bool(user.has_perm(HANDLE))


def user_can_open_desk(user: Any) -> bool:
    return _is_active(user) and bool(user.has_perm(VIEW_ORIGINAL))
