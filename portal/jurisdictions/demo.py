"""What the demo needs to know about its place: the terms of both documents, and who runs the site."""

from .selectors import division_by_code, site_profile
from .services.site import save_site_profile
from .services.terms import apply_preset
from .terms.presets import PRESETS

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
    if site_profile() is None:
        save_site_profile(values=DEMO_SITE)
