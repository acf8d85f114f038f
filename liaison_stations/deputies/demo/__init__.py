"""Deputies of the demo: examples by role, no person. One of them is the demo's user `deputy`."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.jurisdictions.models import Division
from portal.trail.services import record_all

from ..models import Deputy, ElectoralDistrict, Level
from ..selectors import SUBJECT_KIND, congress_of
from ..services import enter_in_index, save_deputy

HOME = "430381001000"
# name, level, district, leading cadre, user name
DEPUTIES = (
    ("人大代表示例", Level.COUNTY, "第一选区（示例）", False, "deputy"),
    ("县级代表示例二", Level.COUNTY, "第二选区（示例）", True, ""),
    ("县级代表示例三", Level.COUNTY, "第二选区（示例）", False, ""),
    ("设区的市代表示例", Level.CITY, "湘乡代表团（示例）", False, ""),
    ("省代表示例", Level.PROVINCE, "湘潭代表团（示例）", False, ""),
)


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """How many were entered; 0 when they are there already."""
    division = Division.objects.filter(code=HOME).first()
    if division is None or Deputy.objects.filter(division=division).exists():
        return 0
    since = timezone.localdate() - timedelta(days=730)
    for name, level, where, is_leading, username in DEPUTIES:
        district, _is_new = ElectoralDistrict.objects.get_or_create(division=division, level=level.value, name=where)
        deputy = Deputy(
            name=name,
            level=level.value,
            division=division,
            district=district,
            term="第十八届（示例）",
            starts_on=since,
            is_leading_cadre=is_leading,
            user=cast[username] if username else None,
        )
        save_deputy(deputy=deputy, by=cast["committee"])
    return len(DEPUTIES)


# The other streets: level, which of the street's districts (None: 选举单位 of the level), leading cadre, out of office
PLACES = ("430381000000", "430100000000")
DISTRICTS = ("第一选区（示例）", "第二选区（示例）", "第三选区（示例）")
UNIT_OF_LEVEL = {Level.CITY: "代表团（示例）"}
OTHERS = (
    (Level.CITY, None, False, False),
    (Level.COUNTY, 0, True, False),
    (Level.COUNTY, 0, False, False),
    (Level.COUNTY, 1, False, False),
    (Level.COUNTY, 2, False, False),
    (Level.COUNTY, 2, False, True),
)


@transaction.atomic
def load_other_streets(cast: dict[str, Any]) -> int:
    """A few deputies for each street of 长沙市 and 湘乡市 that has none, all at once."""
    wanted = Q()
    for code in PLACES:
        wanted |= Q(path__contains=f"/{code}/")
    streets = Division.objects.filter(wanted, level=Division.Level.SUBDISTRICT).order_by("path")
    has_some = Deputy.objects.order_by().values("division")
    missing = list(streets.exclude(pk__in=has_some))
    districts = _districts(missing)
    deputies = _deputies(missing, districts)
    made = Deputy.objects.bulk_create(deputies)
    common = {"subject_kind": SUBJECT_KIND, "verb": "add", "actor": cast["committee"], "capacity": "staff"}
    record_all({**common, "subject_key": str(row.pk), "detail": row.as_facts()} for row in made)
    enter_in_index(made)
    return len(made)


def _districts(streets: list[Division]) -> dict[tuple[int, str, int | None], ElectoralDistrict]:
    """Of each street, with its communities dealt out over them."""
    rows = {}
    for street in streets:
        for place, name in enumerate(DISTRICTS):
            rows[street.pk, Level.COUNTY.value, place] = ElectoralDistrict(
                name=name, level=Level.COUNTY.value, division=street
            )
        for level, name in UNIT_OF_LEVEL.items():
            rows[street.pk, level.value, None] = ElectoralDistrict(
                name=f"{street.parent.name if street.parent else ''}{name}", level=level.value, division=street
            )
    ElectoralDistrict.objects.bulk_create(rows.values())
    through = ElectoralDistrict.covers.through
    communities = Division.objects.filter(parent__in=streets, level=Division.Level.COMMUNITY).order_by("path")
    through.objects.bulk_create(
        through(
            electoraldistrict_id=rows[community.parent_id, Level.COUNTY.value, number % len(DISTRICTS)].pk,
            division_id=community.pk,
        )
        for number, community in enumerate(communities)
    )
    return rows


def _deputies(streets: list[Division], districts: dict[tuple[int, str, int | None], ElectoralDistrict]) -> list[Deputy]:
    today = timezone.localdate()
    rows = []
    for street in streets:
        congresses = {level: congress_of(street, level) for level in {each[0].value for each in OTHERS}}
        for level, place, is_leading, is_former in OTHERS:
            rows.append(
                Deputy(
                    name=f"演示代表{len(rows) + 1:03d}",
                    level=level.value,
                    congress=congresses[level.value],
                    division=street,
                    district=districts[street.pk, level.value, place],
                    term="第十七届（示例）" if is_former else "第十八届（示例）",
                    starts_on=today - timedelta(days=2200 if is_former else 730),
                    ends_on=today - timedelta(days=731) if is_former else None,
                    is_leading_cadre=is_leading,
                )
            )
    return rows
