"""What happens to a session once it is public: 替班, 接待登记, 取消, 改期."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import DeliberationVenue
from participation.filings.services import checked_paper
from participation.moderation.rules import Refused

from .. import notifications
from ..models import Booking, ReceptionSession, SessionGuest, SessionHost, new_key
from ..rules.conflicts import Slot
from ..rules.scheme import TASKS
from ..states import Action, Status
from .clashing import clashes, refuse_clashes
from .moves import move, opened_for, required
from .planning import host_of, serves


@transaction.atomic
def substitute_host(*, session: ReceptionSession, leaving: Deputy, coming: Deputy, by: Any) -> ReceptionSession:
    """一键替班: the one who cannot come is replaced; approval stays, both are told."""
    row = opened_for(session, by, Action.SUBSTITUTE)
    host = row.host_rows.filter(deputy=leaving).first()
    if host is None:
        raise Refused(_("%s不在这场接待的名单里。") % leaving.name)
    if not serves(coming, row.date):
        raise Refused(_("%s在这一天不在任期内。") % coming.name)
    Deputy.objects.select_for_update(no_key=True, of=("self",)).get(pk=coming.pk)
    if row.host_rows.filter(deputy=coming).exists():
        raise Refused(_("%s已经在这场接待的名单里。") % coming.name)
    refuse_clashes(clashes([_slot(row, [coming])], without=[row.key]), accepts_doubts=True)
    host.delete()
    host_of(row, coming, substitute_for=leaving).save()
    move(row, Action.SUBSTITUTE, by=by, detail={"leaving": leaving.pk, "coming": coming.pk})
    if row.status == Status.PUBLISHED:
        notifications.host_substituted(row, leaving, coming)
    return row


def _slot(session: ReceptionSession, deputies: Sequence[Deputy]) -> Slot:
    people = frozenset(f"{deputy.pk}|{deputy.name}" for deputy in deputies)
    venue = str(session.venue.pk) if session.venue else ""
    station = session.station
    return Slot(session.key, station.title, session.date, session.start, session.end, str(station.pk), venue, people)


@transaction.atomic
def hold_session(
    *,
    session: ReceptionSession,
    by: Any,
    hosts: Collection[int],
    guests: Collection[int] = (),
    also: Sequence[Deputy] = (),
    theme: str = "",
    tasks: Sequence[str] = (),
    sheet: UploadedFile | None = None,
) -> ReceptionSession:
    """接待登记: from the signed sheet, scanned or typed, who came. Only now does the session count for anything.

    `hosts` and `guests` are keys of the session's own rows; `also` are deputies who came without being on the list.
    """
    row = opened_for(session, by, Action.HOLD)
    if row.date > timezone.localdate():
        raise Refused(_("接待还没有到日期，不能登记。"))
    if not set(tasks) <= set(TASKS):
        raise Refused(_("请从列出的任务中选。"))
    rows = list(row.host_rows.select_related("deputy"))
    known = {host.deputy_id for host in rows}
    for host in rows:
        host.attended = host.pk in hosts
    new = [host_of(row, deputy, attended=True) for deputy in also if deputy.pk not in known]
    if not any(host.attended for host in [*rows, *new]):
        raise Refused(_("签到表上至少要有一名到站的代表；没有人到站的，请取消并说明原因。"))
    SessionHost.objects.bulk_update(rows, ["attended"])
    SessionHost.objects.bulk_create(new)
    people = list(row.guest_rows.all())
    for guest in people:
        guest.attended = guest.pk in guests
    SessionGuest.objects.bulk_update(people, ["attended"])
    if sheet is not None:
        paper = checked_paper(sheet)
        row.sheet.save(str(paper.name), paper, save=False)
    came = sum(bool(host.attended) for host in [*rows, *new])
    move(
        row, Action.HOLD, by=by, held_at=timezone.now(), theme=(theme.strip() or row.theme)[:60], tasks=list(tasks),
        detail={"came": came, "has_sheet": bool(row.sheet)},
    )  # fmt: skip
    return row


@transaction.atomic
def set_theme(*, session: ReceptionSession, by: Any, theme: str, is_themed_activity: bool = False) -> ReceptionSession:
    """进站履职主题 (X33) at any time, also of a session that was held: the trail keeps the words before and after.

    A plan loses its approval, as by any change; a public session is changed in phone calendars too.
    """
    row = opened_for(session, by, Action.THEME)
    theme = required(theme, _("请填写主题。"), 60)
    if (theme, is_themed_activity) == (row.theme, row.is_themed_activity):
        raise Refused(_("主题没有变。"))
    dropped: dict[str, Any] = {"approved_by": None, "approved_at": None} if row.status == Status.PLANNED else {}
    detail = {"before": row.theme, "after": theme, "is_themed_activity": is_themed_activity}
    move(row, Action.THEME, by=by, detail=detail, theme=theme, is_themed_activity=is_themed_activity, **dropped)
    return row


@transaction.atomic
def cancel_session(*, session: ReceptionSession, by: Any, reason: str) -> ReceptionSession:
    """取消: with a reason that the public reads; whoever was to come or had booked is told."""
    row = opened_for(session, by, Action.CANCEL)
    reason = required(reason, _("请写明取消的原因，原因会公开。"))
    people, callers = _booked_people(row), _callers_of(row)
    move(row, Action.CANCEL, by=by, reason=reason, public_reason=reason)
    Booking.objects.filter(session=row, cancelled_at=None).update(cancelled_at=timezone.now())
    notifications.session_cancelled(row, people, callers)
    return row


@transaction.atomic
def move_session(
    *,
    session: ReceptionSession,
    by: Any,
    to: date,
    start: time,
    end: time,
    reason: str,
    venue: DeliberationVenue | None = None,
    accepts_clashes: bool = False,
) -> ReceptionSession:
    """改期: the old session says where it went; the new one keeps people, bookings and the place in phone calendars.

    A place or a time that is taken is asked about once (`Doubt`); whose slot the new time has not, is told so.
    """
    row = opened_for(session, by, Action.MOVE)
    reason = required(reason, _("请写明改期的原因，原因会公开。"))
    if to < timezone.localdate():
        raise Refused(_("日期已经过去。"))
    if end <= start:
        raise Refused(_("结束时间应晚于开始时间。"))
    if (to, start, end, venue) == (row.date, row.start, row.end, row.venue):
        raise Refused(_("时间和地点都没有变。"))
    hosts, guests = list(row.host_rows.select_related("deputy")), list(row.guest_rows.all())
    key = new_key()
    new = ReceptionSession(
        key=key, calendar_key=row.calendar_key, station=row.station, venue=venue, date=to, start=start, end=end,
        theme=row.theme, is_themed_activity=row.is_themed_activity, status=Status.PUBLISHED.value,
        planned_on=row.planned_on or row.date, capacity=row.capacity, slot_minutes=row.slot_minutes,
        approved_by=row.approved_by, approved_at=row.approved_at, published_at=timezone.now(),
        sequence=row.sequence + 1,
    )  # fmt: skip
    people = [host.deputy for host in hosts]
    list(Deputy.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in=[each.pk for each in people]).order_by("pk"))  # fmt: skip
    refuse_clashes(clashes([_slot(new, people)], without=[row.key]), accepts_doubts=accepts_clashes)
    for host in hosts:
        if not serves(host.deputy, to):
            raise Refused(_("%s在这一天不在任期内。") % host.deputy.name)
    new.save()
    SessionHost.objects.bulk_create(
        SessionHost(session=new, deputy=host.deputy, level=host.level, is_leading_cadre=host.is_leading_cadre,
                    substitute_for=host.substitute_for) for host in hosts
    )  # fmt: skip
    SessionGuest.objects.bulk_create(SessionGuest(session=new, role=g.role, post=g.post) for g in guests)
    callers = _callers_of(row)
    lost = Booking.objects.filter(session=row, cancelled_at=None, slot__gte=len(new.slots))
    without_slot = _users_of(lost)
    lost.update(cancelled_at=timezone.now())
    booked = _booked_people(row)
    Booking.objects.filter(session=row, cancelled_at=None).update(session=new)
    move(row, Action.MOVE, by=by, reason=reason, public_reason=reason, moved_to=new, detail={"to": to.isoformat()})
    notifications.session_moved(row, new, booked, without_slot, callers)
    return new


def _booked_people(row: ReceptionSession) -> list[Any]:
    return _users_of(Booking.objects.filter(session=row, cancelled_at=None))


def _callers_of(row: ReceptionSession) -> list[Booking]:
    return list(Booking.objects.filter(session=row, cancelled_at=None, user=None).select_related("entered_by"))


def _users_of(bookings: Any) -> list[Any]:
    return [booking.user for booking in bookings.filter(user__isnull=False).select_related("user")]
