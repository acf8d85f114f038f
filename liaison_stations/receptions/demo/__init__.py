"""Receptions of the demo: last month, this one and the next, at every main station and its sites, all at once."""

from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.jurisdictions.models import Division
from portal.trail.services import record_all
from portal.workdays.selectors import calendar

from ..models import GuestRole, ReceptionSession, SessionGuest, SessionHost, new_key
from ..rules.days import months_apart
from ..rules.planning import Place, drafts_for_month
from ..rules.presets import PRESETS
from ..selectors.places import desk_of, main_station_at
from ..services import (
    add_document,
    adopt_preset,
    cancel_session,
    hold_session,
    log_organ_visit,
    log_training,
    move_session,
    submit_month,
)
from ..services.moves import SUBJECT_KIND
from ..services.planning import host_of
from ..states import Status
from .papers import page_of

HOME = "430381001000"
COUNTY = "430381000000"
LABEL = "每月“1+4”进站点接待群众"
THEMES = (
    "电梯加装和适老化改造",
    "停车管理和消防通道",
    "飞线充电和集中充电桩",
    "背街小巷路灯与路面",
    "垃圾分类和物业服务",
)
TIMES = ((time(9), time(11, 30)), (time(15), time(17)), (time(19), time(20, 30)))


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """How many sessions there are now; 0 when they are there already, or no station is."""
    if ReceptionSession.objects.exists() or not LiaisonStation.objects.exists():
        return 0
    county = Division.objects.filter(code=COUNTY).first()
    home = Division.objects.filter(code=HOME).first()
    today = timezone.localdate()
    if home is not None:
        adopt_preset(division=home, preset="A", label=LABEL, starts_on=date(2025, 4, 1), by=cast["director"])
    made = _sessions(today, cast, county)
    if home is not None:
        _what_happened(home, today, cast)
        _kept_by_the_year(home, today, cast)
    return len(made)


def _sessions(today: date, cast: dict[str, Any], county: Division | None) -> list[ReceptionSession]:
    stations = list(LiaisonStation.objects.filter(live=True).select_related("division").order_by("path"))
    desks: dict[int, list[LiaisonStation]] = {}
    for station in stations:
        desks.setdefault(station.division_id or 0, []).append(station)
    deputies: dict[int, list[Deputy]] = {}
    for deputy in Deputy.objects.in_office(today).order_by("division", "pk"):
        deputies.setdefault(deputy.division_id, []).append(deputy)
    workdays, sessions, hosts = calendar(), [], []
    for number, (division, own) in enumerate(desks.items()):
        people = deputies.get(division, [])
        is_home = own[0].division is not None and own[0].division.code == HOME
        places = [Place(str(row.pk), row.kind == "main") for row in own]
        by_key = {str(row.pk): row for row in own}
        for month in (-1, 0, 1) if is_home else (0, 1):
            year_month = months_apart(today.year, today.month, month)
            for turn, draft in enumerate(drafts_for_month(PRESETS["A"], places, [], workdays, *year_month)):
                if not people:
                    continue
                start, end = TIMES[(number + turn) % len(TIMES)]
                session = _session(by_key[draft.place], draft.day, start, end, turn + number, cast, today)
                sessions.append(session)
                chosen = [people[(turn + n) % len(people)] for n in range(min(2, len(people)))]
                hosts += [(session, deputy) for deputy in {row.pk: row for row in chosen}.values()]
    made = ReceptionSession.objects.bulk_create(sessions)
    SessionHost.objects.bulk_create(host_of(session, deputy) for session, deputy in hosts)
    record_all(
        {
            "subject_kind": SUBJECT_KIND, "subject_key": row.key, "verb": verb, "actor": actor, "capacity": "staff",
            "from_state": before, "to_state": after, "detail": {"date": row.date.isoformat()},
        }
        for row in made
        for verb, actor, before, after in _steps(row, cast)
    )  # fmt: skip
    return made


