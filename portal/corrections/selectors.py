"""Reads: what a member of staff may answer, and whom to tell."""

from typing import Any

from django.db.models import QuerySet

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import answers_for_the_site, roles_of, users_with_role, users_within
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import site_profile
from portal.outbox.registry import Absent

from .models import ANSWER, Correction


def corrections_for(user: Any) -> QuerySet[Correction]:
    """In the divisions of the own posts; those of pages of the whole site for who answers for the site."""
    rows = Correction.objects.select_related("division", "answered_by", "reporter")
    if user.is_superuser:
        return rows
    roles = roles_granted(ANSWER)
    held = [post.division for post in roles_of(user) if post.role in roles]
    site_wide = any(answers_for_the_site(each, roles) for each in held)
    return rows.in_divisions([division.path for division in held], also_site_wide=site_wide, site=_sites_own())


def _sites_own() -> Division | None:
    profile = site_profile()
    return profile.division if profile else None


def people_to_answer(row: Correction) -> list[Any]:
    """Everybody in whose list it stands, without superusers."""
    roles, own = roles_granted(ANSWER), _sites_own()
    division = row.division or own
    people: dict[Any, Any] = {}
    if division is not None:
        people = {user.pk: user for role in roles for user in users_with_role(role, division)}
    if not people and division == own:
        people = {user.pk: user for role in roles for user in users_within(role, own)}
    return list(people.values())


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
