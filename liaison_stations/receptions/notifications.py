"""Who is told what. The words are in templates/emails/receptions/<event>.txt, the first line being the title."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.accounts.selectors import users_with_role
from portal.outbox.services import queue_messages

from .models import ReceptionSession
from .selectors.checking import MonthCheck
from .selectors.places import place_of

BOOKINGS, DUTIES = "reception_booking", "reception_duty"
SUBJECT_KIND = "reception_session"


def _letter(template: str, kind: str, event: str, url: str, key: str, **context: Any) -> dict[str, str]:
    words = render_to_string(f"emails/receptions/{template}.txt", context)
    title, _newline, body = words.strip().partition("\n")
    return {
        "event": event, "kind": kind, "title": title.strip(), "body": body.strip(), "url": url,
        "subject_kind": SUBJECT_KIND, "subject_key": key,
    }  # fmt: skip


def _tell(session: ReceptionSession, people: Iterable[Any], template: str, kind: str, **context: Any) -> None:
    event = f"reception:{session.key}:{template}:{session.sequence}"
    url = session.get_absolute_url()
    queue_messages(recipients=people, **_letter(template, kind, event, url, session.key, session=session, **context))


def _users(deputies: Iterable[Deputy]) -> list[Any]:
    return [deputy.user for deputy in deputies if deputy.user is not None]


def _hosts(session: ReceptionSession) -> list[Any]:
    return _users(row.deputy for row in session.host_rows.select_related("deputy__user"))


def duties_published(sessions: Sequence[ReceptionSession]) -> None:
    """To each deputy with an account: when and where they receive."""
    with_users = ReceptionSession.objects.filter(
        pk__in=[row.pk for row in sessions], hosts__user__isnull=False
    ).distinct()
    for session in with_users.select_related("station", "venue"):
        _tell(session, _hosts(session), "duty", DUTIES)


def host_substituted(session: ReceptionSession, leaving: Deputy, coming: Deputy) -> None:
    _tell(session, _users([coming]), "duty", DUTIES)
    _tell(session, _users([leaving]), "relieved", DUTIES)


def session_cancelled(session: ReceptionSession, booked: Iterable[Any]) -> None:
    _tell(session, _hosts(session), "cancelled", DUTIES)
    _tell(session, booked, "cancelled", BOOKINGS)


def session_moved(old: ReceptionSession, new: ReceptionSession, booked: Iterable[Any]) -> None:
    _tell(new, _hosts(new), "moved", DUTIES, old=old)
    _tell(new, booked, "moved", BOOKINGS, old=old)


def month_not_met(station: LiaisonStation, check: MonthCheck) -> int:
    """To clerks and committee of the place, once a month."""
    division = place_of(station)
    people = {user.pk: user for role in ("clerk", "committee") for user in users_with_role(role, division)}
    month = f"{check.year}-{check.month:02d}"
    url = f"{reverse('receptions_admin:month', args=[station.pk])}?month={month}"
    event = f"reception_month:{division.key}:{month}"
    letter = _letter("month", DUTIES, event, url, division.key, station=station, check=check)
    return queue_messages(recipients=people.values(), **letter | {"subject_kind": "division"})