def _session(
    station: LiaisonStation, day: date, start: time, end: time, number: int, cast: dict[str, Any], today: date
) -> ReceptionSession:
    """At the home station the second half of next month is still a plan."""
    key, now = new_key(), timezone.now()
    session = ReceptionSession(
        key=key, calendar_key=key, station=station, date=day, start=start, end=end,
        theme=THEMES[number % len(THEMES)], capacity=6 if number % 3 == 0 else None,
        slot_minutes=30 if number % 3 == 0 else None,
    )  # fmt: skip
    is_home = station.division is not None and station.division.code == HOME
    if not (is_home and (day.year, day.month) > (today.year, today.month) and day.day > 15):
        session.status = Status.PUBLISHED.value
        session.approved_by, session.approved_at, session.published_at = cast["director"], now, now
    return session


def _steps(row: ReceptionSession, cast: dict[str, Any]) -> list[tuple[str, Any, str, str]]:
    planned = ("plan", cast["clerk"], "", Status.PLANNED.value)
    if row.status == Status.PLANNED:
        return [planned]
    return [
        planned,
        ("approve", cast["director"], Status.PLANNED.value, Status.PLANNED.value),
        ("publish", cast["clerk"], Status.PLANNED.value, Status.PUBLISHED.value),
    ]


def _what_happened(home: Division, today: date, cast: dict[str, Any]) -> None:
    """At the home station: the past ones were held but for one, one to come was cancelled and one was moved."""
    clerk = cast["clerk"]
    rows = ReceptionSession.objects.in_division(home).published().order_by("date", "start").for_list()
    past = [row for row in rows if row.date < today]
    judge = GuestRole.objects.filter(code="mediator").first()
    for number, row in enumerate(past[1:] if len(past) > 1 else past):
        if judge is not None and number % 2:
            SessionGuest.objects.create(session=row, role=judge, post="示例街道人民调解员")
        came = {host.pk for host in row.host_rows.all()}
        guests = {guest.pk for guest in SessionGuest.objects.filter(session=row)}
        hold_session(session=row, by=clerk, hosts=came, guests=guests, tasks=["接待"])
    to_come = [row for row in rows if row.date > today]
    if to_come:
        cancel_session(session=to_come[-1], by=clerk, reason="场地停电检修（示例）")
    if len(to_come) > 1:
        old = to_come[0]
        to = old.date + timedelta(days=1)
        move_session(session=old, by=clerk, to=to, start=time(20, 40), end=time(21, 40), reason="代表出席会议（示例）")


def _kept_by_the_year(home: Division, today: date, cast: dict[str, Any]) -> None:
    """X27, X51, X52 at the home station, and next month's plan waiting for the head."""
    clerk, main = cast["clerk"], main_station_at(home)
    if main is None:
        return
    for kind, title, lines in (
        (
            "plan",
            f"{today.year}年度代表联络站活动计划（示例）",
            ("每月安排代表进站接待群众。", "每半年集中开展一次主题活动。"),
        ),
        (
            "rules",
            "人大代表进站操作细则（示例）",
            ("接待前公布时间、地点和主题。", "接待中如实登记，接待后及时转办和反馈。"),
        ),
    ):
        paper = SimpleUploadedFile(f"{kind}.pdf", page_of([title, "", *lines]), "application/pdf")
        add_document(division=home, kind=kind, year=today.year, title=title, upload=paper, by=clerk)
    desk = desk_of(main)
    log_training(
        desk=desk, on=today - timedelta(days=40), title="群众接待规范和台账登记（示例）", organiser="示例市人大常委会",
        attendees="站长示例、联络员示例", by=clerk,
    )  # fmt: skip
    held = ReceptionSession.objects.in_division(home).held().order_by("-date").first()
    if held is not None:
        log_organ_visit(
            desk=desk, station=held.station, session=held, on=held.date, organ="示例市住房和城乡建设局",
            people="示例科长", reported="通报老旧小区改造进展（示例）。", responded="答复电梯加装的程序（示例）。",
            by=clerk,
        )  # fmt: skip
    ahead = months_apart(today.year, today.month, 1)
    if ReceptionSession.objects.in_division(home).planned().in_month(*ahead).exists():
        submit_month(desk=desk, year=ahead[0], month=ahead[1], by=clerk)
