"""Reads: what a member of staff may answer, and whom to tell."""

from typing import Any

from django.db.models import QuerySet

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import covers_the_site, roles_of
from portal.outbox.registry import Absent

from .models import ANSWER, Correction


def corrections_for(user: Any) -> QuerySet[Correction]:
    """In the divisions of the own posts; those of no division for posts that cover the site."""
    rows = Correction.objects.select_related("division", "answered_by", "reporter")
    if user.is_superuser:
        return rows
    held = [post.division for post in roles_of(user) if post.role in roles_granted(ANSWER)]
    return rows.in_divisions(
        [division.path for division in held], also_site_wide=any(covers_the_site(each) for each in held)
    )


def waiting_corrections(user: Any) -> int:
    return corrections_for(user).filter(state="waiting").count()


def absent_reporters(key: str) -> list[Absent]:
    """For the outbox: who left a way to be reached and has no account."""
    row = Correction.objects.filter(pk=key, reporter=None).first() if key.isdigit() else None
    return [Absent(name="", telephone=str(row.contact), entered_by=row.answered_by_id)] if row and row.contact else []


def corrections_of(user: Any) -> list[dict[str, Any]]:
    """For the export of one's own data."""
    rows = Correction.objects.filter(reporter=user).order_by("created_at")
    return [
        {
            "at": row.created_at,
            "address": row.address,
            "words": row.words,
            "contact": str(row.contact),
            "state": str(row.get_state_display()),
            "answer": row.answer,
        }
        for row in rows
    ]
