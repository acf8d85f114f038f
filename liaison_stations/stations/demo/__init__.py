"""Stations of the demo: a main station in every street, some with sites, venues, and one station told in full."""

import json
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from liaison_stations.deputies.models import ElectoralDistrict
from portal.jurisdictions.models import Division

from ..models import ContactPointKind, DeliberationVenue, LiaisonStation, StationIndexPage

HOME = "430381001000"
# where the streets roughly lie; the demo's places are spread around their county's middle, none is a real address
MIDDLES = {
    "430102": (28.1937, 113.0421), "430103": (28.1112, 112.9892), "430104": (28.2352, 112.9312),
    "430105": (28.2563, 112.9851), "430111": (28.1362, 113.0382), "430112": (28.3535, 112.8194),
    "430121": (28.2463, 113.0812), "430181": (28.1632, 113.6431), "430182": (28.2773, 112.5518),
    "430381": (27.7330, 112.5354),
}  # fmt: skip
SITES = (
    ("electoral", "第一选区联络点（示例）"),
    ("area", "东片区联络点（示例）"),
    ("park", "产业园区联络点（示例）"),
    ("industry", "商贸行业联络点（示例）"),
)
BODY = [
    ("heading", {"text": "您可以来做什么", "level": "h2"}),
    (
        "paragraph",
        "<p>当面向人大代表反映意见建议，了解办理进展，参加主题活动。来之前可以先看接待日程，也可以预约。</p>",
    ),
    ("note", {"title": "请您了解", "text": "人大代表听取、反映群众意见,督促有关单位办理,不直接处理具体问题。"}),
    ("clause", {"clause": "X28", "note": ""}),
]
FUNCTIONS = [
    ("publicity", "宣传法律法规和人大工作。"),
    ("opinion", "每月接待日听取居民意见。"),
    ("bridge", "把意见交给有关单位，把结果告诉您。"),
    ("supervision", "组织代表视察、调研，跟踪办理。"),
    ("classroom", "代表学习和普法讲座。"),
]
RULES = (
    "<p>一、接待日有人在岗，记录齐全。</p><p>二、当场能答的当场答，不能答的登记转办。</p>"
    "<p>三、办理结果告诉来访群众和代表。</p>"
)


def _stream(blocks: list[tuple[str, Any]]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """How many stations and sites were made; 0 when they are there already."""
    directory = StationIndexPage.objects.first()
    if directory is None or LiaisonStation.objects.exists():
        return 0
    streets = list(Division.objects.filter(level=Division.Level.SUBDISTRICT).select_related("parent").order_by("path"))
    made = 0
    for number, street in enumerate(streets):
        is_own = street.code == HOME
        station = _station(directory, street, number, is_own)
        made += 1
        if is_own or number % 6 == 0:
            for place, (kind, title) in enumerate(SITES if is_own else SITES[:2]):
                _site(station, kind, title, number, place)
                made += 1
        if is_own or number % 12 == 0:
            _venues(station, street)
    return made


def _at(street: Division, number: int, shift: int = 0) -> dict[str, Decimal]:
    north, east = MIDDLES.get((street.code or "")[:6], (28.2, 112.98))
    steps = number % 7 - 3, number // 7 % 7 - 3
    return {
        "latitude": Decimal(str(round(north + steps[0] * 0.011 + shift * 0.003, 5))),
        "longitude": Decimal(str(round(east + steps[1] * 0.013 + shift * 0.004, 5))),
    }


def _publish(parent: Any, station: LiaisonStation) -> LiaisonStation:
    now = timezone.now()
    station.live, station.first_published_at, station.last_published_at = True, now, now
    parent.add_child(instance=station)
    return station


def _station(directory: StationIndexPage, street: Division, number: int, is_own: bool) -> LiaisonStation:
    station = LiaisonStation(
        title=f"{street.name}人大代表联络站（示例）",
        slug=f"s{street.key}",
        division=street,
        kind=LiaisonStation.Kind.MAIN.value,
        address=f"{street.name}党群服务中心一楼（示例）",
        phone="0731-00000000",
        opening_hours="工作日 9:00–12:00，14:00–17:00",
        summary="听取群众意见，欢迎您来。",
        **_at(street, number),
    )
    if is_own:
        station.body = _stream(BODY)
        station.functions = _stream([("function", {"function": key, "text": text}) for key, text in FUNCTIONS])
        station.regulations = _stream([("paragraph", RULES)])
    _publish(directory, station)
    if is_own:
        station.co_located.set(ContactPointKind.objects.all()[:2])
        station.save()
    return station


def _site(station: LiaisonStation, kind: str, title: str, number: int, place: int) -> None:
    street = station.division
    district = None
    if kind == LiaisonStation.Kind.ELECTORAL:
        district = ElectoralDistrict.objects.filter(division=street).order_by("pk").first()
    site = LiaisonStation(
        title=f"{street.name}{title}",
        slug=kind,
        division=street,
        kind=kind,
        district=district,
        address=f"{street.name}{title.removesuffix('联络点（示例）')}（示例）",
        opening_hours="接待日 9:00–11:30",
        **_at(street, number, place + 1),
    )
    _publish(station, site)


def _venues(station: LiaisonStation, street: Division) -> None:
    kinds = DeliberationVenue.Kind
    rows = (
        (kinds.HALL, "议事厅（示例）", 40, "接待、议事、调解"),
        (kinds.CORRIDOR, "议事长廊（示例）", 20, "议事、普法"),
        (kinds.OFFICE_BUILDING, "商务楼宇议事点（示例）", 16, "接待、议事"),
    )
    DeliberationVenue.objects.bulk_create(
        DeliberationVenue(
            name=f"{street.name}{name}", kind=kind.value, division=street, station=station, seats=seats, uses=uses,
            address=f"{street.name}（示例）",
        )
        for kind, name, seats, uses in rows
    )  # fmt: skip
