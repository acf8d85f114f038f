"""Who is told what. The words are in templates/emails/receptions/<event>.txt, the first line being the title."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.accounts.selectors import users_with_role
from portal.follows.services import queue_to_followers
from portal.jurisdictions.models import Division
from portal.outbox.services import queue_messages

from .models import Booking, MonthPlan, ReceptionSession
from .selectors.checking import MonthCheck
from .selectors.places import Desk, main_station_at, place_of
from .selectors.showing import named_deputies

BOOKINGS, DUTIES, NEWS = "reception_booking", "reception_duty", "reception_news"
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


def _ask_to_call(session: ReceptionSession, template: str, callers: Sequence[Booking], **context: Any) -> None:
    """电话代约: who has no account is called by whoever wrote the booking down, or by the station."""
    wrote = {each.entered_by for each in callers}
    staff = {user for user in wrote if user is not None and user.is_active}
    if staff != wrote:
        staff |= set(users_with_role("clerk", session.division).order_by("pk")[:1])
    event = f"reception:{session.key}:callers:{session.sequence}"
    url = reverse("receptions_admin:session", args=[session.key])
    letter = _letter(template, DUTIES, event, url, session.key, session=session, passes_on=True, **context)
    queue_messages(recipients=staff, pass_on_in=session.division, **letter)


def session_cancelled(session: ReceptionSession, booked: Iterable[Any], callers: Sequence[Booking] = ()) -> None:
    _tell(session, _hosts(session), "cancelled", DUTIES)
    _tell(session, booked, "cancelled", BOOKINGS)
    _ask_to_call(session, "cancelled", callers)
    _tell_followers(session, "cancelled")


def session_moved(
    old: ReceptionSession,
    new: ReceptionSession,
    booked: Iterable[Any],
    without_slot: Iterable[Any] = (),
    callers: Sequence[Booking] = (),
) -> None:
    """`without_slot`: booked people whose slot the new time has not."""
    _tell(new, _hosts(new), "moved", DUTIES, old=old)
    _tell(new, booked, "moved", BOOKINGS, old=old)
    _tell(new, without_slot, "moved", BOOKINGS, old=old, is_unbooked=True)
    _ask_to_call(new, "moved", callers, old=old)
    _tell_followers(new, "moved", old=old)


def _tell_followers(session: ReceptionSession, template: str, **context: Any) -> None:
    """The same event as for hosts and booked people: who is one of them and follows as well is told once."""
    event = f"reception:{session.key}:{template}:{session.sequence}"
    letter = _letter(template, NEWS, event, session.get_absolute_url(), session.key, session=session, **context)
    main = main_station_at(session.division)
    stations = {session.station_id, *([main.pk] if main is not None else [])}
    full = ReceptionSession.objects.for_list().get(pk=session.pk)
    _to_followers(letter, stations, {each.pk for each in named_deputies([full])})


def month_published(desk: Desk, sessions: Sequence[ReceptionSession], by: Any) -> None:
    """One notice per follower, whatever of it they follow: the main station, a site, or a deputy whose name is public.

    Deputies who receive were told of their own sessions already, whoever pressed the button knows.
    """
    days = sorted(row.date for row in sessions)
    month = f"{days[0]:%Y-%m}"
    url = f"{reverse('receptions:schedule')}?division={desk.division.key}&month={month}"
    event = f"reception_published:{min(row.key for row in sessions)}"
    letter = _letter("published", NEWS, event, url, str(desk.main.pk), station=desk.main, day=days[0], days=days)
    stations = {desk.main.pk, *(row.station_id for row in sessions)}
    hosts = {host.deputy for row in sessions for host in row.host_rows.all()}
    told = [by, *(deputy.user for deputy in hosts)]
    _to_followers(letter, stations, {each.pk for each in named_deputies(sessions)}, told)


def _to_followers(letter: dict[str, str], stations: Iterable[int], deputies: Iterable[int], told: Any = ()) -> None:
    subjects = [("station", pk) for pk in sorted(stations)] + [("deputy", pk) for pk in sorted(deputies)]
    for kind, pk in subjects:
        queue_to_followers(**letter | {"subject_kind": kind, "subject_key": str(pk)}, except_for=told)


def _month_url(station: LiaisonStation, month: str) -> str:
    return f"{reverse('receptions_admin:month', args=[station.pk])}?month={month}"


def _plan_letter(template: str, desk: Desk, plan: MonthPlan, **context: Any) -> dict[str, str]:
    event = f"reception_plan:{desk.division.key}:{plan}:{plan.turn}"
    url = _month_url(desk.main, str(plan))
    letter = _letter(template, DUTIES, event, url, desk.division.key, station=desk.main, plan=plan, **context)
    return letter | {"subject_kind": "division"}


def month_submitted(desk: Desk, plan: MonthPlan, count: int, by: Any) -> None:
    """To the station head (X26: the director): what waits, and where to approve it."""
    heads = [user for user in users_with_role("director", desk.division) if user.pk != by.pk]
    queue_messages(recipients=heads, **_plan_letter("plan_submitted", desk, plan, count=count))


def month_approved(desk: Desk, plan: MonthPlan, count: int, by: Any) -> None:
    queue_messages(recipients=_planners(desk, plan, by), **_plan_letter("plan_approved", desk, plan, count=count))


def month_returned(desk: Desk, plan: MonthPlan, by: Any) -> None:
    queue_messages(recipients=_planners(desk, plan, by), **_plan_letter("plan_returned", desk, plan))


def _planners(desk: Desk, plan: MonthPlan, by: Any) -> list[Any]:
    """Whoever asked for the approval; nobody did, or the account is gone: the clerks of the place."""
    asked = plan.submitted_by
    people = [asked] if asked is not None and asked.is_active else list(users_with_role("clerk", desk.division))
    return [user for user in people if user.pk != by.pk]


def month_not_met(station: LiaisonStation, check: MonthCheck) -> int:
    """To clerks and committee of the place, once a month."""
    division = place_of(station)
    month = f"{check.year}-{check.month:02d}"
    event = f"reception_month:{division.key}:{month}"
    letter = _letter("month", DUTIES, event, _month_url(station, month), division.key, station=station, check=check)
    return queue_messages(recipients=_staff(division, "clerk", "committee"), **letter | {"subject_kind": "division"})


def duty_due(station: LiaisonStation, name: str, period: str, words: Sequence[str]) -> int:
    """What the year still asks of the station, to clerks, committee and head, once per duty and period. No names:
    who did not come is internal and mails travel."""
    division = place_of(station)
    event = f"reception_due:{name}:{division.key}:{period}"
    url = reverse("receptions_admin:duties", args=[station.pk])
    letter = _letter("due", DUTIES, event, url, division.key, station=station, words=words)
    people = _staff(division, "clerk", "committee", "director")
    return queue_messages(recipients=people, **letter | {"subject_kind": "division"})


def own_receptions_due(deputy: Deputy, name: str, period: str, came: int, wanted: int) -> int:
    """To the deputy who has an account: how often the year or half-year still asks to come."""
    event = f"reception_due:{name}:deputy{deputy.pk}:{period}"
    url = f"{reverse('receptions:schedule')}?deputy={deputy.pk}"
    letter = _letter("own_due", DUTIES, event, url, str(deputy.pk), came=came, wanted=wanted, is_half=name == "X31")
    return queue_messages(recipients=_users([deputy]), **letter | {"subject_kind": "deputy"})


def _staff(division: Division, *roles: str) -> list[Any]:
    return list({user.pk: user for role in roles for user in users_with_role(role, division)}.values())
