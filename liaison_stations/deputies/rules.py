"""人大代表: what follows from a level, and when somebody is in office."""

from datetime import date
from typing import Any

# --- Permissions: names, and the roles that hold them within their division
VIEW, ADD, CHANGE = "deputies.view_deputy", "deputies.add_deputy", "deputies.change_deputy"
KEEPERS = frozenset({"committee", "director", "clerk"})
READERS = KEEPERS | {"party", "superior", "auditor"}
# Granted by `apps.ready()`, each within the division of the role.
ROLES: dict[str, frozenset[str]] = {
    VIEW: READERS,
    ADD: KEEPERS,
    CHANGE: KEEPERS,
    "deputies.view_electoraldistrict": READERS,
    "deputies.add_electoraldistrict": KEEPERS,
    "deputies.change_electoraldistrict": KEEPERS,
}

# from the top down; 市级人大代表 of a county-level city are county level (domain.md 1.1)
LEVELS = ("national", "province", "city", "county", "township")
# Above every street and township: whose deputies are asked about what the own level may not decide (C31).
UPPER_LEVELS = ("county", "city", "province", "national")
DIRECT = frozenset({"county", "township"})  # elected by voters in 选区; the others by a congress, as 选举单位


class DeputyRefused(Exception):
    """Something about a deputy that may not be so; the text is for the person who asked."""


def is_in_office(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Both ends are inclusive."""
    return starts_on <= on and (ends_on is None or ends_on >= on)


def title_of(level: str, congress_name: str) -> str:
    """湘乡市人大代表, never “市级代表” (domain.md 7)."""
    return f"{congress_name or '全国'}人大代表"


def congress_level(level: str) -> str:
    """The level of the division whose congress it is; "" for the national one."""
    return "" if level == "national" else level


def congress_title(congress_name: str) -> str:
    """湘乡市人民代表大会."""
    return f"{congress_name or '全国'}人民代表大会"


def periods(starts_on: date, ends_on: date | None, on: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """(this year, the whole mandate so far) as first and last days; after the end, the last year in office."""
    last = min(ends_on, on) if ends_on else on
    return (max(starts_on, date(last.year, 1, 1)), last), (starts_on, last)


def person_data(*, name: str, title: str, congress: str, url: str) -> dict[str, Any]:
    """schema.org's Person of somebody in office: name and office, which are announced anyway, and nothing else."""
    return {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": name,
        "jobTitle": title,
        "memberOf": {"@type": "Organization", "name": congress},
        "mainEntityOfPage": url,
    }
