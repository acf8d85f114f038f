"""Deputies of the demo: examples by role, no person. One of them is the demo's user `deputy`."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.jurisdictions.models import Division

from ..models import Deputy, ElectoralDistrict, Level
from ..services import save_deputy

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
