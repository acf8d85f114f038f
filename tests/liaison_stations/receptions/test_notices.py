"""Who is told of a plan, of a published month, of what falls away, and of what the year still asks: each once."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from liaison_stations.receptions import services
from liaison_stations.receptions.models import MonthPlan, ReceptionSession
from participation.moderation.rules import Refused
from portal.follows.services import follow
from portal.jurisdictions.clauses import Verdict, evaluate
from portal.jurisdictions.services.terms import apply_preset
from portal.outbox.models import Delivery, Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import receptions as make

pytestmark = pytest.mark.django_db

STAFF = ["clerk", "committee", "director"]
OCTOBER: dict[str, Any] = {"year": 2026, "month": 10}


def told(prefix: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(event__startswith=prefix).order_by("recipient__username", "pk")
    return [(row.recipient.username, row.title.partition("：")[0]) for row in rows]


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_the_head_hears_of_a_plan_and_the_planner_of_the_answer_each_once(cast: Cast) -> None:
    desk = make.desk()
    cast.director.email = "director@example.invalid"
    cast.director.save()
    with pytest.raises(Refused):
        services.submit_month(desk=desk, **OCTOBER, by=cast.clerk)
    make.planned(cast, make.deputy(cast), at=desk, day=date(2026, 10, 14))
    assert services.submit_month(desk=desk, **OCTOBER, by=cast.clerk) == 1
    with pytest.raises(Refused):  # nothing was changed since
        services.submit_month(desk=desk, **OCTOBER, by=cast.clerk)
    message = Message.objects.get(event__startswith="reception_plan:")
    assert (message.recipient, message.url) == (cast.director, f"/admin/receptions/{desk.main.pk}/?month=2026-10")
    assert set(Delivery.objects.filter(message=message).values_list("channel", flat=True)) == {"site", "email"}

    with pytest.raises(PermissionDenied):
        services.return_month(desk=desk, **OCTOBER, by=cast.clerk, reason="时间太密")
    with pytest.raises(Refused):
        services.return_month(desk=desk, **OCTOBER, by=cast.director, reason=" ")
    services.return_month(desk=desk, **OCTOBER, by=cast.director, reason="时间太密")
    services.submit_month(desk=desk, **OCTOBER, by=cast.clerk)
    services.approve_month(desk=desk, **OCTOBER, by=cast.director)
    assert told("reception_plan:") == [
        ("clerk", "接待安排退回修改"), ("clerk", "接待安排已经批准"),
        ("director", "接待安排等您批准"), ("director", "接待安排等您批准"),
    ]  # fmt: skip
    plan = MonthPlan.objects.get()
    assert (plan.is_waiting, plan.return_reason) == (False, "")
    key = ReceptionSession.objects.get().key
    verbs = Entry.objects.filter(subject_key=key).order_by("pk").values_list("verb", "reason")
    assert list(verbs) == [("plan", ""), ("submit", ""), ("return", "时间太密"), ("submit", ""), ("approve", "")]


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_the_panel_counts_what_waits_and_leads_to_it(cast: Cast, client: Client) -> None:
    desk = make.desk()
    make.planned(cast, make.deputy(cast), at=desk, day=date(2026, 10, 14))
    services.submit_month(desk=desk, **OCTOBER, by=cast.clerk)
    client.force_login(cast.director)
    page = client.get("/admin/").content.decode()
    assert '/admin/receptions/tasks/?panel=approve" class="ledger-figure"><strong>1</strong>' in page
    listed = client.get("/admin/receptions/tasks/?panel=approve").content.decode()
    assert f"/admin/receptions/{desk.main.pk}/?month=2026-10" in listed
    client.force_login(cast.clerk)
    assert "panel=approve" not in client.get("/admin/").content.decode()  # not the clerk's to do
    services.return_month(desk=desk, **OCTOBER, by=cast.director, reason="时间太密")
    assert "时间太密" in client.get("/admin/receptions/tasks/?panel=returned").content.decode()
    assert "时间太密" in client.get(f"/admin/receptions/{desk.main.pk}/?month=2026-10").content.decode()


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_a_published_month_is_one_notice_per_follower(cast: Cast) -> None:
    desk, host, cadre = make.desk(), make.deputy(cast), make.deputy(cast, "领导示例", is_leading_cadre=True)
    for user, kind, key in (
        (cast.resident, "station", desk.main.pk), (cast.resident, "station", desk.stations[1].pk),
        (cast.resident, "deputy", host.pk), (cast.member, "deputy", host.pk), (cast.community, "deputy", cadre.pk),
    ):  # fmt: skip
        follow(user=user, subject_kind=kind, subject_key=str(key))
    for number, day in enumerate(range(12, 22)):
        make.planned(cast, host, cadre, at=desk, day=date(2026, 10, day), station=desk.stations[number % 2])
    services.approve_month(desk=desk, **OCTOBER, by=cast.director)
    services.publish_month(desk=desk, **OCTOBER, by=cast.clerk)
    assert [name for name, _title in told("reception_published:")] == ["member", "resident"]  # no cadre ahead of time

    first, second = ReceptionSession.objects.order_by("date")[:2]
    services.cancel_session(session=first, by=cast.clerk, reason="停电")
    new = services.move_session(
        session=second, by=cast.clerk, to=date(2026, 10, 30), start=time(9), end=time(10), reason="开会"
    )
    assert told(f"reception:{first.key}:cancelled") == [("member", "接待已取消"), ("resident", "接待已取消")]
    assert told(f"reception:{new.key}:moved") == [("member", "接待已改期"), ("resident", "接待已改期")]


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_who_receives_and_follows_the_station_too_is_told_once(cast: Cast) -> None:
    host = make.deputy(cast, user=cast.deputy)
    follow(user=cast.deputy, subject_kind="station", subject_key=str(make.desk().main.pk))
    session = make.published(cast, host, day=date(2026, 10, 14))
    services.cancel_session(session=session, by=cast.clerk, reason="停电")
    events = Message.objects.filter(recipient=cast.deputy).order_by("pk").values_list("kind", flat=True)
    assert list(events) == ["reception_duty", "reception_duty"]


def test_a_theme_is_changed_before_and_after_with_its_trail(cast: Cast) -> None:
    session = make.planned(cast, make.deputy(cast))
    month = {"desk": make.desk(), "year": session.date.year, "month": session.date.month}
    services.approve_month(**month, by=cast.director)
    row = services.set_theme(session=session, by=cast.clerk, theme="电梯加装")
    assert (row.theme, row.is_approved, row.sequence) == ("电梯加装", False, 0)
    held = make.held(cast, make.deputy(cast, "代表示例乙"), days=12)
    row = services.set_theme(session=held, by=cast.clerk, theme="路灯", is_themed_activity=True)
    assert (row.theme, row.is_themed_activity, row.status) == ("路灯", True, "held")
    entry = Entry.objects.get(subject_key=held.key, verb="theme")
    assert entry.detail == {"before": "停车管理", "after": "路灯", "is_themed_activity": True}
    with pytest.raises(Refused):
        services.set_theme(session=held, by=cast.clerk, theme="路灯", is_themed_activity=True)


@pytest.mark.parametrize(
    ("day", "people"),
    [
        ("2026-01-04", {"X27": ["clerk", "committee", "director"]}),
        ("2026-03-04", {}),
        (
            "2026-05-04",
            {"X29": ["clerk", "committee", "director"], "X31": ["clerk", "committee", "deputy", "director"]},
        ),
        (
            "2026-09-04",
            {"X30": ["clerk", "committee", "deputy", "director"], "X51": ["clerk", "committee", "director"]},
        ),
    ],
)
def test_the_year_reminds_whom_it_concerns_exactly_once(cast: Cast, day: str, people: dict[str, list[str]]) -> None:
    apply_preset(division=make.desk().division, preset="xiangxiang")
    make.deputy(cast, user=cast.deputy, is_leading_cadre=True)
    with time_machine.travel(f"{day}T10:00:00+08:00"):
        assert services.remind_of_duties() == sum(len(names) for names in people.values())
        assert services.remind_of_duties() == 0
    found: dict[str, list[str]] = {}
    for row in Message.objects.filter(event__startswith="reception_due:").order_by("recipient__username"):
        found.setdefault(row.event.split(":")[1], []).append(row.recipient.username)
        assert "代表示例甲" not in row.title + row.body  # who is missing is internal
    assert found == people


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_no_street_is_reminded_of_what_does_not_bind_it(cast: Cast) -> None:
    make.desk()
    make.deputy(cast, user=cast.deputy)
    assert services.remind_of_duties() == 0


@time_machine.travel("2026-09-20T10:00:00+08:00")
def test_training_and_visits_are_logged_by_the_own_station_and_colour_their_clauses(cast: Cast, client: Client) -> None:
    desk = make.desk()
    apply_preset(division=desk.division, preset="xiangxiang")
    today = date(2026, 9, 20)
    assert [each.verdict for each in evaluate("X51", desk.division, today)] == [Verdict.DUE]
    assert [each.verdict for each in evaluate("X52", desk.division, today)] == [Verdict.DUE]
    client.force_login(cast.clerk)
    address = f"/admin/receptions/{desk.main.pk}/duties/"
    training = {"step": "training", "training-on": "2026-09-10", "training-title": "接待规范"}
    assert client.post(address, training).status_code == 422
    assert client.post(address, training | {"training-attendees": "站长示例"}).status_code == 302
    visit = {"step": "visit", "visit-on": "2026-09-11", "visit-station": desk.main.pk, "visit-organ": "示例法院",
             "visit-people": "示例庭长"}  # fmt: skip
    assert client.post(address, visit).status_code == 422  # neither reported nor answered
    assert client.post(address, visit | {"visit-on": "2026-09-21", "visit-reported": "通报"}).status_code == 422
    assert client.post(address, visit | {"visit-reported": "通报审判工作"}).status_code == 302
    page = client.get(address).content.decode()
    assert ("接待规范" in page, "通报审判工作" in page) == (True, True)
    assert [each.verdict for each in evaluate("X51", desk.division, today)] == [Verdict.MET]
    assert [each.verdict for each in evaluate("X52", desk.division, today)] == [Verdict.MET]
    verbs = Entry.objects.filter(subject_kind__in=["head_training", "organ_visit"]).values_list("verb", flat=True)
    assert list(verbs) == ["log", "log"]
