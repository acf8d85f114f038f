"""Who runs the demo site, and by which terms: both documents, plus a promise of days that is marked as an example."""

from typing import Any

from django.utils import timezone

from portal.jurisdictions.models import TermsPeriod
from portal.jurisdictions.selectors import division_by_code, site_profile
from portal.jurisdictions.services.site import save_site_profile
from portal.jurisdictions.services.terms import add_terms_period, apply_preset
from portal.jurisdictions.terms.presets import StatedValue

PRESETS = {"430100000000": "changsha", "430381000000": "xiangxiang"}
PROMISE_DAYS = 30


def load_site(*, by: Any) -> None:
    """Leaves alone what an operator has changed since."""
    if site_profile() is None:
        save_site_profile(
            values={
                "site_name": "街道议事厅（示例）",
                "host_organisation": "（待填）人大街道工委（示例）",
                "phones": "政务服务便民热线 12345",
                "address": "（待填）",
                "opening_hours": "工作日 9:00–12:00，14:30–17:30",
            },
            actor=by,
        )
    for code, preset in PRESETS.items():
        division = division_by_code(code)
        if division is None or TermsPeriod.objects.filter(division=division).exists():
            continue
        apply_preset(division=division, preset=preset, actor=by)
        add_terms_period(
            division=division,
            starts_on=timezone.localdate(),
            values={"resident_promise_days": StatedValue(PROMISE_DAYS, note="示例：由本站自行承诺")},
            document_name="演示口径（示例）",
            reason="演示数据",
            actor=by,
        )
