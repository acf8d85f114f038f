"""What the demo needs to know about its place: the terms of both documents, and who runs the site."""

from django.utils import timezone

from .models import Division, TermsPeriod
from .selectors import division_by_code, site_profile
from .services.site import save_site_profile
from .services.terms import add_terms_period, apply_preset
from .terms.presets import PRESETS, StatedValue

PROMISE_DOCUMENT = "演示承诺（示例）"
PROMISE_DAYS = 30
PROMISING = ("430381001000", "430381002000", "430102001000", "430103002000", "430104001000")

# Plainly an example; no identifier is made up, an empty one is simply not shown.
DEMO_SITE = {
    "site_name": "街道议事厅（演示）",
    "host_organisation": "演示街道人大工委（待填）",
    "phones": "值班室（演示） 0731-00000000",
    "address": "（待填）",
    "opening_hours": "工作日 9:00–12:00、13:30–17:00",
}


def load() -> None:
    """Idempotent; needs the divisions (`seed_divisions`). A site that has a name keeps it."""
    for preset in PRESETS.values():
        division = division_by_code(preset.division_code)
        if division:
            apply_preset(division=division, preset=preset.key)
    for code in PROMISING:
        division = division_by_code(code)
        if division:
            _promise_days(division)
    if site_profile() is None:
        save_site_profile(values=DEMO_SITE)


def _promise_days(division: Division) -> None:
    """Neither document says in how many days a resident is answered; five of the demo promise thirty, as an example."""
    if not TermsPeriod.objects.filter(division=division, document_name=PROMISE_DOCUMENT).exists():
        add_terms_period(
            division=division,
            starts_on=timezone.localdate(),
            values=_stated(division.code),
            document_name=PROMISE_DOCUMENT,
            reason="演示数据",
        )


def _stated(code: str | None) -> dict[str, StatedValue]:
    """The first of them also publishes its appraisals of offices, so that the demo shows one."""
    values = {"resident_promise_days": StatedValue(PROMISE_DAYS, note="示例：由本站自行承诺")}
    if code == PROMISING[0]:
        values["appraisal_public"] = StatedValue("full", note="示例")
    return values
