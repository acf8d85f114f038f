"""A station with its sites, deputies who may be asked to come, and sessions in any state, brought there by services."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.services import save_deputy
from liaison_stations.receptions import services
from liaison_stations.receptions.models import ReceptionScheme, ReceptionSession
from liaison_stations.receptions.selectors import Desk, desk_of
from liaison_stations.stations.models import DeliberationVenue, LiaisonStation, StationIndexPage
from portal.jurisdictions.models import Division

from .pages import home_page
from .proposals import subdistrict


def directory() -> StationIndexPage:
    found = StationIndexPage.objects.first()
    return found or home_page().add_child(instance=StationIndexPage(title="联络站", slug="stations"))


def desk(division: Division | None = None, sites: int = 2) -> Desk:
    """A main station with its sites, all published; the one that is there already if there is one."""
    place = division or subdistrict()
    main = LiaisonStation.objects.filter(division=place, kind="main").first()
    if main is None:
        new = LiaisonStation(title=f"{place.name}联络站", slug=f"station-{place.key}", division=place, kind="main")
        new.address, new.phone = "示例路1号", "0731-00000000"
        main = directory().add_child(instance=new)
        for number in range(sites):
            title, slug = f"{place.name}片区{number + 1}联络点", f"site-{place.key}-{number}"
            main.add_child(instance=LiaisonStation(title=title, slug=slug, division=place, kind="area"))
    return desk_of(LiaisonStation.objects.select_related("division__parent").get(pk=main.pk))


def hall(at: Desk) -> DeliberationVenue:
    return DeliberationVenue.objects.get_or_create(name="示例议事厅", division=at.division, defaults={"kind": "hall"})[
        0
    ]


def deputy(cast: Any, name: str = "代表示例甲", **fields: Any) -> Deputy:
    values: dict[str, Any] = {
        "level": "county", "division": subdistrict(), "term": "第十八届", "starts_on": date(2020, 1, 1),
    } | fields  # fmt: skip
    return save_deputy(deputy=Deputy(name=name, **values), by=cast.committee)


def row(at: Desk, *hosts: Deputy, days: int = 10, **fields: Any) -> services.PlannedRow:
    values: dict[str, Any] = {
        "number": 1, "station": at.main, "day": timezone.localdate() + timedelta(days=days), "start": time(9),
        "end": time(11, 30), "theme": "停车管理", "hosts": tuple(hosts),
    } | fields  # fmt: skip
    return services.PlannedRow(**values)


def planned(cast: Any, *hosts: Deputy, at: Desk | None = None, **fields: Any) -> ReceptionSession:
    place = at or desk()
    known = set(ReceptionSession.objects.values_list("pk", flat=True))
    services.save_month(desk=place, rows=[row(place, *hosts, **fields)], by=cast.clerk, accepts_clashes=True)
    return ReceptionSession.objects.exclude(pk__in=known).get()


def published(cast: Any, *hosts: Deputy, at: Desk | None = None, **fields: Any) -> ReceptionSession:
    """By clerk and director; without deputies one is made."""
    place = at or desk()
    people = hosts or (Deputy.objects.filter(name="代表示例甲").first() or deputy(cast),)
    session = planned(cast, *people, at=place, **fields)
    month = {"desk": place, "year": session.date.year, "month": session.date.month}
    services.approve_month(**month, by=cast.director)
    services.publish_month(**month, by=cast.clerk)
    return ReceptionSession.objects.get(pk=session.pk)


def held(cast: Any, *hosts: Deputy, at: Desk | None = None, days_ago: int = 1, **fields: Any) -> ReceptionSession:
    """Published, its day then set back, and held with everybody present."""
    session = published(cast, *hosts, at=at, **fields)
    ReceptionSession.objects.filter(pk=session.pk).update(date=timezone.localdate() - timedelta(days=days_ago))
    session.refresh_from_db()
    came = {each.pk for each in session.host_rows.all()}
    return services.hold_session(session=session, by=cast.clerk, hosts=came)


def scheme(cast: Any, at: Desk, preset: str = "A", since: date = date(2026, 1, 1)) -> ReceptionScheme:
    return services.adopt_preset(
        division=at.division, preset=preset, label="每月“1+4”进站点接待群众", starts_on=since, by=cast.director
    )
