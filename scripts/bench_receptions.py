"""Stations and a month of receptions for the benchmark: one station, or a city of 900 with 5,000 sessions."""

import random
from datetime import date, time
from typing import Any

STATIONS, SESSIONS, FEW = 900, 5000, 5
HOME = "430381001000"


def fill(count: int, streets: list[Any]) -> None:
    """The small database gets one station with five sessions, the large one the city."""
    from django.utils import timezone
    from wagtail.models import Site

    from liaison_stations.deputies.models import Deputy
    from liaison_stations.receptions.models import ReceptionSession, SessionHost, new_key
    from liaison_stations.stations.models import LiaisonStation, StationIndexPage

    is_large = count > 1000
    home = next(street for street in streets if street.code == HOME)
    places = [home, *(street for street in streets if street.pk != home.pk)] if is_large else [home]
    root = Site.objects.get(is_default_site=True).root_page
    directory = StationIndexPage.objects.first() or root.add_child(
        instance=StationIndexPage(title="联络站", slug="stations")
    )
    stations = []
    for number in range(STATIONS if is_large else 1):
        place, kind = places[number % len(places)], "main" if number < len(places) else "area"
        new = LiaisonStation(title=f"{place.name}联络站{number}", slug=f"bench-{number}", division=place, kind=kind)
        stations.append(directory.add_child(instance=new))
    today, now = timezone.localdate(), timezone.now()
    deputies = Deputy.objects.bulk_create(
        Deputy(name=f"代表{number}", level="county", congress=place.parent, division=place, term="第十八届",
               starts_on=date(2020, 1, 1))
        for number, place in enumerate(places)
    )  # fmt: skip
    by_place = {row.division_id: row for row in deputies}
    chance = random.Random(2)  # noqa: S311 - the same data every time
    rows = []
    for number in range(SESSIONS if is_large else FEW):
        station, key = stations[number % len(stations)], new_key()
        rows.append(
            ReceptionSession(
                key=key, calendar_key=key, station=station, start=time(9), end=time(11),
                date=today.replace(day=chance.randint(1, 28)),
                theme="停车管理", status="published", approved_at=now, published_at=now,
            )
        )  # fmt: skip
    made = ReceptionSession.objects.bulk_create(rows, batch_size=1000)
    SessionHost.objects.bulk_create(
        (SessionHost(session=row, deputy=by_place[row.station.division_id], level="county") for row in made),
        batch_size=1000,
    )
