"""The month's plan: from the scheme, from last month, from the grid; shifted off holidays where that is accepted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import DeliberationVenue, LiaisonStation
from participation.moderation.rules import Refused
from portal.trail.services import record_all
from portal.workdays.selectors import calendar

from ..models import GuestRole, ReceptionSession, SessionGuest, SessionHost, new_key
from ..permissions import user_can_plan_receptions
from ..rules.conflicts import Conflict, Slot
from ..rules.days import Shift, months_apart, same_place_in_month, shifts
from ..rules.planning import Place, Standing, drafts_for_month
from ..selectors.places import MAIN, Desk
from ..selectors.schemes import scheme_in_force
from ..states import Action, Status
from .clashing import clashes
from .moves import SUBJECT_KIND, lock_desk

MOST_ROWS = 200


@dataclass(frozen=True)
class PlannedRow:
    """One session as it was typed. `number` is its line on the grid or sheet; without `key` it is a new one."""

    number: int
    station: LiaisonStation
    day: date
    start: time
    end: time
    key: str = ""
    venue: DeliberationVenue | None = None
    theme: str = ""
    hosts: tuple[Deputy, ...] = ()
    guests: tuple[tuple[GuestRole, str], ...] = ()
    capacity: int | None = None
    slot_minutes: int | None = None
    is_themed_activity: bool = False

    def as_slot(self) -> Slot:
        people = frozenset(f"{deputy.pk}|{deputy.name}" for deputy in self.hosts)
        venue = str(self.venue.pk) if self.venue else ""
        return Slot(
            self.key or f"row{self.number}", self.station.title, self.day, self.start, self.end, str(self.station.pk),
            venue, people, self.number,
        )  # fmt: skip


@dataclass
class MonthRefused(Exception):
    """Nothing was saved. `errors` by line; `questions` are clashes of places and times that may be meant."""

    errors: list[tuple[int, str]] = field(default_factory=list)
    questions: list[tuple[int, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return "；".join(message for _row, message in [*self.errors, *self.questions])


def _opened(desk: Desk, by: Any) -> None:
    if not user_can_plan_receptions(by, desk.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    lock_desk(desk.division)


@transaction.atomic
def plan_month(*, desk: Desk, year: int, month: int, by: Any) -> list[ReceptionSession]:
    """按机制排本月: what the scheme asks for and nobody has planned yet, without people."""
    _opened(desk, by)
    scheme = scheme_in_force(desk.division, date(year, month, 1))
    if scheme is None or not scheme.requirements:
        raise Refused(_("这里还没有登记接待机制，请在“接待机制”里选择，或者直接在表格里填写。"))
    places = [Place(str(row.pk), row.kind == MAIN) for row in desk.stations]
    standing = [
        Standing(row.date, str(row.station_id), row.station.kind == MAIN) for row in _of_month(desk, year, month)
    ]
    today = timezone.localdate()
    drafts = drafts_for_month(scheme.requirements, places, standing, calendar(), year, month, not_before=today)
    if not drafts:
        raise Refused(_("没有要补排的场次：已经排够，或者没有可用的站点和日期。"))
    stations = {str(row.pk): row for row in desk.stations}
    rows = [_new(station=stations[draft.place], date=draft.day, start=draft.start, end=draft.end) for draft in drafts]
    return _created(rows, by, "scheme")


@transaction.atomic
def copy_last_month(*, desk: Desk, year: int, month: int, by: Any) -> list[ReceptionSession]:
    """复制上月: same weekday, time, place, people and guests; what already stands on that day and place is left out."""
    _opened(desk, by)
    before = months_apart(year, month, -1)
    source = [row for row in _of_month(desk, *before).for_list() if row.status != Status.MOVED]
    if not source:
        raise Refused(_("上月没有可以复制的场次。"))
    there = {(row.date, row.station_id, row.start) for row in _of_month(desk, year, month)}
    today = timezone.localdate()
    rows, copies = [], []
    for old in source:
        day = same_place_in_month(old.date, year, month)
        if day < today or (day, old.station_id, old.start) in there:
            continue
        there.add((day, old.station_id, old.start))
        new = _new(
            station=old.station, venue=old.venue, date=day, start=old.start, end=old.end, theme=old.theme,
            capacity=old.capacity, slot_minutes=old.slot_minutes,
        )  # fmt: skip
        rows.append(new)
        copies.append((new, old))
    if not rows:
        raise Refused(_("上月的场次本月都已经有了。"))
    created = _created(rows, by, "copy")
    SessionHost.objects.bulk_create(
        host_of(new, host.deputy)
        for new, old in copies
        for host in old.host_rows.all()
        if serves(host.deputy, new.date)
    )
    SessionGuest.objects.bulk_create(
        SessionGuest(session=new, role=guest.role, post=guest.post) for new, old in copies
        for guest in old.guest_rows.all()
    )  # fmt: skip
    return created


def proposed_shifts(*, desk: Desk, year: int, month: int) -> list[Shift]:
    """Planned sessions that fall on a public holiday, and where they could go. Nothing is changed."""
    rows = _of_month(desk, year, month).planned()
    return shifts(((row.key, row.date) for row in rows), calendar())


@transaction.atomic
def accept_shifts(*, desk: Desk, year: int, month: int, keys: Collection[str], by: Any) -> int:
    """顺延: those of the proposals that were ticked."""
    _opened(desk, by)
    accepted = {each.key: each for each in proposed_shifts(desk=desk, year=year, month=month) if each.key in keys}
    if not accepted:
        raise Refused(_("请勾选要顺延的场次。"))
    rows = list(ReceptionSession.objects.select_for_update().filter(key__in=accepted))
    for row in rows:
        row.planned_on = row.planned_on or row.date
        row.date = accepted[row.key].to
        _drop_approval(row)
    ReceptionSession.objects.bulk_update(rows, ["date", "planned_on", "approved_by", "approved_at", "changed_at"])
    _record(rows, Action.REVISE, by, {"shifted": True})
    return len(rows)


@transaction.atomic
def save_month(
    *, desk: Desk, rows: Sequence[PlannedRow], removed: Collection[str] = (), by: Any, accepts_clashes: bool = False
) -> tuple[int, int, int]:
    """The grid as a whole, or nothing of it: how many are new, changed, removed.

    Raises MonthRefused with the lines that are wrong. A person cannot be in two places; a place or a time that is
    taken is asked about once (`accepts_clashes`).
    """
    _opened(desk, by)
    list(Deputy.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in={deputy.pk for row in rows for deputy in row.hosts}).order_by("pk"))  # fmt: skip
    known = {row.key: row for row in _locked_rows(desk, [*(row.key for row in rows if row.key), *removed])}
    check_rows(desk=desk, rows=rows, known=known, removed=removed, accepts_clashes=accepts_clashes)
    created: list[ReceptionSession] = []
    changed: list[ReceptionSession] = []
    people = []
    for row in rows:
        session = known.get(row.key) or _new(station=row.station, date=row.day, start=row.start, end=row.end)
        if row.key and not _differs(session, row):
            continue
        _write(session, row)
        (changed if row.key else created).append(session)
        people.append((session, row))
    _created(created, by, "grid")
    for session in changed:
        session.save()
    _record(changed, Action.REVISE, by)
    _write_people(people)
    gone = [known[key] for key in removed if key in known]
    _record(gone, Action.REMOVE, by)
    ReceptionSession.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return len(created), len(changed), len(gone)


def check_rows(
    *,
    desk: Desk,
    rows: Sequence[PlannedRow],
    known: Mapping[str, ReceptionSession] | None = None,
    removed: Collection[str] = (),
    accepts_clashes: bool = True,
) -> None:
    """Raises MonthRefused with what is wrong; writes nothing."""
    known = known or {}
    errors = _errors(desk, rows, known, removed)
    found = clashes([row.as_slot() for row in rows], without=[*known])
    errors += [(_line(each), str(each)) for each in found if each.is_hard]
    questions = [(_line(each), str(each)) for each in found if not each.is_hard]
    if errors or (questions and not accepts_clashes):
        raise MonthRefused(errors, questions)


def _line(clash: Conflict) -> int:
    return max(clash.first.row, clash.second.row)


def _of_month(desk: Desk, year: int, month: int) -> Any:
    rows = ReceptionSession.objects.filter(station__in=[row.pk for row in desk.stations]).in_month(year, month)
    return rows.exclude(status__in=[Status.CANCELLED.value, Status.MOVED.value]).select_related("station__division")


def _locked_rows(desk: Desk, keys: Iterable[str]) -> Any:
    """Only of this desk: a key of another station is as good as none."""
    rows = ReceptionSession.objects.select_for_update(of=("self",)).filter(key__in=list(keys))
    return rows.filter(station__in=[row.pk for row in desk.stations]).select_related("station", "venue")


def _errors(
    desk: Desk, rows: Sequence[PlannedRow], known: Mapping[str, ReceptionSession], removed: Collection[str]
) -> list[tuple[int, str]]:
    today = timezone.localdate()
    inside = {row.pk for row in desk.stations}
    errors = []
    if len(rows) > MOST_ROWS:
        errors.append((0, _("一次最多保存%d场。") % MOST_ROWS))
    for row in rows:
        session = known.get(row.key)
        if row.key and session is None:
            errors.append((row.number, _("这场接待已不在本站，请刷新后再改。")))
            continue
        if session is not None and session.status != Status.PLANNED:
            errors.append((row.number, _("这场接待已经公布，请打开它办理改期、替班或取消。")))
        if row.station.pk not in inside:
            errors.append((row.number, _("只能排本站及所属站点的接待。")))
        if row.end <= row.start:
            errors.append((row.number, _("结束时间应晚于开始时间。")))
        if row.day < today and (session is None or session.date != row.day):
            errors.append((row.number, _("日期已经过去。")))
        errors += [
            (row.number, _("%s在这一天不在任期内。") % deputy.name)
            for deputy in row.hosts
            if not serves(deputy, row.day)
        ]
    taken = [known[key].status for key in removed if key in known]
    if any(status != Status.PLANNED for status in taken):
        errors.append((0, _("已经公布的场次不能删除，请取消并说明原因。")))
    return errors


def serves(deputy: Deputy, on: date) -> bool:
    return not deputy.is_void and deputy.starts_on <= on and (deputy.ends_on is None or deputy.ends_on >= on)


def _new(**fields: Any) -> ReceptionSession:
    key = new_key()
    return ReceptionSession(key=key, calendar_key=key, **fields)


def _created(rows: list[ReceptionSession], by: Any, how: str) -> list[ReceptionSession]:
    created = ReceptionSession.objects.bulk_create(rows)
    _record(created, Action.PLAN, by, {"from": how})
    return created


def _record(rows: Iterable[ReceptionSession], action: Action, by: Any, detail: dict[str, Any] | None = None) -> None:
    record_all(
        {
            "subject_kind": SUBJECT_KIND, "subject_key": row.key, "verb": action, "actor": by, "capacity": "staff",
            "from_state": "" if action is Action.PLAN else Status.PLANNED, "to_state": Status.PLANNED,
            "detail": {"date": row.date.isoformat(), "station": row.station_id} | (detail or {}),
        }
        for row in rows
    )  # fmt: skip


def _drop_approval(row: ReceptionSession) -> None:
    row.approved_by, row.approved_at, row.changed_at = None, None, timezone.now()


def _differs(session: ReceptionSession, row: PlannedRow) -> bool:
    own = (
        session.station_id, session.venue_id, session.date, session.start, session.end, session.theme,
        session.capacity, session.slot_minutes, session.is_themed_activity,
        [host.deputy_id for host in session.host_rows.all()],
        [(guest.role_id, guest.post) for guest in session.guest_rows.all()],
    )  # fmt: skip
    typed = (
        row.station.pk, row.venue.pk if row.venue else None, row.day, row.start, row.end, row.theme, row.capacity,
        row.slot_minutes, row.is_themed_activity, [deputy.pk for deputy in row.hosts],
        [(role.pk, post) for role, post in row.guests],
    )  # fmt: skip
    return own != typed


def _write(session: ReceptionSession, row: PlannedRow) -> None:
    session.station, session.venue = row.station, row.venue
    session.date, session.start, session.end = row.day, row.start, row.end
    session.theme, session.is_themed_activity = row.theme, row.is_themed_activity
    session.capacity, session.slot_minutes = row.capacity, row.slot_minutes
    _drop_approval(session)


def _write_people(people: Sequence[tuple[ReceptionSession, PlannedRow]]) -> None:
    sessions = [session.pk for session, _row in people]
    SessionHost.objects.filter(session__in=sessions).delete()
    SessionGuest.objects.filter(session__in=sessions).delete()
    SessionHost.objects.bulk_create(host_of(session, deputy) for session, row in people for deputy in row.hosts)
    SessionGuest.objects.bulk_create(
        SessionGuest(session=session, role=role, post=post) for session, row in people for role, post in row.guests
    )


def host_of(session: ReceptionSession, deputy: Deputy, **facts: Any) -> SessionHost:
    return SessionHost(
        session=session, deputy=deputy, level=deputy.level, is_leading_cadre=deputy.is_leading_cadre, **facts
    )
