"""The public schedule, its calendars, and booking: what is shown, what is not, and how many queries it takes."""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liaison_stations.receptions import services
from liaison_stations.receptions.models import Booking, ReceptionSession
from liaison_stations.receptions.selectors import schedule as reading
from tests.conftest import Cast
from tests.factories import receptions as make
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
WECHAT = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50"


def month_of(session: ReceptionSession) -> str:
    return f"{session.date:%Y-%m}"


def events(client: Client, address: str) -> list[Any]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(getattr(vobject.readOne(answer.content.decode()), "vevent_list", []))


def test_a_plan_is_shown_nowhere_before_it_is_published(cast: Cast, client: Client) -> None:
    session = make.planned(cast, make.deputy(cast, "不能提前看到"))
    for address in (f"/schedule/?month={month_of(session)}", f"/schedule/print/?month={month_of(session)}"):
        assert "不能提前看到" not in client.get(address).content.decode()
    assert client.get(session.get_absolute_url()).status_code == 404
    assert events(client, f"/schedule/stations/{session.station_id}.ics") == []
    assert client.get(f"/schedule/{session.key}/calendar.ics").status_code == 404


def test_a_leading_cadre_is_not_named_ahead_by_any_door(cast: Cast, client: Client) -> None:
    cadre = make.deputy(cast, "领导代表示例", is_leading_cadre=True)
    session = make.published(cast, cadre)
    month, own = month_of(session), f"deputy={cadre.pk}"
    for address in (
        f"/schedule/?month={month}&division={session.station.division.key}",
        f"/schedule/print/?month={month}&station={session.station_id}",
        session.get_absolute_url(),
        f"/schedule/stations/{session.station_id}.ics",
    ):
        page = client.get(address).content.decode().replace("\r\n ", "")
        page = page.replace(f">{cadre.name}</option>", "")  # the filter lists who is in office
        assert ("领导干部代表1名" in page, cadre.name in page) == (True, False)
    assert "领导干部代表1名" not in client.get(f"/schedule/?month={month}&{own}").content.decode()
    assert events(client, f"/schedule/deputies/{cadre.pk}.ics") == []


def test_who_came_is_public_after_it_was_held(cast: Cast, client: Client) -> None:
    cadre = make.deputy(cast, "领导代表示例", is_leading_cadre=True)
    session = make.held(cast, cadre)
    assert cadre.name in client.get(session.get_absolute_url()).content.decode()
    assert len(events(client, f"/schedule/deputies/{cadre.pk}.ics")) == 1


