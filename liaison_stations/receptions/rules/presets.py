"""The five readings of “1+4” (domain.md 1.4 a). None is confirmed; staff choose and may change every line."""

from collections.abc import Mapping

from .scheme import TASKS, Requirement

PRESETS: Mapping[str, tuple[Requirement, ...]] = {
    "A": (
        Requirement("主站接待", 1, venue_kind="main"),
        Requirement("站点接待", 4, venue_kind="site"),
    ),
    "B": (
        Requirement(
            "代表与两官一长一员同步进站",
            1,
            guest_roles=("judge", "procurator", "chief", "member"),
            guest_mode="all",
            count_unit="per_session",
            min_hosts={"any": 1},
        ),
    ),
    "C": (
        Requirement("集中接待", 1, day_rule="day:15"),
        Requirement("轮值接待", 4, day_rule="weekday:3"),
    ),
    "D": (
        Requirement(
            "领导干部代表或上级代表带头接待", 1, count_unit="per_session", min_hosts={"leading_or_upper": 1, "any": 4}
        ),
    ),
    "E": (Requirement("主题接待", 1, count_unit="per_session", tasks=TASKS),),
}
DEFAULT = "A"
