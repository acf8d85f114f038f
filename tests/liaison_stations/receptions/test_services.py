"""Planning, approving, publishing and what happens afterwards: rows, trail and outbox."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from liaison_stations.receptions import services
from liaison_stations.receptions.models import Booking, ReceptionSession
from liaison_stations.receptions.selectors import month_check, shown_of
from participation.moderation.rules import Refused
from portal.accounts.models import User
from portal.outbox.models import Message, NoticeTask
from portal.outbox.selectors import people_to_tell
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import receptions as make
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db


def verbs(session: ReceptionSession) -> list[str]:
    return list(Entry.objects.filter(subject_key=session.key).order_by("pk").values_list("verb", flat=True))


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_the_scheme_of_the_terms_fills_a_month_once(cast: Cast) -> None:
    desk = make.desk()
    with pytest.raises(Refused):  # nobody has said what is asked for
        services.plan_month(desk=desk, year=2026, month=10, by=cast.clerk)
    make.scheme(cast, desk)
    made = services.plan_month(desk=desk, year=2026, month=10, by=cast.clerk)
    assert sorted(row.station.kind for row in made) == ["area"] * 4 + ["main"]
    with pytest.raises(Refused):
        services.plan_month(desk=desk, year=2026, month=10, by=cast.clerk)
    assert verbs(made[0]) == ["plan"]


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_a_holiday_is_shifted_only_when_the_proposal_is_accepted(cast: Cast) -> None:
    desk = make.desk()
    row = make.planned(cast, at=desk, day=date(2026, 10, 1))
    facts: dict[str, Any] = {"desk": desk, "year": 2026, "month": 10}
    [proposal] = services.proposed_shifts(**facts)
    assert (proposal.key, proposal.to) == (row.key, date(2026, 10, 8))
    services.accept_shifts(**facts, keys=[row.key], by=cast.clerk)
    row.refresh_from_db()
    assert (row.date, row.planned_on) == (date(2026, 10, 8), date(2026, 10, 1))


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_last_month_is_copied_with_people_and_not_twice(cast: Cast) -> None:
    desk, host = make.desk(), make.deputy(cast)
    make.planned(cast, host, at=desk, day=date(2026, 10, 14))
    facts: dict[str, Any] = {"desk": desk, "year": 2026, "month": 11, "by": cast.clerk}
    [copy] = services.copy_last_month(**facts)
    assert (copy.date, [each.deputy for each in copy.host_rows.all()]) == (date(2026, 11, 11), [host])
    with pytest.raises(Refused):
        services.copy_last_month(**facts)


def test_nobody_is_in_two_places_and_nothing_of_a_refused_grid_is_saved(cast: Cast) -> None:
    desk, host = make.desk(), make.deputy(cast)
    rows = [make.row(desk, host), make.row(desk, host, number=2, station=desk.stations[1], start=time(10))]
    with pytest.raises(services.MonthRefused) as refusal:
        services.save_month(desk=desk, rows=rows, by=cast.clerk, accepts_clashes=True)
    assert [line for line, _words in refusal.value.errors] == [2]
    assert not ReceptionSession.objects.exists()


def test_a_shared_hall_is_asked_about_once(cast: Cast) -> None:
    desk = make.desk()
    hall = make.hall(desk)
    rows = [make.row(desk, venue=hall), make.row(desk, number=2, station=desk.stations[1], venue=hall)]
    with pytest.raises(services.MonthRefused) as refusal:
        services.save_month(desk=desk, rows=rows, by=cast.clerk)
    assert (refusal.value.errors, len(refusal.value.questions)) == ([], 1)
    assert services.save_month(desk=desk, rows=rows, by=cast.clerk, accepts_clashes=True) == (2, 0, 0)


def test_a_deputy_of_another_station_is_not_double_booked_here(cast: Cast) -> None:
    host, other = make.deputy(cast), make.desk(other_subdistrict(), sites=0)
    session = make.planned(cast, host)
    ReceptionSession.objects.filter(pk=session.pk).update(station=other.main)
    with pytest.raises(services.MonthRefused):
        services.save_month(desk=make.desk(), rows=[make.row(make.desk(), host)], by=cast.clerk)


def test_a_clerk_changes_nothing_of_another_station_by_its_key(cast: Cast) -> None:
    other = make.desk(other_subdistrict(), sites=0)
    foreign = make.planned(cast)
    ReceptionSession.objects.filter(pk=foreign.pk).update(station=other.main)
    with pytest.raises(PermissionDenied):
        services.save_month(desk=other, rows=[make.row(other)], by=cast.clerk)
    mine = make.desk()
    with pytest.raises(services.MonthRefused):
        services.save_month(desk=mine, rows=[make.row(mine, key=foreign.key)], by=cast.clerk)
    assert services.save_month(desk=mine, rows=[], removed=[foreign.key], by=cast.clerk) == (0, 0, 0)
    foreign.refresh_from_db()
    for verb in (services.cancel_session, services.substitute_host, services.hold_session):
        facts: dict[str, Any] = {
            services.cancel_session: {"reason": "无"},
            services.substitute_host: {"leaving": None, "coming": None},
        }.get(verb, {"hosts": ()})  # type: ignore[call-overload]
        with pytest.raises(PermissionDenied):
            verb(session=foreign, by=cast.clerk, **facts)


def test_the_station_head_approves_before_anything_is_public(cast: Cast) -> None:
    desk, host = make.desk(), make.deputy(cast, user=cast.deputy)
    session = make.planned(cast, host, at=desk)
    month: dict[str, Any] = {"desk": desk, "year": session.date.year, "month": session.date.month}
    with pytest.raises(Refused):
        services.publish_month(**month, by=cast.clerk)
    with pytest.raises(PermissionDenied):
        services.approve_month(**month, by=cast.clerk)
    services.approve_month(**month, by=cast.director)
    assert services.publish_month(**month, by=cast.clerk).count == 1
    assert verbs(session) == ["plan", "approve", "publish"]
    assert Message.objects.get(recipient=cast.deputy).event == f"reception:{session.key}:duty:0"


def test_a_change_after_approval_asks_for_it_again(cast: Cast) -> None:
    desk, host = make.desk(), make.deputy(cast)
    session = make.planned(cast, host, at=desk)
    services.approve_month(desk=desk, year=session.date.year, month=session.date.month, by=cast.director)
    same = make.row(desk, host, key=session.key)
    assert services.save_month(desk=desk, rows=[same], by=cast.clerk) == (0, 0, 0)
    session.refresh_from_db()
    assert session.is_approved
    assert services.save_month(
        desk=desk, rows=[make.row(desk, host, key=session.key, theme="电梯")], by=cast.clerk
    ) == (0, 1, 0)  # fmt: skip
    session.refresh_from_db()
    assert not session.is_approved


def test_late_publication_is_warned_of_and_not_refused(cast: Cast) -> None:
    desk, host = make.desk(), make.deputy(cast)
    session = make.planned(cast, host, at=desk, days=0, start=time(0), end=time(23, 59), theme="")
    month: dict[str, Any] = {"desk": desk, "year": session.date.year, "month": session.date.month}
    services.approve_month(**month, by=cast.director)
    assert len(services.publish_warnings(**month)) == 2  # too late, and without a theme (X33)
    assert services.publish_month(**month, by=cast.clerk).late == 1


def test_a_substitute_stands_in_and_a_busy_one_does_not(cast: Cast) -> None:
    leaving, coming, busy = (make.deputy(cast, name) for name in ("甲", "乙", "丙"))
    desk = make.desk()
    session = make.published(cast, leaving, at=desk)
    make.published(cast, busy, at=desk, station=desk.stations[1])
    with pytest.raises(Refused):
        services.substitute_host(session=session, leaving=leaving, coming=busy, by=cast.clerk)
    done = services.substitute_host(session=session, leaving=leaving, coming=coming, by=cast.clerk)
    [host] = done.host_rows.all()
    assert (host.deputy, host.substitute_for, done.sequence, done.status) == (coming, leaving, 1, "published")


def test_only_a_signed_sheet_makes_a_session_count(cast: Cast) -> None:
    make.scheme(cast, make.desk())
    session = make.published(cast)
    with pytest.raises(Refused):  # its day has not come
        services.hold_session(session=session, by=cast.clerk, hosts=[])
    ReceptionSession.objects.filter(pk=session.pk).update(date=timezone.localdate())
    today = timezone.localdate()
    check = month_check(session.station.division, today.year, today.month)
    assert check is not None and [str(line) for line in check.lines] == ["0/1", "0/4"]
    with pytest.raises(Refused):  # nobody came
        services.hold_session(session=session, by=cast.clerk, hosts=[])
    services.hold_session(session=session, by=cast.clerk, hosts=[session.host_rows.get().pk])
    check = month_check(session.station.division, today.year, today.month)
    assert check is not None and [str(line) for line in check.lines] == ["1/1", "0/4"]
    assert not check.is_confirmed


def test_a_cancelled_session_gives_its_reason_and_tells_who_had_booked(cast: Cast) -> None:
    session = make.published(cast, capacity=2)
    services.book(session=session, slot=0, by=cast.resident)
    with pytest.raises(Refused):
        services.cancel_session(session=session, by=cast.clerk, reason=" ")
    done = services.cancel_session(session=session, by=cast.clerk, reason="场地停电")
    assert (done.status, done.public_reason, shown_of(done).note) == ("cancelled", "场地停电", "已取消：场地停电")
    assert Message.objects.filter(recipient=cast.resident, event=f"reception:{session.key}:cancelled:1").count() == 1
    assert not Booking.objects.filter(cancelled_at=None).exists()


def test_a_moved_session_keeps_people_bookings_and_the_calendar_key(cast: Cast) -> None:
    session = make.published(cast, capacity=2)
    booking = services.book(session=session, slot=0, by=cast.resident)
    to = session.date + timedelta(days=1)
    new = services.move_session(
        session=session, by=cast.clerk, to=to, start=time(19), end=time(20), reason="代表出席会议"
    )
    session.refresh_from_db()
    booking.refresh_from_db()
    assert (session.status, session.moved_to, booking.session) == ("moved", new, new)
    assert (new.calendar_key, new.status, new.sequence > 0) == (session.calendar_key, "published", True)
    assert [each.deputy for each in new.host_rows.all()] == [each.deputy for each in session.host_rows.all()]
    assert Message.objects.filter(recipient=cast.resident).count() == 1


def test_a_plan_that_puts_somebody_in_two_places_is_told_and_not_published(cast: Cast) -> None:
    desk, host, other = make.desk(), make.deputy(cast), make.desk(other_subdistrict(), sites=0)
    session = make.planned(cast, host, at=desk)
    elsewhere = make.planned(cast, host, at=desk, days=11)
    ReceptionSession.objects.filter(pk=elsewhere.pk).update(station=other.main, date=session.date)
    month: dict[str, Any] = {"desk": desk, "year": session.date.year, "month": session.date.month}
    services.approve_month(**month, by=cast.director)
    [told] = services.plan_clashes(**month)
    assert f"{host.name}{session.date.month}月" in told
    with pytest.raises(Refused, match="时间重叠"):
        services.publish_month(**month, by=cast.clerk)
    ReceptionSession.objects.filter(pk=elsewhere.pk).delete()
    assert services.publish_month(**month, by=cast.clerk).count == 1


def test_a_session_moved_into_a_taken_hall_is_asked_about_once(cast: Cast) -> None:
    desk, hall = make.desk(), make.hall(make.desk())
    make.planned(cast, at=desk, venue=hall, days=12)
    session = make.published(cast, at=desk, station=desk.stations[1])
    facts: dict[str, Any] = {
        "session": session, "by": cast.clerk, "to": session.date + timedelta(days=2), "start": time(10),
        "end": time(11), "reason": "代表出席会议", "venue": hall,
    }  # fmt: skip
    with pytest.raises(services.Doubt, match="同一场所"):
        services.move_session(**facts)
    assert services.move_session(**facts, accepts_clashes=True).venue == hall


def test_whose_slot_a_shorter_time_has_not_is_told_to_book_again(cast: Cast) -> None:
    session = make.published(cast, capacity=1, slot_minutes=60)
    services.book(session=session, slot=0, by=cast.resident)
    services.book(session=session, slot=1, by=cast.member)
    to = session.date + timedelta(days=1)
    new = services.move_session(session=session, by=cast.clerk, to=to, start=time(9), end=time(10), reason="场地检修")
    assert [row.user for row in Booking.objects.filter(session=new, cancelled_at=None)] == [cast.resident]
    words = {row.recipient: row.body for row in Message.objects.filter(event=f"reception:{new.key}:moved:1")}
    lost = "预约已取消"
    assert (lost in words[cast.resident], lost in words[cast.member]) == (False, True)


def test_who_booked_by_phone_is_called_when_a_session_is_moved_and_then_cancelled(cast: Cast) -> None:
    session = make.published(cast, capacity=1, slot_minutes=60)
    caller: dict[str, Any] = {"session": session, "by": cast.clerk, "phone": "0731-85551234"}
    gone = services.book_for_caller(**caller, slot=0, name="先取消的")
    services.cancel_booking(booking=gone, by=cast.clerk)
    services.book_for_caller(**caller, slot=0, name="王女士")
    services.book_for_caller(**caller | {"phone": "0731-85551235"}, slot=1, name="李先生")
    to = session.date + timedelta(days=1)
    new = services.move_session(session=session, by=cast.clerk, to=to, start=time(9), end=time(10), reason="场地检修")
    tasks = NoticeTask.objects.filter(assignee=cast.clerk).order_by("pk")
    assert [sorted(each.name for each in people_to_tell(task)) for task in tasks] == [["李先生", "王女士"]]
    services.cancel_session(session=new, by=cast.committee, reason="代表出席会议")
    [_moved, cancelled] = tasks.all()
    assert [each.name for each in people_to_tell(cancelled)] == ["王女士"]
    words = cancelled.delivery.message
    assert (words.title.startswith("请电话告知预约的群众"), "0731" in words.body) == (True, False)


def test_a_booking_is_one_seat_of_one_person_and_never_one_too_many(cast: Cast) -> None:
    session = make.published(cast, capacity=1, slot_minutes=60)
    first = services.book(session=session, slot=0, by=cast.resident)
    for slot, by in ((0, cast.member), (1, cast.resident), (9, cast.member)):
        with pytest.raises(Refused):
            services.book(session=session, slot=slot, by=by)
    services.book_for_caller(session=session, slot=1, name="王女士", phone="0731-85551234", by=cast.clerk)
    services.cancel_booking(booking=first, by=cast.resident)
    assert services.book(session=session, slot=0, by=cast.member).seat == 1
    with pytest.raises(PermissionDenied):
        services.cancel_booking(booking=first, by=cast.member)
    with pytest.raises(PermissionDenied):
        services.book(session=session, slot=0, by=User.objects.create(username="unverified-example"))


def test_a_preset_changes_from_a_day_on_and_the_past_is_read_as_it_was(cast: Cast) -> None:
    division = make.desk().division
    facts: dict[str, Any] = {"division": division, "label": "每月接待", "by": cast.director}
    first = services.adopt_preset(**facts, preset="A", starts_on=date(2026, 1, 1))
    services.adopt_preset(**facts, preset="D", starts_on=date(2026, 7, 1))
    services.confirm_scheme(scheme=first, by=cast.director)
    june, july = month_check(division, 2026, 6), month_check(division, 2026, 7)
    assert june is not None and july is not None
    assert ([str(line) for line in june.lines], june.is_confirmed) == (["0/1", "0/4"], True)
    assert ([str(line) for line in july.lines], july.is_confirmed) == (["0/1"], False)
    with pytest.raises(PermissionDenied):
        services.adopt_preset(**facts | {"by": cast.clerk}, preset="A", starts_on=date(2026, 1, 1))


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_the_twentieth_reminds_once_and_only_where_the_reading_is_confirmed(cast: Cast) -> None:
    desk = make.desk()
    division = desk.division
    assert services.remind_of_month() == 0
    scheme = make.scheme(cast, desk)
    assert services.remind_of_month() == 0
    services.confirm_scheme(scheme=scheme, by=cast.director)
    assert services.remind_of_month(date(2026, 9, 19)) == 0
    assert (services.remind_of_month(), services.remind_of_month()) == (1, 0)
    event = f"reception_month:{division.key}:2026-09"
    assert set(Message.objects.filter(event=event).values_list("recipient__username", flat=True)) == {
        "clerk", "committee"
    }  # fmt: skip