def test_a_calendar_follows_a_session_through_moves_under_one_uid(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    feed = f"/schedule/stations/{session.station_id}.ics"
    [before] = events(client, feed)
    to = session.date + timedelta(days=3)
    new = services.move_session(
        session=session, by=cast.clerk, to=to, start=session.start, end=session.end, reason="代表出席会议"
    )
    [moved] = events(client, feed)
    assert moved.uid.value == before.uid.value
    assert (moved.dtstart.value.date(), moved.status.value) == (to, "CONFIRMED")
    assert int(moved.sequence.value) > int(before.sequence.value)
    services.cancel_session(session=new, by=cast.clerk, reason="场地停电")
    [gone] = events(client, feed)
    assert (gone.uid.value, gone.status.value) == (before.uid.value, "CANCELLED")
    assert int(gone.sequence.value) > int(moved.sequence.value)
    [single] = events(client, f"/schedule/{session.key}/calendar.ics")
    assert (single.uid.value, single.status.value) == (before.uid.value, "CANCELLED")
    old = client.get(session.get_absolute_url()).content.decode()
    assert "代表出席会议" in old and new.get_absolute_url() in old


def test_where_it_is_no_longer_held_the_calendar_takes_it_out(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    new = services.move_session(
        session=session, by=cast.clerk, to=session.date + timedelta(days=1), start=session.start, end=session.end,
        reason="代表出席会议",
    )  # fmt: skip
    other = make.desk(other_subdistrict(), sites=0)
    ReceptionSession.objects.filter(pk=new.pk).update(station=other.main)
    [event] = events(client, f"/schedule/stations/{session.station_id}.ics")
    assert event.status.value == "CANCELLED"


def test_inside_wechat_a_calendar_says_how_to_open_it(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    address = f"/schedule/stations/{session.station_id}.ics"
    answer = client.get(address, headers={"user-agent": WECHAT})
    assert answer["Content-Type"].startswith("text/html")
    assert "在浏览器打开" in answer.content.decode() and f"http://testserver{address}" in answer.content.decode()
    assert "User-Agent" in answer["Vary"]


def test_the_schedule_in_wechat_offers_the_calendar_s_address_to_copy(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    for page, feed in (
        (f"/schedule/?station={session.station_id}", f"/schedule/stations/{session.station_id}.ics"),
        (session.get_absolute_url(), f"{session.get_absolute_url()}calendar.ics"),
    ):
        words = client.get(page, headers={"user-agent": WECHAT}).content.decode()
        assert "在微信里打不开日历时" in words
        assert f"http://testserver{feed}" in words


def test_the_month_takes_the_same_queries_however_much_there_is(cast: Cast, client: Client, settings: Any) -> None:
    session = make.published(cast)
    settings.PAGE_CACHE_SECONDS = 0
    address = f"/schedule/?month={month_of(session)}"

    def queries() -> int:
        with CaptureQueriesContext(connection, ) as found:  # fmt: skip
            assert client.get(address).status_code == 200
        return len(found)

    queries()
    few = queries()
    copies(session, 30)
    assert queries() == few
    copies(session, reading.MOST + 20)
    assert queries() <= few
    page = client.get(address).content.decode()
    assert (page.count('class="sessions__time'), "一页放不下" in page) == (reading.MOST_OF_DAY, True)


def copies(session: ReceptionSession, count: int) -> None:
    """More sessions of that very day, with the same people."""
    from liaison_stations.receptions.models import SessionHost, new_key

    hosts = list(session.host_rows.all())
    keys = [new_key() for _n in range(count)]
    fields = {
        name: getattr(session, name)
        for name in "station_id date start end status approved_at published_at theme".split()
    }
    made = ReceptionSession.objects.bulk_create(ReceptionSession(key=key, calendar_key=key, **fields) for key in keys)
    SessionHost.objects.bulk_create(
        SessionHost(session=row, deputy=each.deputy, level=each.level) for row in made for each in hosts
    )


@pytest.mark.parametrize("query", ["month=2026-13", "month=x", "division=nowhere", "station=0", "deputy=9999999999999"])
def test_an_address_that_means_nothing_is_answered(cast: Cast, client: Client, query: str) -> None:
    assert client.get(f"/schedule/?{query}").status_code == 200


def test_today_is_marked_and_each_weekday_is_a_heading(cast: Cast, client: Client) -> None:
    make.published(cast, days=0, start=time_of(0), end=time_of(23))
    page = client.get("/schedule/").content.decode()
    assert (page.count('<th scope="col">'), page.count("month__day--today")) == (7, 1)


def time_of(hour: int) -> Any:
    return timezone.datetime(2026, 1, 1, hour).time()  # type: ignore[attr-defined]  # re-exported


def test_a_resident_books_and_gives_the_seat_back(cast: Cast, client: Client) -> None:
    session = make.published(cast, capacity=1)
    assert client.post(f"/schedule/{session.key}/book/", {"slot": "0"}).status_code == 302
    assert not Booking.objects.exists()  # not logged in
    client.force_login(cast.resident)
    client.post(f"/schedule/{session.key}/book/", {"slot": "0"})
    booking = Booking.objects.get(user=cast.resident, cancelled_at=None)
    other = Client()
    other.force_login(cast.member)
    assert other.post(f"/schedule/bookings/{booking.pk}/cancel/").status_code == 404
    other.post(f"/schedule/{session.key}/book/", {"slot": "0"})
    assert Booking.objects.count() == 1
    client.post(f"/schedule/bookings/{booking.pk}/cancel/")
    booking.refresh_from_db()
    assert booking.cancelled_at is not None


def test_the_slot_chosen_before_the_log_in_is_chosen_after_it(cast: Cast, client: Client) -> None:
    session = make.published(cast, capacity=1)
    page = client.get(session.get_absolute_url()).content.decode()
    found = re.search(r'href="([^"]+)" rel="nofollow">登录后约这一段', page)
    assert found
    back = parse_qs(urlsplit(found[1]).query)["next"][0]
    assert back == f"{session.get_absolute_url()}?slot=0#book-title"
    client.force_login(cast.resident)
    assert 'value="0" checked' in client.get(back).content.decode()
    assert client.get(f"{session.get_absolute_url()}?slot=<b>").status_code == 200


def test_an_event_for_programs_says_where_and_when(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    page = client.get(session.get_absolute_url()).content.decode()
    assert '"@type":"Event"' in page
    assert f'"startDate":"{session.date.isoformat()}T09:00:00+08:00"' in page


def test_the_public_sees_the_label_and_nothing_of_what_it_might_mean(cast: Cast, client: Client) -> None:
    desk = make.desk()
    make.scheme(cast, desk, since=date(2020, 1, 1))
    page = client.get(f"/schedule/?station={desk.main.pk}").content.decode()
    bare = page.replace("每月“1+4”进站点接待群众", "")
    assert (bare != page, "站点接待" in bare, "主站接待" in bare) == (True, False, False)
